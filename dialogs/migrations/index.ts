/**
 * Numbered migrations, oldest first: each takes what was stored (any older form) and gives the next form.
 * None is needed yet. The recipe: `to-v2.ts` with a header that tells the incident, ten lines of code, a spec.
 */
export const migrations: ((stored: unknown) => unknown)[] = [];

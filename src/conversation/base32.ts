/** Crockford's base32: no letter that is read as another or as a digit. */
export const base32Signs = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** What was typed as signs of the alphabet: small letters, spaces, dashes, O for 0, I or L for 1. Null when something else is in it. */
export function readSigns(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return [...signs].every((sign) => base32Signs.includes(sign)) ? signs : null;
}

import type { Finding } from './finding';

/** What secrets look like. Entra client secrets have `Q~` after their first characters. */
const shapes: [name: string, shape: RegExp][] = [
  ['an Entra client secret', /[A-Za-z0-9_.~-]{3}\dQ~[A-Za-z0-9_.~-]{30,}/],
  ['a private key', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
  ['a token', /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}/],
  ['a connection string', /\b(?:AccountKey|SharedAccessKey|Password|Pwd)=[^;"\s]{4,}/i],
  ['a name and a password in an address', /:\/\/[^/"\s:@]+:[^/"\s@]+@/],
  ['a key in an address', /[?&](?:sig|code|token|key|secret|password)=[^&"\s]{4,}/i],
  ['a property for secrets', /"[^"]*(?:password|secret|apikey|api_key|access_?token)[^"]*"\s*:/i],
];

/** Secrets in a text of the package; `known` = secrets of this installation. What was found is never repeated. */
export function secretFindings(file: string, text: string, known: string[]): Finding[] {
  const found = shapes.filter(([, shape]) => shape.test(text)).map(([name]) => name);
  if (known.some((secret) => secret.length >= 8 && text.includes(secret))) found.push('a secret of this installation');
  return found.map((name) => ({ file, path: '', reason: `holds what looks like ${name}` }));
}

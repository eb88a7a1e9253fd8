import { createHash, randomBytes } from 'node:crypto';

/** Crockford's base32: no letter that is read as another or as a digit. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groupLength = 5;

/** A code with which somebody who waits for an adviser comes back to the conversation: ten characters in two groups, 50 random bits. */
export function makeReturnCode(): string {
  const signs = Array.from(randomBytes(2 * groupLength), (byte) => alphabet[byte % alphabet.length]).join('');
  return `${signs.slice(0, groupLength)}-${signs.slice(groupLength)}`;
}

/** What is kept of a code, however it was typed: small letters, spaces, O for 0, I or L for 1. Null for what cannot be a code. */
export function hashReturnCode(typed: string): string | null {
  const signs = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  if (signs.length !== 2 * groupLength || [...signs].some((sign) => !alphabet.includes(sign))) return null;
  return createHash('sha256').update(signs).digest('base64url');
}

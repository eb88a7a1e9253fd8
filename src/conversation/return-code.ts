import { createHash, randomBytes } from 'node:crypto';
import { base32Signs, readSigns } from './base32';

const groupLength = 5;

/** A code with which somebody who waits for an adviser comes back to the conversation: ten characters in two groups, 50 random bits. */
export function makeReturnCode(): string {
  const signs = Array.from(randomBytes(2 * groupLength), (byte) => base32Signs[byte % base32Signs.length]).join('');
  return `${signs.slice(0, groupLength)}-${signs.slice(groupLength)}`;
}

/** What is kept of a code, however it was typed: small letters, spaces, O for 0, I or L for 1. Null for what cannot be a code. */
export function hashReturnCode(typed: string): string | null {
  const signs = readSigns(typed);
  if (signs?.length !== 2 * groupLength) return null;
  return createHash('sha256').update(signs).digest('base64url');
}

import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const cipher = 'aes-256-gcm';
const [nonceLength, tagLength] = [12, 16];
const keyOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** A value as a text that only who has the secret can read or make. */
export function seal(value: unknown, secret: string): string {
  const nonce = randomBytes(nonceLength);
  const sealing = createCipheriv(cipher, keyOf(secret), nonce);
  const body = Buffer.concat([sealing.update(JSON.stringify(value), 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), body]).toString('base64url');
}

/** The value again; null for what was not made with the secret. */
export function unseal(text: string, secret: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  try {
    const opening = createDecipheriv(cipher, keyOf(secret), bytes.subarray(0, nonceLength), {
      authTagLength: tagLength,
    });
    opening.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
    const body = Buffer.concat([opening.update(bytes.subarray(nonceLength + tagLength)), opening.final()]);
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}

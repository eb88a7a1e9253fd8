import { createHmac, createSecretKey } from 'node:crypto';
import { RecentMap } from '../../recent-map';

/** Most hashes remembered. */
const mostRemembered = 10_000;

/**
 * Makes the function that hides an id from outside, for nobody knows what such an id holds: a keyed hash of its parts, always the same for
 * the same key. Those of the last ids are remembered, in memory only, since each message brings the same ones again.
 */
export function createKeyedHash(secret: string): (...parts: string[]) => string {
  const key = createSecretKey(secret, 'utf8');
  const known = new RecentMap<string, string>(mostRemembered);
  return (...parts) => {
    const id = parts.join('\n');
    const remembered = known.get(id);
    if (remembered !== undefined) return remembered;
    const made = createHmac('sha256', key).update(id).digest('base64url');
    known.set(id, made);
    return made;
  };
}

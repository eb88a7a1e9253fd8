import { createHmac } from 'node:crypto';

/** Inbox key of the greeting: everybody is greeted once. No id from outside can equal it, see `inboxKey`. */
export const greetingKey = 'in:joined';

/**
 * Under which key a repeated delivery of an activity is recognised: a keyed hash of the id that came from outside, for nobody knows what
 * such an id holds.
 */
export const inboxKey = (secret: string, id: string): string =>
  `id:${createHmac('sha256', secret).update(id).digest('base64url')}`;

import { createHash, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { AdviserAccount, AdviserSession } from '../conversation/handoff-ports';
import type { Clock, ConversationStore } from '../conversation/ports';
import { createBrake } from './brake';

/** Cost of a password: about a tenth of a second. `maxmem` in bytes. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 } satisfies ScryptOptions;
const keyBytes = 32;
/** How long a session lasts, in milliseconds: a working day. */
const sessionLasts = 12 * 3_600_000;
/** A session is written as seen at most so often, in milliseconds. */
const seenEvery = 20_000;

const derive = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

/** A password as it is kept: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Compares in constant time. Without a hash it takes as long, and is false. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [, N, r, p, salt = '', key = ''] = (hash ?? '').split('$');
  if (!key) {
    await derive(password, Buffer.alloc(16), cost);
    return false;
  }
  const options = { N: Number(N), r: Number(r), p: Number(p), maxmem: cost.maxmem };
  const found = await derive(password, Buffer.from(salt, 'base64url'), options);
  return timingSafeEqual(found, Buffer.from(key, 'base64url'));
}

/** A password that nobody guesses: 120 bits, in groups that can be typed. */
export const makePassword = (): string => (randomBytes(15).toString('hex').match(/.{5}/g) as string[]).join('-');

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

export type SignIn = ReturnType<typeof createSignIn>;

/** Accounts, passwords and sessions over the store. */
export function createSignIn({ store, clock }: { store: Pick<ConversationStore, 'desk' | 'secret'>; clock: Clock }) {
  const { desk } = store;
  const brake = createBrake({ store, clock });

  /** Opens a session; the token goes into a cookie and is kept only as its hash. */
  async function open(account: AdviserAccount): Promise<{ token: string; session: AdviserSession }> {
    const now = clock.now();
    const token = randomBytes(32).toString('base64url');
    const session: AdviserSession = {
      hash: digest(token),
      adviser: account.name,
      csrf: randomBytes(24).toString('base64url'),
      expiresAt: new Date(now.getTime() + sessionLasts).toISOString(),
      seenAt: now.toISOString(),
    };
    await desk.openSession(session);
    return { token, session };
  }

  return {
    open,
    lasts: sessionLasts / 1000,
    /** Seconds to wait, `wrong`, or who it is. */
    async withPassword(name: string, password: string, address: string): Promise<number | 'wrong' | AdviserAccount> {
      const wait = await brake.begin(name, address);
      if (wait > 0) return wait;
      const account = await desk.account(name);
      if (!account || !(await isPassword(password, account.hash))) {
        if (!account) await isPassword(password, null);
        return 'wrong';
      }
      await brake.succeeded(name, address);
      return account;
    },
    /** The session behind a token, while it lasts. Marks it as seen now and then. */
    async read(token: string): Promise<{ session: AdviserSession; account: AdviserAccount } | null> {
      if (token === '') return null;
      const session = await desk.session(digest(token));
      const now = clock.now();
      if (!session || session.expiresAt <= now.toISOString()) return null;
      const account = await desk.account(session.adviser);
      if (!account) return null;
      if (now.getTime() - Date.parse(session.seenAt) > seenEvery)
        await desk.seeSession(session.hash, now.toISOString());
      return { session, account };
    },
    see: (session: AdviserSession) => desk.seeSession(session.hash, clock.now().toISOString()),
    end: (session: AdviserSession) => desk.endSession(session.hash),
  };
}

/** First start: makes the account "conseiller" when there is none, and gives its password, which is shown once. */
export async function makeFirstAccount(
  store: Pick<ConversationStore, 'desk'>,
  languages: string[],
): Promise<{ name: string; password: string } | null> {
  if ((await store.desk.accounts()).length > 0) return null;
  const password = makePassword();
  const name = 'conseiller';
  const hash = await hashPassword(password);
  const made = await store.desk.firstAccount({ name, shown: name, hash, languages, uiLanguage: 'fr' });
  return made ? { name, password } : null;
}

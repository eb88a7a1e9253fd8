import type { ErrorCode } from '../errors';
import type { Logger } from './ports';

/** Something that is tried again and again, and fails for a while. */
export type Trouble = {
  /** It has failed. */
  meets(error: unknown): void;
  /** It has worked. */
  ends(): void;
};

/** Logs the first failure of a row of them, and that it works again: not each one. */
export function createTrouble(logger: Logger, level: 'warn' | 'error', code: ErrorCode, what: string): Trouble {
  let lasts = false;
  return {
    meets(error) {
      if (!lasts) logger[level]({ code, error }, what);
      lasts = true;
    },
    ends() {
      if (lasts) logger.info({ code }, `no more: ${what}`);
      lasts = false;
    },
  };
}

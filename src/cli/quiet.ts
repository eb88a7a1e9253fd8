import type { Logger, Metrics } from '../conversation/ports';

/** Command line tools print results, not logs; what goes wrong still shows on stderr. */
export const quietLogger: Logger = {
  info() {},
  warn() {},
  error(fields, message) {
    process.stderr.write(`${message}: ${fields.error instanceof Error ? fields.error.stack : ''}\n`);
  },
};

export const quietMetrics: Metrics = { turn() {}, useful() {} };

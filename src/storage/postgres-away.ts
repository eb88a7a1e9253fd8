import { CodedError } from '../errors';

/** Classes of the database's own errors that pass: connection, resources, an operator's doing, system. */
const passing = /^(?:08|53|57|58)/;

/**
 * An error of the driver as the rest of the program sees it: `STORE_AWAY` when the database cannot be reached, is overloaded or going
 * down (503, the same message may be sent again), else the error itself: a statement that is wrong.
 */
export function storeError(error: unknown): unknown {
  const { severity, code = '' } = error as { severity?: string; code?: string };
  const answered = severity !== undefined;
  if (error instanceof CodedError || (answered && !passing.test(code))) return error;
  return new CodedError('STORE_AWAY', code || (error as Error).message, { cause: error });
}

/** Runs what asks the database. */
export async function asking<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw storeError(error);
  }
}

/** How loud an error is in the log: `error` = somebody must act, `warn` = worth a look when it repeats, `info` = the caller's mistake. */
type ErrorLevel = 'info' | 'warn' | 'error';

/** What is known of one error. */
export type Entry = {
  /** HTTP status of the answer; for errors at start-up, where there is no answer, 500. */
  status: number;
  level: ErrorLevel;
  /** What the caller is told. Never names a person, a path or a version. */
  message: string;
  /** What the operator can do. */
  remedy: string;
  /** Code of the Direct Line protocol in the answer's body, where its clients expect one. */
  wire?: string;
};

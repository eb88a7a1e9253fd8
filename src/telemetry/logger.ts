import pino, { type DestinationStream } from 'pino';
import type { Logger } from '../conversation/ports';
import { maskShapes, redactFields } from './redact';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export type LoggerOptions = {
  /** The quietest level that is written. Default `info`. */
  level?: LogLevel;
  /** Where the lines go; default standard output. */
  destination?: DestinationStream;
  /** Id of the trace that a line belongs to, if traces are collected. */
  traceId?(): string | undefined;
  /** Counts lines of errors and warnings, by their code. */
  problem?(code: string): void;
};

/** A logger that writes one JSON object a line, with nothing a person wrote and no address in it. */
export function createLogger({ level = 'info', destination, traceId, problem }: LoggerOptions = {}): Logger {
  const options = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    ...(traceId ? { mixin: () => ({ trace: traceId() }) } : {}),
  };
  const lines = destination ? pino(options, destination) : pino(options);
  const write = (to: 'info' | 'warn' | 'error') => (fields: Record<string, unknown>, message: string) => {
    if (to !== 'info' && typeof fields.code === 'string') problem?.(fields.code);
    if (lines.isLevelEnabled(to)) lines[to](redactFields(fields), maskShapes(message));
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

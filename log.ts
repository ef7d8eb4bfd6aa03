import { type Logger, pino } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

/**
 * JSON lines on standard output. ERROR means that a person must act; WARN, that something was retried
 * or put off. Names, addresses, tokens and texts of clients are never logged: ids only.
 */
export function createLog(level: string, destination?: string): Logger {
  return pino(
    { level, base: { pid: process.pid }, formatters: { level: (label) => ({ level: label }) } },
    destination === undefined ? pino.destination(1) : pino.destination({ dest: destination, mkdir: true }),
  );
}

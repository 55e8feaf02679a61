import { pino } from 'pino';
import { correlationId } from './correlation.js';
import { redactUrl } from './redact.js';

export { redactUrl } from './redact.js';
export type Logger = pino.Logger;
export type LogLevel = pino.LevelWithSilent;

/** Where log lines go: a process stream, or whatever a test collects lines with. */
export interface Destination {
  readonly isTTY?: boolean;
  write(line: string): unknown;
}

/**
 * A logger that writes JSON for machines, or one compact line for a person when the destination is a terminal.
 * What is written on behalf of a request or a job has its correlation id. Secrets in URLs never reach the destination, whichever field or error message carried them. Commands whose answer
 * goes to stdout pass `process.stderr`.
 */
export function createLogger(level: LogLevel, destination: Destination = process.stdout): Logger {
  const readable = destination.isTTY === true;
  const stream = {
    write: (line: string) =>
      destination.write(readable ? renderLine(JSON.parse(line) as Record<string, unknown>) : line),
  };
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin: correlated,
    serializers: { err: withoutValues },
    formatters: { level: (label) => ({ level: label }) },
    redact: ['*.password', '*.token', '*.secret', '*.authorization', 'req.headers.cookie'],
    hooks: { streamWrite: redactUrl },
  };
  return pino(options, stream);
}

/** What the database or its driver says of a failed statement beside its text: values, which people may have written. */
const VALUES = ['parameters', 'detail', 'where', 'driverError'];

const withoutValues = (error: Error): object =>
  Object.fromEntries(
    Object.entries(pino.stdSerializers.err(error) as object).filter(([name]) => !VALUES.includes(name)),
  );

/** Which request or job a line is about, where it is about one. */
function correlated(): { readonly correlationId?: string } {
  const id = correlationId();
  return id === undefined ? {} : { correlationId: id };
}

/** `08:12:01 info  listening url=http://localhost:4000`, with the stack of an error on the lines after it. */
function renderLine({ time, level, msg, err, ...fields }: Record<string, unknown>): string {
  const clock = String(time).slice(11, 19);
  const pairs = Object.entries(fields).map(([key, value]) => ` ${key}=${renderValue(value)}`);
  return `${clock} ${String(level).padEnd(5)} ${typeof msg === 'string' ? msg : ''}${pairs.join('')}\n${renderError(err)}`;
}

function renderValue(value: unknown): string {
  return typeof value === 'string' && !/\s/.test(value) ? value : JSON.stringify(value);
}

function renderError(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  const { stack, message } = error as { stack?: string; message?: string };
  return `${stack ?? message ?? JSON.stringify(error)}\n`;
}

// JSON lines on stderr: stdout is for facts. One wide line per unit of work, a static message, the data beside it.
import { type Logger, pino } from 'pino';
import { redactText } from './redaction.ts';

export type Log = Logger;

export interface LogOptions {
  readonly program: string;
  readonly level?: string | undefined;
  /** Values that must never be printed, whatever they look like: a session token, a webhook URL. */
  readonly secrets?: readonly string[];
}

const secretPaths = ['secretAccessKey', 'sessionToken', 'SecretAccessKey', 'SessionToken', 'authorization'].flatMap(
  name => [name, `*.${name}`, `*.*.${name}`],
);

/** A level that nobody knows must not keep a program from doing its work. */
const knownLevel = (level: string | undefined): string =>
  level !== undefined && Object.hasOwn(pino.levels.values, level) ? level : 'info';

export const createLog = ({ program, level, secrets = [] }: LogOptions): Log =>
  pino(
    {
      level: knownLevel(level),
      base: { program },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
      redact: { paths: secretPaths, censor: '[redacted]' },
      hooks: { streamWrite: line => redactText(line, secrets) },
    },
    pino.destination({ fd: 2, sync: true }),
  );

// The frame of a runner container's program: environment in, one termination message and an exit code out.
import { writeFile } from 'node:fs/promises';
import type * as z from 'zod';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { type ContainerMessage, renderContainerMessage } from '../contract/outcome.ts';
import { createLog, type Log } from './log.ts';
import { redactText } from './redaction.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ContainerEnd {
  readonly message: ContainerMessage;
  readonly exitCode: number;
}

export interface ContainerContext<Facts> {
  readonly facts: Facts;
  readonly environment: Environment;
  readonly log: Log;
  /** Aborts on SIGTERM and SIGINT: the pod is being deleted, or the deadline is reached. */
  readonly signal: AbortSignal;
}

export interface ContainerProgram<Schema extends z.ZodType> {
  readonly name: string;
  readonly environment: Environment;
  readonly schema: Schema;
  readonly body: (context: ContainerContext<z.output<Schema>>) => Promise<ContainerEnd>;
}

const messageOf = (error: InventoryError): ContainerMessage => ({
  outcome: 'failed',
  code: error.code,
  message: redactText(error.message),
  remedy: error.remedy,
});

const parseEnvironment = <Schema extends z.ZodType>(schema: Schema, environment: Environment): z.output<Schema> => {
  // An empty variable is an unset one: a template blanks what it must not inherit.
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(present);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(issue => {
    const name = issue.path.join('.');
    return `${name} ${present[name] === undefined ? 'is not set' : `is ${JSON.stringify(present[name])}: ${issue.message}`}`;
  });
  throw new InventoryError('usage', `The environment of this container is not usable: ${problems.join('; ')}`, {
    remedy: 'Start it from its Job, or set the named variables.',
  });
};

const leaveMessage = async (path: string | undefined, message: ContainerMessage, log: Log): Promise<void> => {
  if (path === undefined || path === '') return;
  // The file exists already in a container, and a write that fails must not change the exit code.
  await writeFile(path, renderContainerMessage(message)).catch(error =>
    log.error({ err: error, path }, 'no message left'),
  );
};

const runBody = async <Schema extends z.ZodType>(
  program: ContainerProgram<Schema>,
  log: Log,
  signal: AbortSignal,
): Promise<ContainerEnd> => {
  try {
    const facts = parseEnvironment(program.schema, program.environment);
    return await program.body({ facts, environment: program.environment, log, signal });
  } catch (thrown) {
    const error = signal.aborted
      ? new InventoryError('interrupted', `${program.name} was stopped by a signal`, { cause: thrown })
      : toInventoryError(thrown);
    return { message: messageOf(error), exitCode: error.entry.exit };
  }
};

/** Runs the program once and returns its exit code. Whatever happens, a message is left and one line is logged. */
export const runContainerProgram = async <Schema extends z.ZodType>(
  program: ContainerProgram<Schema>,
): Promise<number> => {
  const log = createLog({ program: program.name, level: program.environment['LOG_LEVEL'] });
  const stop = new AbortController();
  // Not once(): where no listener is left, execa's own clean-up raises the signal again and ends us without a message.
  for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => stop.abort());
  const end = await runBody(program, log, stop.signal);
  await leaveMessage(program.environment['INVENTORY_TERMINATION_MESSAGE'], end.message, log);
  const { code } = end.message;
  const facts = {
    exitCode: end.exitCode,
    ...end.message,
    ...(code === undefined ? {} : { fixer: errorCatalogue[code].fixer }),
  };
  if (end.exitCode === 0) log.info(facts, 'container finished');
  else log.error(facts, 'container failed');
  return end.exitCode;
};

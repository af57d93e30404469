// The end of a program that leads a process group: by itself, or with grace at its deadline or a signal, and then of all that it left.
import type { ChildProcess } from 'node:child_process';
import { sleep, startStopwatch } from './clock.ts';
import { drainOutputs } from './drain-outputs.ts';
import { signalGroup } from './process-group.ts';

export interface GroupLimits {
  /** Seconds from now until the group gets SIGTERM. */
  readonly seconds: number;
  /** Seconds from SIGTERM to SIGKILL. */
  readonly graceSeconds: number;
  /** Ends the group early, in the same way. */
  readonly signal: AbortSignal;
}

export interface GroupEnd {
  /** null when a signal ended it, or it could not be started. */
  readonly exitCode: number | null;
  /** `SIGKILL`, … */
  readonly signal: string | null;
  /** We ended it, because its time was over. */
  readonly deadlineReached: boolean;
  /** Why it could not be started; null otherwise. */
  readonly startError: string | null;
  readonly seconds: number;
}

type Outputs = Parameters<typeof drainOutputs>[0];

/** The part of execa's process that its end is told from; it was started `detached`, and does not reject. */
interface GroupLeader extends PromiseLike<{ readonly shortMessage?: string | undefined }>, Outputs {
  readonly pid?: number | undefined;
  readonly nodeChildProcess: ChildProcess;
}

interface Watch {
  readonly leader: number | undefined;
  readonly ended: AbortSignal;
}

/** Waits for the deadline or the signal, and ends the group; resolves to whether it was the deadline. */
const endInTime = async (limits: GroupLimits, { leader, ended }: Watch): Promise<boolean> => {
  const early = AbortSignal.any([limits.signal, ended]);
  const isOver = await sleep(limits.seconds * 1000, early).then(
    () => true,
    () => false,
  );
  if (ended.aborted) return false;
  signalGroup(leader, 'SIGTERM');
  await sleep(limits.graceSeconds * 1000, ended).catch(() => undefined);
  signalGroup(leader, 'SIGKILL');
  return isOver;
};

type Exit = Pick<GroupEnd, 'exitCode' | 'signal'>;

/** The end of the group's first process, whoever else still holds its pipes; undefined when it never started. */
const exitOf = (child: ChildProcess): Promise<Exit | undefined> =>
  new Promise(resolve => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });

/**
 * Takes a program that was just started; resolves when its first process has ended and nothing of its group is left. Never
 * throws for what it does.
 */
export const endOfGroup = async (program: GroupLeader, limits: GroupLimits): Promise<GroupEnd> => {
  const stopwatch = startStopwatch();
  const ended = new AbortController();
  const watching = endInTime(limits, { leader: program.pid, ended: ended.signal });
  const exit = await exitOf(program.nodeChildProcess);
  ended.abort();
  // Children that it left behind would outlive us, hold its memory, and write into its files.
  signalGroup(program.pid, 'SIGKILL');
  await drainOutputs(program);
  const result = await program;
  return {
    exitCode: exit?.exitCode ?? null,
    signal: exit?.signal ?? null,
    deadlineReached: await watching,
    startError: exit === undefined ? (result.shortMessage ?? 'it could not be started') : null,
    seconds: stopwatch(),
  };
};

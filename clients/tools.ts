// Runs a scan tool as a process group of its own: ended with grace on its deadline or a signal, then killed.
import type { ChildProcess } from 'node:child_process';
import { execa } from 'execa';
import { sleep, startStopwatch } from './clock.ts';
import { drainOutputs } from './drain-outputs.ts';
import { signalGroup } from './process-group.ts';
import { redactText } from './redaction.ts';

export interface ToolRun {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Everything the tool sees: nothing is inherited. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Seconds from now until the group gets SIGTERM. */
  readonly seconds: number;
  /** Seconds from SIGTERM to SIGKILL. */
  readonly graceSeconds: number;
  /** Ends the tool early, in the same way. */
  readonly signal: AbortSignal;
  /** Values that are taken out of what the tool prints. */
  readonly secrets: readonly string[];
}

export interface ToolEnd {
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

interface Watch {
  readonly leader: number | undefined;
  readonly ended: AbortSignal;
}

/** Waits for the deadline or the signal, and ends the group; resolves to whether it was the deadline. */
const endInTime = async (run: ToolRun, { leader, ended }: Watch): Promise<boolean> => {
  const early = AbortSignal.any([run.signal, ended]);
  const isOver = await sleep(run.seconds * 1000, early).then(
    () => true,
    () => false,
  );
  if (ended.aborted) return false;
  signalGroup(leader, 'SIGTERM');
  await sleep(run.graceSeconds * 1000, ended).catch(() => undefined);
  signalGroup(leader, 'SIGKILL');
  return isOver;
};

type Exit = Pick<ToolEnd, 'exitCode' | 'signal'>;

/** The end of the tool's first process, whoever else still holds its pipes; undefined when it never started. */
const exitOf = (child: ChildProcess): Promise<Exit | undefined> =>
  new Promise(resolve => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });

const startTool = (run: ToolRun) => {
  const clean = function* (line: unknown) {
    yield redactText(String(line), run.secrets);
  };
  const tool = execa(run.command, [...run.arguments], {
    env: { ...run.environment },
    extendEnv: false,
    detached: true,
    reject: false,
    buffer: false,
    stdin: 'pipe',
    stdout: [clean, process.stderr],
    stderr: [clean, process.stderr],
  });
  // Its pipe breaks when it ends before us; that is what its end says already.
  tool.stdin.on('error', () => undefined);
  return tool;
};

/**
 * Runs the tool to the end of its first process; never throws for what the tool does. Its output goes to our stderr, line
 * by line. Its stdin stays open as long as we live: a tool that reads it notices when we are killed, whom no group of ours
 * would reach.
 */
export const runTool = async (run: ToolRun): Promise<ToolEnd> => {
  const stopwatch = startStopwatch();
  const ended = new AbortController();
  const tool = startTool(run);
  const watching = endInTime(run, { leader: tool.pid, ended: ended.signal });
  const exit = await exitOf(tool.nodeChildProcess);
  ended.abort();
  // Children that it left behind would outlive the scan, and write into its reports.
  signalGroup(tool.pid, 'SIGKILL');
  await drainOutputs(tool);
  const result = await tool;
  return {
    exitCode: exit?.exitCode ?? null,
    signal: exit?.signal ?? null,
    deadlineReached: await watching,
    startError: exit === undefined ? (result.shortMessage ?? 'it could not be started') : null,
    seconds: stopwatch(),
  };
};

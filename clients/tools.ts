// Runs a scan tool as a process group of its own: ended with grace on its deadline or a signal, then killed.
import { execa } from 'execa';
import { sleep, startStopwatch } from './clock.ts';
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

const signalGroup = (leader: number | undefined, signal: NodeJS.Signals): void => {
  if (leader === undefined) return;
  try {
    process.kill(-leader, signal);
  } catch {
    // The group is empty: all of it has ended.
  }
};

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

/**
 * Runs the tool to its end; never throws for what the tool does. Its output goes to our stderr, line by line. Its stdin
 * stays open as long as we live: a tool that reads it notices when we are killed, whom no group of ours would reach.
 */
export const runTool = async (run: ToolRun): Promise<ToolEnd> => {
  const stopwatch = startStopwatch();
  const clean = function* (line: unknown) {
    yield redactText(String(line), run.secrets);
  };
  const ended = new AbortController();
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
  const watching = endInTime(run, { leader: tool.pid, ended: ended.signal });
  const result = await tool;
  ended.abort();
  // Children that it left behind would outlive the scan, and write into its reports.
  signalGroup(tool.pid, 'SIGKILL');
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    deadlineReached: await watching,
    startError: tool.pid === undefined ? (result.shortMessage ?? 'it could not be started') : null,
    seconds: stopwatch(),
  };
};

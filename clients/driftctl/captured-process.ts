// Runs one program as a process group of its own and keeps the end of what it prints: how driftctl is run, and its provider with it.
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { sleep, startStopwatch } from '../clock.ts';
import { drainOutputs } from '../drain-outputs.ts';
import { signalGroup } from '../process-group.ts';
import { redactText } from '../redaction.ts';
import type { ToolEnd, ToolRun } from '../tools.ts';

export interface CapturedRun extends ToolRun {
  /** Its working directory. */
  readonly directory: string;
}

export interface CapturedEnd extends ToolEnd {
  /** The last 16 KiB of each, whole lines, without secrets. */
  readonly stdout: string;
  readonly stderr: string;
}

const keptCharacters = 16_384;

/** A line without its beginning may hold the end of a secret, which nothing would recognize. */
const withoutBrokenLine = (text: string, isCut: boolean): string =>
  isCut ? text.slice(text.search(/[\r\n]/) + 1) : text;

/** Reads the stream to its end, whatever its length; tells its last lines. */
const keepTail = (stream: Readable, secrets: readonly string[]): (() => string) => {
  let tail = '';
  let isCut = false;
  stream.setEncoding('utf8').on('data', (text: string) => {
    tail += text;
    if (tail.length <= 2 * keptCharacters) return;
    tail = tail.slice(-keptCharacters);
    isCut = true;
  });
  // A pipe that breaks is the end of its program, which is told anyway.
  stream.on('error', () => undefined);
  return () => {
    const clean = redactText(withoutBrokenLine(tail, isCut), secrets);
    return withoutBrokenLine(clean.slice(-keptCharacters), clean.length > keptCharacters).trim();
  };
};

/** TERM for the group at the deadline or at the signal, KILL after the grace; resolves to whether it was the deadline. */
const endInTime = async (run: CapturedRun, leader: number | undefined, ended: AbortSignal): Promise<boolean> => {
  const isOver = await sleep(run.seconds * 1000, AbortSignal.any([run.signal, ended])).then(
    () => true,
    () => false,
  );
  if (ended.aborted) return false;
  signalGroup(leader, 'SIGTERM');
  await sleep(run.graceSeconds * 1000, ended).catch(() => undefined);
  signalGroup(leader, 'SIGKILL');
  return isOver;
};

const exitOf = (child: ChildProcess): Promise<Pick<ToolEnd, 'exitCode' | 'signal'> | undefined> =>
  new Promise(resolve => {
    child.once('error', () => resolve(undefined));
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });

const start = (run: CapturedRun) =>
  execa(run.command, [...run.arguments], {
    cwd: run.directory,
    env: { ...run.environment },
    extendEnv: false,
    detached: true,
    reject: false,
    buffer: false,
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  });

/**
 * Runs the program to the end of its first process; never throws for what it does. What it left in its group is killed: a
 * driftctl that fails at its start leaves its provider behind, 130 MB with nobody to end it.
 */
export const runCaptured = async (run: CapturedRun): Promise<CapturedEnd> => {
  const stopwatch = startStopwatch();
  const ended = new AbortController();
  const program = start(run);
  const [stdout, stderr] = [keepTail(program.stdout, run.secrets), keepTail(program.stderr, run.secrets)];
  const watching = endInTime(run, program.pid, ended.signal);
  const exit = await exitOf(program.nodeChildProcess);
  ended.abort();
  signalGroup(program.pid, 'SIGKILL');
  await drainOutputs(program);
  const result = await program;
  return {
    exitCode: exit?.exitCode ?? null,
    signal: exit?.signal ?? null,
    deadlineReached: await watching,
    startError: exit === undefined ? (result.shortMessage ?? 'it could not be started') : null,
    seconds: stopwatch(),
    stdout: stdout(),
    stderr: stderr(),
  };
};

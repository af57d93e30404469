// Runs one program as a process group of its own and keeps the end of what it prints: how driftctl is run, and its provider with it.
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import { endOfGroup } from '../group-end.ts';
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
  const program = start(run);
  const [stdout, stderr] = [keepTail(program.stdout, run.secrets), keepTail(program.stderr, run.secrets)];
  const end = await endOfGroup(program, run);
  return { ...end, stdout: stdout(), stderr: stderr() };
};

// One run of `driftctl scan`: its flags and environment, its end, and the document that it wrote.
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CapturedEnd, runCaptured } from './captured-process.ts';
import type { DriftctlProgram } from './find-driftctl.ts';

export interface DriftctlScan {
  readonly program: DriftctlProgram;
  /** Flags of `scan` besides the output. */
  readonly flags: readonly string[];
  /** Where it is started: driftctl loads `.env` and `.driftignore` from there. */
  readonly directory: string;
  /** Writable, and of nobody else: for the document and the provider's socket. */
  readonly temporaryDirectory: string;
  /** All that it sees, besides what keeps it quiet and at home. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly seconds: number;
  readonly graceSeconds: number;
  readonly signal: AbortSignal;
  readonly secrets: readonly string[];
}

export interface DriftctlEnd {
  /** null when a signal ended it, or it could not be started. */
  readonly exit: number | null;
  /** What it wrote, as it wrote it; undefined when it left nothing. */
  readonly text: string | undefined;
  /** Why there is no document, in one line of a few hundred characters; undefined when there is one. */
  readonly failure: string | undefined;
  readonly deadlineReached: boolean;
  readonly seconds: number;
}

const environmentOf = (scan: DriftctlScan): Record<string, string | undefined> => {
  const { configDirectory, providerVersion } = scan.program;
  return {
    ...scan.environment,
    ...(configDirectory === undefined ? {} : { DCTL_CONFIG_DIR: configDirectory }),
    ...(providerVersion === undefined ? {} : { DCTL_TF_PROVIDER_VERSION: providerVersion }),
    // Two switches: each alone leaves a call to the outside, which has no time-out.
    DCTL_NO_VERSION_CHECK: '1',
    DCTL_DISABLE_TELEMETRY: 'true',
    TMPDIR: scan.temporaryDirectory,
  };
};

const longestFailure = 600;
const noise = /^(Usage:|FLAGS:|INHERITED FLAGS:|\s*-{1,2}\w|Hint:|Use "driftctl)/;

/** The last words, in one line: driftctl says first what it was doing, and last why it ended. */
const lastWords = (end: CapturedEnd): string => {
  const lines = `${end.stdout}\n${end.stderr}`
    // Progress is written over itself.
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '' && !noise.test(line));
  // Go says why before it lists where.
  const panic = lines.findIndex(line => line.startsWith('panic: '));
  if (panic !== -1) return lines[panic]?.slice(0, longestFailure) ?? '';
  return lines.slice(-6).join(' ').slice(-longestFailure);
};

const meanings: Readonly<Record<number, string>> = { 2: 'an error', 3: 'ended while it started its provider' };

const describeFailure = (end: CapturedEnd): string => {
  if (end.startError !== null) return `it could not be started: ${end.startError}`;
  if (end.deadlineReached) return 'it did not end within its time and was ended';
  const said = lastWords(end);
  const words = said === '' ? '' : `: ${said}`;
  if (end.exitCode === null) return `it was ended by ${end.signal ?? 'a signal'}${words}`;
  if (end.exitCode === 0 || end.exitCode === 1) return `it ended with ${end.exitCode} but wrote no document${words}`;
  const meaning = meanings[end.exitCode];
  return `it ended with ${end.exitCode}${meaning === undefined ? '' : ` (${meaning})`}${words}`;
};

/**
 * Runs one scan; never throws for what driftctl does. A document of an earlier run is removed before: on an error driftctl
 * leaves it as it is, and it would pass for this one's. A document beside an exit code of neither 0 nor 1 is none.
 */
export const scanWithDriftctl = async (scan: DriftctlScan): Promise<DriftctlEnd> => {
  const file = join(scan.temporaryDirectory, 'driftctl.json');
  await rm(file, { force: true });
  const end = await runCaptured({
    command: scan.program.command,
    arguments: ['scan', '--quiet', ...scan.flags, '-o', `json://${file}`],
    directory: scan.directory,
    environment: environmentOf(scan),
    seconds: scan.seconds,
    graceSeconds: scan.graceSeconds,
    signal: scan.signal,
    secrets: scan.secrets,
  });
  const hasEnded = !end.deadlineReached && (end.exitCode === 0 || end.exitCode === 1);
  const text = hasEnded ? await readFile(file, 'utf8').catch(() => undefined) : undefined;
  await rm(file, { force: true });
  const { exitCode: exit, deadlineReached, seconds } = end;
  return { exit, text, failure: text === undefined ? describeFailure(end) : undefined, deadlineReached, seconds };
};

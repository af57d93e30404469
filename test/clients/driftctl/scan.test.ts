// One run of driftctl and each of its ends: a document of this run, or why there is none.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCaptured } from '../../../clients/driftctl/captured-process.ts';
import type { DriftctlProgram } from '../../../clients/driftctl/find-driftctl.ts';
import { type DriftctlScan, scanWithDriftctl } from '../../../clients/driftctl/scan.ts';
import { readPids, runs } from '../pods/sample-jobs.ts';
import { emptyDocument, makeFake, ownDirectory, writes } from './fake-driftctl.ts';

const scan = (program: DriftctlProgram, more: Partial<DriftctlScan> = {}) =>
  scanWithDriftctl({
    program,
    flags: ['--from', 'tfstate:///states'],
    directory: ownDirectory(),
    temporaryDirectory: ownDirectory(),
    environment: {},
    seconds: 20,
    graceSeconds: 2,
    signal: new AbortController().signal,
    secrets: [],
    ...more,
  });

test.each([0, 1])('a run that ends with %i has left its document, and nothing stays behind', async code => {
  const temporaryDirectory = ownDirectory();
  const end = await scan(makeFake(writes(emptyDocument, code)), { temporaryDirectory });
  expect(end).toMatchObject({ exit: code, failure: undefined, deadlineReached: false });
  expect(JSON.parse(end.text ?? '')).toEqual(emptyDocument);
  expect(readdirSync(temporaryDirectory)).toEqual([]);
});

test('it is given no more than it needs, and is kept from telemetry and version check', async () => {
  const fake = makeFake('exit 2');
  const [temporaryDirectory, directory] = [ownDirectory(), ownDirectory()];
  await scan(fake, { environment: { AWS_REGION: 'eu-west-1' }, temporaryDirectory, directory });
  const [words] = readFileSync(join(fake.here, 'arguments'), 'utf8').split('\n');
  expect(words).toBe(`scan --quiet --from tfstate:///states -o json://${temporaryDirectory}/driftctl.json`);
  const lines = readFileSync(join(fake.here, 'environment'), 'utf8').trim().split('\n');
  const own = lines.filter(line => !/^(PATH|PWD|OLDPWD|SHLVL|_)=/.test(line)).sort();
  expect(own).toEqual([
    'AWS_REGION=eu-west-1',
    `DCTL_CONFIG_DIR=${fake.here}`,
    'DCTL_DISABLE_TELEMETRY=true',
    'DCTL_NO_VERSION_CHECK=1',
    'DCTL_TF_PROVIDER_VERSION=3.40.0',
    `TMPDIR=${temporaryDirectory}`,
  ]);
  expect(lines).toContain(`PWD=${directory}`);
});

test('the document of an earlier run does not pass for one of a run that failed', async () => {
  const temporaryDirectory = ownDirectory();
  const stale = join(temporaryDirectory, 'driftctl.json');
  writeFileSync(stale, JSON.stringify(emptyDocument));
  const end = await scan(makeFake('echo "Invalid AWS Region: " >&2; exit 2'), { temporaryDirectory });
  expect(end).toMatchObject({ exit: 2, text: undefined });
  expect(end.failure).toBe('it ended with 2 (an error): Invalid AWS Region:');
  expect(existsSync(stale)).toBe(false);
});

test('a document beside the exit code of an error is none', async () => {
  const end = await scan(makeFake(writes(emptyDocument, 2)));
  expect(end).toMatchObject({ exit: 2, text: undefined, failure: 'it ended with 2 (an error)' });
});

test('an exit code of success without a document is a failure, because driftctl takes a failed write for none', async () => {
  const end = await scan(makeFake('echo "Error writing to output: read-only file system" >&2; exit 0'));
  expect(end).toMatchObject({ exit: 0, text: undefined });
  expect(end.failure).toBe('it ended with 0 but wrote no document: Error writing to output: read-only file system');
});

test.each([
  ['exit 3', 3, 'it ended with 3 (ended while it started its provider)'],
  ['kill -9 $$', null, 'it was ended by SIGKILL'],
  ['exit 77', 77, 'it ended with 77'],
] as const)('%s is told as what it is', async (lines, exit, failure) => {
  expect(await scan(makeFake(lines))).toMatchObject({ exit, failure, text: undefined });
});

test('a program that cannot be started says so', async () => {
  const end = await scan({ ...makeFake('exit 0'), command: '/no/such/driftctl' });
  expect(end.exit).toBeNull();
  expect(end.failure).toContain('it could not be started');
});

test('its last words are one short line without secrets, progress and help', async () => {
  const secret = 'wJalrXUtnFEMI-not-a-key-of-anybody';
  const lines = `
    i=0; while [ $i -lt 3000 ]; do printf 'Scanning resources: %s\\r' $i >&2; i=$((i+1)); done
    echo "could not sign in with ${secret}" >&2
    printf 'FLAGS:\\n  --quiet  says nothing\\n' >&2
    exit 2`;
  const end = await scan(makeFake(lines), { secrets: [secret] });
  expect(end.failure).toMatch(/could not sign in with \[redacted\]$/);
  expect(end.failure?.length).toBeLessThan(700);
});

test('a driftctl that falls over itself says why, and not where', async () => {
  const lines = `printf 'panic: interface conversion: nil\\n\\ngoroutine 1 [running]:\\nmain.main()\\n' >&2; exit 2`;
  const end = await scan(makeFake(lines));
  expect(end.failure).toBe('it ended with 2 (an error): panic: interface conversion: nil');
});

test('of an output of many megabytes the last whole lines are kept', async () => {
  const fake = makeFake('head -c 20000000 /dev/zero | tr "\\0" x | fold -w 99; echo; echo last; exit 0');
  const end = await runCaptured({
    ...{ command: fake.command, arguments: ['scan'], directory: fake.here, environment: {} },
    ...{ seconds: 20, graceSeconds: 1, signal: new AbortController().signal, secrets: [] },
  });
  const lines = end.stdout.split('\n');
  expect(lines.at(-1)).toBe('last');
  expect(new Set(lines.slice(0, -2).map(line => line.length))).toEqual(new Set([99]));
  expect(end.stdout.length).toBeGreaterThan(10_000);
  expect(end.stdout.length).toBeLessThanOrEqual(16_384);
});

test('at its deadline the whole group ends, a provider that ignores the signal included', async () => {
  const fake = makeFake(`sh -c 'trap "" TERM; while :; do sleep 0.05; done' & echo $! > "$here/pids"; wait`);
  const end = await scan(fake, { seconds: 0.5, graceSeconds: 0.3 });
  expect(end).toMatchObject({ deadlineReached: true, text: undefined });
  expect(end.failure).toBe('it did not end within its time and was ended');
  await expect.poll(() => readPids(join(fake.here, 'pids')).map(runs)).toEqual([false]);
});

test('a provider that a failed start left behind is ended with it', async () => {
  const fake = makeFake(`sleep 25 & echo $! > "$here/pids"; echo "Invalid AWS Region: " >&2; exit 2`);
  onTestFinished(() => {
    for (const pid of readPids(join(fake.here, 'pids'))) if (runs(pid)) process.kill(pid, 'SIGKILL');
  });
  const end = await scan(fake);
  expect(end.exit).toBe(2);
  expect(end.seconds).toBeLessThan(5);
  await expect.poll(() => readPids(join(fake.here, 'pids')).map(runs)).toEqual([false]);
});

test('a stop from outside ends it, and is not called its deadline', async () => {
  const end = await scan(makeFake('sleep 25'), { signal: AbortSignal.timeout(200) });
  expect(end).toMatchObject({ exit: null, deadlineReached: false, text: undefined });
  expect(end.failure).toContain('SIGTERM');
});

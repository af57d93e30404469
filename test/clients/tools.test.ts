// Tools as real process groups: their end is that of their first process, whatever they leave behind.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runTool, type ToolRun } from '../../clients/tools.ts';
import { readPids, runs } from './pods/sample-jobs.ts';

const runShell = (script: string, more: Partial<ToolRun> = {}) =>
  runTool({
    command: '/bin/sh',
    arguments: ['-c', script],
    environment: { PATH: process.env['PATH'] },
    seconds: 20,
    graceSeconds: 5,
    signal: new AbortController().signal,
    secrets: [],
    ...more,
  });

const pidFile = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'tools-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return join(directory, 'pids');
};

/** What left the group is nobody's here: the pod ends it, and in these tests the test does. */
const endAtLast = (path: string) =>
  onTestFinished(() => {
    for (const pid of readPids(path)) if (runs(pid)) process.kill(pid, 'SIGKILL');
  });

test('a child that left the group and holds the output open does not hold the tool', async () => {
  const pids = pidFile();
  endAtLast(pids);
  const end = await runShell(`setsid sleep 25 & echo $! > ${pids}; exit 3`, { seconds: 10, graceSeconds: 1 });
  expect(end).toMatchObject({ exitCode: 3, signal: null, deadlineReached: false, startError: null });
  expect(end.seconds).toBeLessThan(5);
});

test('a child that stays in the group ends with the tool, which is not said to have reached its deadline', async () => {
  const pids = pidFile();
  const end = await runShell(`sleep 25 & echo $! > ${pids}; exit 0`, { seconds: 10, graceSeconds: 1 });
  expect(end).toMatchObject({ exitCode: 0, signal: null, deadlineReached: false });
  expect(end.seconds).toBeLessThan(5);
  await expect.poll(() => readPids(pids).map(runs)).toEqual([false]);
});

test('a tool that ignores SIGTERM is killed after its grace, because its time was over', async () => {
  const script = `trap '' TERM; while :; do sleep 0.05; done`;
  const end = await runShell(script, { seconds: 0.2, graceSeconds: 0.2 });
  expect(end).toMatchObject({ exitCode: null, signal: 'SIGKILL', deadlineReached: true });
});

test('a tool that a signal ends was not ended by its deadline', async () => {
  const end = await runShell('exec sleep 25', { signal: AbortSignal.timeout(50) });
  expect(end).toMatchObject({ exitCode: null, signal: 'SIGTERM', deadlineReached: false });
});

test('what a tool printed last is read before its end is told', async () => {
  const path = pidFile();
  const script = `head -c 300000 /dev/zero | tr '\\0' x | fold -w 99; echo; printf a-secret-in-the-last-line`;
  const child = `import { runTool } from ${JSON.stringify(new URL('../../clients/tools.ts', import.meta.url).href)};
    const run = ${JSON.stringify({ command: '/bin/sh', arguments: ['-c', script], environment: {}, seconds: 20, graceSeconds: 1, secrets: ['a-secret'] })};
    await runTool({ ...run, environment: process.env, signal: new AbortController().signal });`;
  const words = `'${process.execPath}' --input-type=module -e "$SCRIPT" 2> ${path}`;
  const end = await runShell(words, { environment: { PATH: process.env['PATH'], SCRIPT: child } });
  expect(end.exitCode).toBe(0);
  const printed = readFileSync(path, 'utf8');
  expect(printed.replace(/[^x]/g, '')).toHaveLength(300_000);
  expect(printed).toMatch(/\[redacted\]-in-the-last-line\n?$/);
});

test('a tool that does not exist says why it was not started', async () => {
  const end = await runShell('', { command: '/no/such/tool' });
  expect(end).toMatchObject({ exitCode: null, deadlineReached: false });
  expect(end.startError).toContain('/no/such/tool');
});

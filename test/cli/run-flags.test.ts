// Flags of `aws-inventory run` that would do nothing where they are given.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'run-flags-'));
});
afterAll(() => rm(directory, { recursive: true, force: true }));

it.each([
  [
    ['--namespace', 'x', '--orchestrator', 'here'],
    ['--namespace belongs', '--orchestrator belongs'],
  ],
  [['--backend', 'kubernetes', '--run-id', 'mine'], ['--run-id belongs to --orchestrator here']],
  [['--backend', 'kubernetes', '--log-level', 'debug'], ['LOG_LEVEL in the runner template']],
  [['--backend', 'kubernetes', '--orchestrator', 'elsewhere'], ["'elsewhere' is invalid"]],
])('run %s is refused before anything is asked, with every reason', async (flags, reasons) => {
  const { exitCode, stderr } = await runCli(directory, ['run', '--bucket', 'b-b-b', ...flags]);
  expect(exitCode).toBe(2);
  for (const reason of reasons) expect(stderr).toContain(reason);
});

// `aws-inventory runs` over a copy of a bucket, and `logs` over what a run of this machine has left.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../contract/manifest.ts';
import { runCli } from './run-cli.ts';

let directory: string;
const account = '111122223333';

const summary = (run: string, startedAt: string, failed: number): RunSummary => ({
  run,
  retryOf: run === 'again' ? 'weekly-2' : null,
  complete: run !== 'again',
  date: startedAt.slice(0, 10),
  startedAt,
  finishedAt: new Date(Date.parse(startedAt) + 125 * 60_000).toISOString(),
  totals: { accounts: 30, succeeded: 28 - failed, partial: 0, failed, skipped: 2, resources: 1234 },
});

const runs = [
  summary('again', '2026-11-22T09:00:00.000Z', 0),
  summary('weekly-2', '2026-11-22T00:00:00.000Z', 3),
  summary('weekly-1', '2026-11-15T00:00:00.000Z', 0),
];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'runs-'));
  const day = join(directory, 'bucket', 'AWSRecon', '2026', '11', '22');
  await mkdir(day, { recursive: true });
  const latest = { schemaVersion: 1, updatedAt: '2026-11-22T11:00:00.000Z', completeRun: null, runs, accounts: [] };
  await writeFile(join(directory, 'bucket', 'AWSRecon', 'latest.json'), JSON.stringify(latest));
  const [again] = runs;
  const manifest = {
    schemaVersion: 1,
    version: '0.1.0',
    partition: 'aws',
    templateVersion: 'x',
    accounts: [],
    ...again,
  };
  await writeFile(join(day, 'run_again.json'), JSON.stringify(manifest));
  await writeFile(join(day, 'run_weekly-2.json'), '{"schemaVersion": 1, "run": "week');
  const attempt = (number: number) =>
    join(
      directory,
      'state/aws-inventory-orchestrator/runs/weekly-1/jobs',
      `aws-inventory-runner-weekly-1-${account}/attempts/${number}`,
    );
  for (const number of [1, 2]) {
    await mkdir(attempt(number), { recursive: true });
    for (const container of ['upload', 'scan', 'assume'])
      await writeFile(join(attempt(number), `${container}.log`), `${container} of ${number}\n\u001b[2J\n`);
  }
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const cli = (...args: readonly string[]) =>
  runCli(directory, args, { XDG_STATE_HOME: join(directory, 'state'), XDG_CACHE_HOME: join(directory, 'cache') });
const bucket = () => ['--directory', join(directory, 'bucket')];

describe('runs', () => {
  it('are listed with their outcomes, the newest first', async () => {
    const { exitCode, stdout } = await cli('runs', ...bucket());
    expect(exitCode).toBe(0);
    const [head, ...rows] = stdout
      .trim()
      .split('\n')
      .map(line => line.split('\t'));
    expect(head?.slice(0, 4)).toEqual(['run', 'started', 'took', 'kind']);
    expect(rows.map(row => row.slice(0, 9))).toEqual([
      ['again', '2026-11-22T09:00:00Z', '2 h 05 min', 'retry of weekly-2', '30', '28', '0', '0', '2'],
      ['weekly-2', '2026-11-22T00:00:00Z', '2 h 05 min', 'whole', '30', '25', '0', '3', '2'],
      ['weekly-1', '2026-11-15T00:00:00Z', '2 h 05 min', 'whole', '30', '28', '0', '0', '2'],
    ]);
  });

  it('are cut at the limit, which is said', async () => {
    const { stdout, stderr } = await cli('runs', ...bucket(), '--limit', '1', '--output', 'json');
    expect(JSON.parse(stdout)).toEqual([{ ...runs[0], state: 'closed' }]);
    expect(stderr).toContain('2 older runs not shown');
  });

  it.each([
    ['of a day', '--date', '2026-11-22'],
    ['since a day', '--since', '2026-11-20'],
  ])(
    '%s are read from the manifests, and one that is half written is a row and hides no other',
    async (_what, ...days) => {
      const { exitCode, stdout, stderr } = await cli('runs', ...bucket(), ...days, '--output', 'json');
      expect(exitCode).toBe(3);
      const key = 'AWSRecon/2026/11/22/run_weekly-2.json';
      expect(JSON.parse(stdout)).toEqual([
        { ...runs[0], state: 'closed' },
        { run: 'weekly-2', state: 'damaged', date: '2026-11-22', key },
      ]);
      expect(stderr).toContain(`${key} is damaged, half written, or of another version`);
      const table = await cli('runs', ...bucket(), ...days);
      expect(table.stdout).toMatch(/^weekly-2\t2026-11-22\t\tdamaged\t+$/m);
    },
  );

  it('since a day after the last of them are none', async () => {
    const { exitCode, stdout } = await cli('runs', ...bucket(), '--since', '2026-11-23', '--output', 'json');
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, []]);
  });

  it.each([
    [['--namespace', 'x'], '--namespace belongs to --backend kubernetes'],
    [['--date', '2026-11-22', '--since', '2026-11-20'], 'give one of them'],
    [['--since', '2999-01-01'], '--since 2999-01-01 is in the future'],
  ])('asked for with %s are refused', async (flags, reason) => {
    const { exitCode, stderr } = await cli('runs', ...bucket(), ...flags);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(reason);
  });

  it('are told to be none where no run has closed', async () => {
    const { exitCode, stderr } = await cli('runs', '--directory', join(directory, 'state'));
    expect(exitCode).toBe(2);
    expect(stderr).toContain('no run has closed there');
  });
});

describe('logs', () => {
  it('are shown by attempt, in the order of the containers, and cannot draw on the screen', async () => {
    const { exitCode, stdout } = await cli('logs', 'weekly-1', account);
    expect(exitCode).toBe(0);
    expect(stdout.match(/^== .*$/gm)).toEqual(
      [1, 2].flatMap(number => ['assume', 'scan', 'upload'].map(name => `== attempt ${number}, ${name}`)),
    );
    expect(stdout).not.toContain('\u001b[2J');
    expect(stdout).toContain('scan of 2');
  });

  it('of one attempt are shown alone', async () => {
    const { stdout } = await cli('logs', 'weekly-1', account, '--attempt', '2');
    expect(stdout.match(/^== .*$/gm)).toEqual(['assume', 'scan', 'upload'].map(name => `== attempt 2, ${name}`));
  });

  it('of a Job that is over are followed to their end at once', async () => {
    const shown = await cli('logs', 'weekly-1', account);
    expect(await cli('logs', 'weekly-1', account, '--follow')).toEqual(shown);
  });

  it('of one container are shown alone', async () => {
    const { stdout } = await cli('logs', 'weekly-1', account, '--container', 'scan');
    expect(stdout.match(/^== .*$/gm)).toEqual(['== attempt 1, scan', '== attempt 2, scan']);
  });

  it.each([
    ['that nobody keeps any more', ['weekly-2', account], 'stand in the manifest'],
    ['of an attempt that there was not', ['weekly-1', account, '--attempt', '3'], 'no logs of attempt 3'],
    ['of a container that there is not', ['weekly-1', account, '--container', 'scna'], 'container "scna"'],
    ['of what is no account', ['weekly-1', '12'], '12 digits'],
    ['of what is no run', ['../../etc', account], 'no id of a run'],
  ])('%s are an error that says where to look', async (_what, args, words) => {
    const { exitCode, stderr } = await cli('logs', ...args);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});

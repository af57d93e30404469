import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Fleet, leftProcesses, quickSettings, startFleet } from './fleet.ts';

const accounts = 30;
let fleet: Fleet;
let config: string;

beforeAll(async () => {
  fleet = await startFleet(accounts - 1);
  config = join(fleet.stateDirectory, 'config.yaml');
  writeFileSync(config, `${quickSettings}`);
});
afterAll(() => fleet.stop());
beforeEach(() => fleet.proxy.setRules([]));

const assumed = (mark: number): string[] =>
  fleet.proxy.history
    .slice(mark)
    .filter(request => request.action === 'AssumeRole')
    .map(request => request.parameters['RoleArn'] ?? '');
const run = (id: string) => ['run', '--bucket', fleet.bucket, '--config', config, '--run-id', id, '--output', 'json'];
const patiently = { timeout: 60_000, interval: 20 };

const expectWhole = async (id: string): Promise<void> => {
  const manifest = await fleet.manifest(id);
  expect(manifest.accounts.map(account => account.id)).toEqual([...fleet.ids, fleet.managementAccountId].sort());
  expect(manifest.totals).toMatchObject({ accounts, succeeded: accounts - 1, skipped: 1 });
};

describe('an orchestrator that does not reach its end', () => {
  it('is killed with -9 after ten Jobs, and its next start scans no account twice and misses none', async () => {
    const mark = fleet.proxy.history.length;
    const first = fleet.start(run('killed'));
    await vi.waitUntil(() => assumed(mark).length >= 10, patiently);
    first.kill('SIGKILL');
    await first;
    const second = await fleet.run(['--config', config, '--run-id', 'killed']);
    expect(second.stderr).toContain('adopted');
    expect(second.exitCode).toBe(0);
    await expectWhole('killed');
    expect(assumed(mark)).toHaveLength(accounts - 1);
    expect(new Set(assumed(mark)).size).toBe(accounts - 1);
  });

  it('is stopped by SIGTERM, leaves no process, and goes on where it stopped', async () => {
    const mark = fleet.proxy.history.length;
    const first = fleet.start(run('stopped'));
    await vi.waitUntil(
      () => fleet.proxy.history.slice(mark).filter(request => request.key?.includes('/upload_')).length >= 4,
      patiently,
    );
    first.kill('SIGTERM');
    const { exitCode, stderr } = await first;
    expect(exitCode).toBe(143);
    expect(String(stderr)).toContain('Start the same command again with --run-id stopped');
    expect(leftProcesses(fleet.stateDirectory)).toEqual([]);
    const uploadedBefore = fleet.proxy.history.slice(mark).filter(request => request.key?.includes('/recon_')).length;
    expect(uploadedBefore).toBeLessThan(accounts - 1);

    const again = fleet.proxy.history.length;
    expect((await fleet.run(['--config', config, '--run-id', 'stopped'])).exitCode).toBe(0);
    await expectWhole('stopped');
    expect(assumed(again).length).toBeLessThan(accounts - 1);
  });

  it('is stopped by SIGTERM while the Organization throttles it, at once', async () => {
    fleet.proxy.setRules([{ match: { service: 'organizations' }, answer: { do: 'refuse', as: 'throttled' } }]);
    const mark = fleet.proxy.history.length;
    const first = fleet.start(run('throttled'));
    await vi.waitUntil(
      () => fleet.proxy.history.slice(mark).filter(({ action }) => action === 'ListAccounts').length >= 4,
      patiently,
    );
    first.kill('SIGTERM');
    const { exitCode, durationMs } = await first;
    expect(exitCode).toBe(143);
    expect(durationMs).toBeLessThan(30_000);
  });

  it('has a twin of the same run: together they scan each account once, and both end well', async () => {
    const mark = fleet.proxy.history.length;
    const ends = await Promise.all([
      fleet.run(['--config', config, '--run-id', 'twins']),
      fleet.run(['--config', config, '--run-id', 'twins']),
    ]);
    expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    await expectWhole('twins');
    expect(assumed(mark)).toHaveLength(accounts - 1);
  });

  it('shares latest.json with another run without losing an entry of either', async () => {
    const [left, right] = [fleet.ids.slice(2, 6), fleet.ids.slice(6, 10)];
    const ends = await Promise.all([
      fleet.run(['--config', config, '--run-id', 'left', '--accounts', left.join(',')]),
      fleet.run(['--config', config, '--run-id', 'right', '--accounts', right.join(',')]),
    ]);
    expect(ends.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const latest = await fleet.latest();
    const runOf = (ids: readonly string[]) =>
      new Set(latest.accounts.filter(({ id }) => ids.includes(id)).map(({ run: each }) => each));
    expect(latest.accounts).toHaveLength(accounts);
    expect([runOf(left), runOf(right)]).toEqual([new Set(['left']), new Set(['right'])]);
    const writes = fleet.proxy.history.filter(
      request => request.key === 'AWSRecon/latest.json' && request.action === 'PutObject',
    );
    expect(
      writes.every(
        request => request.headers['if-match'] !== undefined || request.headers['if-none-match'] !== undefined,
      ),
    ).toBe(true);
  });

  it('closes the run at its own deadline, with every account that had no end failed', async () => {
    const hurried = join(fleet.stateDirectory, 'hurried.yaml');
    writeFileSync(hurried, quickSettings.replace('retries: 0', 'retries: 0, deadline: 3s'));
    fleet.proxy.setRules([{ match: { service: 's3', action: 'ListBuckets' }, after: 2, answer: { do: 'hang' } }]);
    const { exitCode, stderr } = await fleet.run(['--config', hurried, '--run-id', 'hurried']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('run-deadline');
    const manifest = await fleet.manifest('hurried');
    expect(manifest.totals).toMatchObject({ accounts, skipped: 1 });
    expect(manifest.accounts.filter(({ code }) => code === 'run-deadline').length).toBeGreaterThan(20);
    expect(leftProcesses(fleet.stateDirectory)).toEqual([]);
  });
});

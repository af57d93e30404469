import { describe, expect, it } from 'vitest';
import { type Latest, latestSchema, type Manifest, type ManifestAccount } from '../../contract/manifest.ts';
import { mergeLatest } from '../../reports/latest.ts';

const row = (
  id: string,
  outcome: ManifestAccount['outcome'] = 'succeeded',
  code: string | null = null,
): ManifestAccount => ({
  id: id.repeat(12),
  name: `account ${id}`,
  state: 'ACTIVE',
  path: null,
  outcome,
  code,
  message: null,
  remedy: null,
  attempts: 1,
  job: null,
  startedAt: null,
  finishedAt: null,
  counts: null,
  reports: [],
});

const manifest = (run: string, day: number, complete: boolean, accounts: ManifestAccount[]): Manifest => ({
  schemaVersion: 1,
  run,
  retryOf: null,
  complete,
  date: `2026-11-0${day}`,
  startedAt: `2026-11-0${day}T00:00:00.000Z`,
  finishedAt: `2026-11-0${day}T01:00:00.000Z`,
  version: '0.1.0',
  partition: 'aws',
  templateVersion: 'x',
  totals: { accounts: 0, succeeded: 0, partial: 0, failed: 0, skipped: 0, resources: 0 },
  accounts,
});

const merge = (...manifests: Manifest[]): Latest =>
  manifests.reduce<Latest | undefined>((latest, next) => mergeLatest(latest, next), undefined) as Latest;
const shape = (latest: Latest) => latest.accounts.map(account => `${account.id[0]}:${account.run}`).join(' ');

const full1 = manifest('full1', 1, true, [row('1'), row('2', 'failed'), row('3')]);
const retry2 = manifest('retry2', 2, false, [
  row('2'),
  row('1', 'skipped', 'not-selected'),
  row('3', 'skipped', 'not-selected'),
]);
const full3 = manifest('full3', 3, true, [row('1'), row('2'), row('4', 'skipped', 'not-active')]);
const narrow4 = manifest('narrow4', 4, false, [row('2', 'failed'), row('x9', 'failed', 'unknown-account')]);

describe('latest.json', () => {
  it('holds what the first run produced', () => {
    expect(shape(merge(full1))).toBe('1:full1 2:full1 3:full1');
  });

  it.each([
    ['in the order of the runs', [0, 1, 2]],
    ['in another order', [2, 0, 1]],
    ['twice', [0, 1, 2, 0, 1, 2]],
  ])('remembers when an account last succeeded, merged %s', (_name, order) => {
    const succeeded = { ...row('1'), finishedAt: '2026-11-01T00:30:00.000Z' };
    const runs = [
      manifest('full1', 1, true, [succeeded]),
      manifest('full2', 2, true, [row('1', 'failed', 'role-refused')]),
      manifest('full3', 3, true, [row('1', 'partial', 'services-denied')]),
    ];
    const latest = merge(...order.flatMap(index => runs[index] ?? []));
    expect(latest.accounts).toMatchObject([{ run: 'full3', outcome: 'partial', succeededAt: succeeded.finishedAt }]);
    const again = mergeLatest(latest, manifest('full4', 4, true, [row('1')]));
    expect(again.accounts[0]).not.toHaveProperty('succeededAt');
  });

  it('takes from a narrowed run its own accounts alone, and no id that is no account', () => {
    expect(shape(merge(full1, retry2))).toBe('1:full1 2:retry2 3:full1');
    expect(shape(merge(full3, narrow4))).toBe('1:full3 2:narrow4 4:full3');
  });

  it('forgets an account that a complete run no longer found', () => {
    expect(shape(merge(full1, retry2, full3))).toBe('1:full3 2:full3 4:full3');
  });

  it('lets an older run replace nothing, and bring nothing back', () => {
    expect(shape(merge(full3, full1))).toBe('1:full3 2:full3 4:full3');
    expect(shape(merge(narrow4, full3, full1, retry2))).toBe('1:full3 2:narrow4 4:full3');
    expect(merge(full3, full1).completeRun?.run).toBe('full3');
  });

  it('is the same in whatever order the runs closed', () => {
    const runs = [full1, retry2, full3, narrow4];
    const orders = runs.flatMap((a, i) =>
      runs.flatMap((b, j) =>
        runs.flatMap((c, k) => (new Set([i, j, k]).size === 3 ? [[a, b, c, runs[6 - i - j - k] as Manifest]] : [])),
      ),
    );
    expect(orders).toHaveLength(24);
    expect(new Set(orders.map(order => shape(merge(...order))))).toEqual(new Set(['1:full3 2:narrow4 4:full3']));
  });

  it('changes nothing when the same run is merged twice, and passes its own schema', () => {
    const once = merge(full1, retry2);
    expect(mergeLatest(once, retry2)).toEqual(once);
    expect(latestSchema.parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it('remembers each run once with its totals, the newest first, however they came', () => {
    const latest = merge(full3, full1, retry2, full1);
    expect(latest.runs.map(({ run, complete }) => `${run} ${complete}`)).toEqual([
      'full3 true',
      'retry2 false',
      'full1 true',
    ]);
    expect(latest.runs[0]).toMatchObject({ date: '2026-11-03', totals: full3.totals });
  });

  it('remembers no more runs than a year of weekly ones needs', () => {
    const many = Array.from({ length: 70 }, (_, at) => ({
      ...full1,
      run: `run${at}`,
      startedAt: new Date(Date.UTC(2025, 0, 1 + at)).toISOString(),
    }));
    const { runs } = merge(...many);
    expect([runs.length, runs[0]?.run, runs.at(-1)?.run]).toEqual([60, 'run69', 'run10']);
  });

  it('reads one that was written before there were runs in it', () => {
    const { runs: _none, ...old } = merge(full1);
    expect(latestSchema.parse(old).runs).toEqual([]);
  });
});

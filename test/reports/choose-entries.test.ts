// Which entry of each account a query gets.
import { describe, expect, it } from 'vitest';
import type { LatestAccount, Manifest, ManifestAccount } from '../../contract/manifest.ts';
import { chooseAccounts, findNotWhole, latestOf } from '../../reports/choose-entries.ts';

const account = (id: string, more: Partial<ManifestAccount> = {}): ManifestAccount => ({
  id: id.repeat(12),
  name: id,
  state: 'ACTIVE',
  path: null,
  outcome: 'succeeded',
  code: null,
  message: null,
  remedy: null,
  attempts: 1,
  job: null,
  startedAt: null,
  finishedAt: null,
  counts: null,
  reports: [],
  ...more,
});

const manifest = (run: string, startedAt: string, more: Partial<Manifest>): Manifest => ({
  schemaVersion: 1,
  run,
  retryOf: null,
  complete: true,
  date: '2026-11-22',
  startedAt: `2026-11-22T${startedAt}:00.000Z`,
  finishedAt: `2026-11-22T${startedAt}:30.000Z`,
  version: '0',
  partition: 'aws',
  templateVersion: 'x',
  totals: { accounts: 0, succeeded: 0, partial: 0, failed: 0, skipped: 0, resources: 0 },
  accounts: [],
  ...more,
});

describe('the runs of a day', () => {
  const morning = manifest('morning', '01:00', { accounts: [account('1'), account('2'), account('3')] });
  const noon = manifest('noon', '12:00', { accounts: [account('1'), account('2', { outcome: 'failed' })] });
  const retry = manifest('retry', '13:00', { complete: false, accounts: [account('2')] });
  const runsOf = (...manifests: Manifest[]) =>
    latestOf(manifests)?.accounts.map(({ id, run, outcome }) => [id[0], run, outcome]);

  it('give the newest complete one, with what a retry brought after it, in whatever order they are read', () => {
    const expected = [
      ['1', 'noon', 'succeeded'],
      ['2', 'retry', 'succeeded'],
    ];
    expect(runsOf(morning, noon, retry)).toEqual(expected);
    expect(runsOf(retry, morning, noon)).toEqual(expected);
  });

  it('give what there is when none was complete, and say so', () => {
    expect(runsOf(retry)).toEqual([['2', 'retry', 'succeeded']]);
    expect(latestOf([retry])?.completeRun).toBeNull();
    expect(latestOf([])).toBeUndefined();
  });
});

describe('accounts', () => {
  const all = [account('1'), account('2'), account('3')];

  it('are all, those that are named, or all but those that are named', () => {
    const idsOf = (choice: Parameters<typeof chooseAccounts>[1]) => chooseAccounts(all, choice).map(({ name }) => name);
    expect(idsOf({})).toEqual(['1', '2', '3']);
    expect(idsOf({ include: ['1'.repeat(12), '2'.repeat(12)], exclude: ['2'.repeat(12)] })).toEqual(['1']);
    expect(idsOf({ exclude: ['1'.repeat(12)] })).toEqual(['2', '3']);
  });

  it('that are unknown are an error, in either list', () => {
    for (const choice of [{ include: ['9'] }, { exclude: ['9'] }]) {
      expect(() => chooseAccounts(all, choice)).toThrow(expect.objectContaining({ code: 'unknown-account' }));
    }
  });

  it('are not whole without a report, and with one that is partial', () => {
    const facts = { run: 'r', runDate: '2026-11-22', runStartedAt: '2026-11-22T00:00:00.000Z' };
    const report = { kind: 'recon', key: 'k', versionId: null, sha256: 's', bytes: 1 };
    const entries: LatestAccount[] = [
      { ...account('1', { reports: [report] }), ...facts },
      { ...account('2', { outcome: 'partial', reports: [report] }), ...facts },
      { ...account('3', { outcome: 'failed', reports: [{ ...report, kind: 'scan' }] }), ...facts },
      { ...account('4', { outcome: 'succeeded' }), ...facts },
    ];
    const { absent, partial } = findNotWhole(entries);
    expect([absent, partial].map(each => each.map(({ name }) => name))).toEqual([['3', '4'], ['2']]);
  });
});

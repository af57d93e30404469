import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { renderAccounts, renderSummary, renderTroubles } from '../../cli/render-run.ts';
import { printable } from '../../cli/terminal-text.ts';
import type { Manifest, ManifestAccount } from '../../contract/manifest.ts';

const row = (id: string, facts: Partial<ManifestAccount> = {}): ManifestAccount => ({
  id: id.repeat(12),
  name: `account ${id}`,
  state: 'ACTIVE',
  path: null,
  outcome: 'succeeded',
  code: null,
  message: null,
  remedy: null,
  attempts: 1,
  job: 'job',
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:02.500Z',
  counts: { resources: 7, types: { attempted: 0 }, cells: {} },
  reports: [],
  ...facts,
});

const manifest = (...accounts: ManifestAccount[]): Manifest => ({
  schemaVersion: 1,
  run: 'one',
  retryOf: null,
  complete: true,
  date: '2026-11-22',
  startedAt: '2026-11-22T00:00:00.000Z',
  finishedAt: '2026-11-22T00:00:10.000Z',
  version: '0.1.0',
  partition: 'aws',
  templateVersion: 'x',
  totals: { accounts: accounts.length, succeeded: 1, partial: 0, failed: 1, skipped: 1, resources: 7 },
  accounts,
});

const stream = (isTTY: boolean) =>
  Object.assign(new PassThrough(), { isTTY, columns: 120 }) as unknown as NodeJS.WriteStream;
const places = {
  reports: 's3://b/AWSRecon/2026/11/22/',
  manifest: null,
  kept: new Map([['222222222222', '/kept/there']]),
};
const failed = row('2', {
  outcome: 'failed',
  code: 'role-refused',
  message: 'STS said\nno \u001b[31m',
  remedy: 'Create it.',
});

describe('the end of a run', () => {
  it('is a tab-separated line per account where there is no terminal', () => {
    const lines = renderAccounts(manifest(row('1'), failed), stream(false))
      .trimEnd()
      .split('\n');
    expect(lines.map(line => line.split('\t').length)).toEqual([6, 6, 6]);
    expect(lines[1]).toBe('111111111111\taccount 1\tsucceeded\t7\t2.5\t');
  });

  it('says what has drifted, as far as accounts were compared with states', () => {
    const drift = { coverage: 90, managed: 9, unmanaged: 1, missing: 0, changed: 2, stack: 0, service: 0, unknown: 0 };
    const compared = row('1', { counts: { resources: 7, types: { attempted: 0 }, cells: {}, drift } });
    const run = manifest(compared, failed);
    const lines = renderAccounts(run, stream(false)).split('\n');
    expect(lines[0]).toBe('account\tname\toutcome\tresources\tseconds\tcode\tunmanaged\tmissing\tchanged');
    expect(lines[1]).toMatch(/\t\t1\t0\t2$/);
    expect(lines[2]).toMatch(/role-refused\t\t\t$/);
    const totals = { ...run.totals, unmanaged: 1, missing: 0, changed: 2 };
    expect(renderSummary({ ...run, totals }, places, stream(false))).toContain('1 unmanaged, 0 missing, 2 changed');
    expect(renderSummary(run, places, stream(false))).not.toContain('unmanaged');
  });

  it('says how much of it carries its tags, and 100 % of all of it alone', () => {
    const counts = { resources: 7, types: { attempted: 0 }, cells: {} };
    const tagged = (compliance: number) => ({ ...counts, tags: { checked: 9, compliant: 8, untagged: 1 }, compliance });
    const run = manifest(row('1', { counts: tagged(0.999) }), row('2', { counts: tagged(1) }), failed);
    const lines = renderAccounts(run, stream(false)).split('\n');
    expect(lines.slice(0, 4).map(line => line.split('\t').at(-1))).toEqual(['tagged', '99.9 %', '100.0 %', '']);
    const totals = { ...run.totals, tagged: { checked: 2000, compliant: 1999 }, untagged: 1 };
    expect(renderSummary({ ...run, totals }, places, stream(false))).toContain(
      'Tags:     99.9 % of 2000 resources carry what is required, 1 have no tag at all',
    );
    expect(renderSummary(run, places, stream(false))).not.toContain('Tags:');
  });

  it('leaves out of the table what a narrowed run did not visit', () => {
    expect(
      renderAccounts(manifest(row('1'), row('3', { outcome: 'skipped', code: 'not-selected' })), stream(true)),
    ).not.toContain('333333333333');
  });

  it('says for each account that is not whole who has to do what, and where its report is', () => {
    const text = renderTroubles(manifest(row('1'), failed), places, stream(false));
    expect(text).toContain('1 account needs somebody');
    expect(text).toContain('The account owner: Create it.');
    expect(text).toContain('/kept/there');
    expect(renderTroubles(manifest(row('1')), places, stream(false))).toBe('');
  });

  it('sums up, and admits when there is no manifest', () => {
    expect(renderSummary(manifest(row('1'), failed), places, stream(false))).toMatch(
      /1 succeeded, 1 failed, 1 skipped; 7 resources in 10\.0 s.*Manifest: could not be written/s,
    );
  });

  it.each([
    ['"\n<script>${x}', '"\\n<script>${x}'],
    ['a\tb', 'a\\tb'],
    ['\u001b[2J', '\\u001b[2J'],
    ['\u202egnirts', '\\u202egnirts'],
    ['東京 🎉', '東京 🎉'],
  ])('shows the name %j as %j, so that it cannot draw on the screen', (name, shown) => {
    expect(printable(name)).toBe(shown);
    for (const isTTY of [true, false])
      expect(renderAccounts(manifest(row('1', { name })), stream(isTTY))).toContain(shown);
  });
});

import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { gzipBody, plainBody, renderSnapshot } from '../../../exporter/metrics/render-snapshot.ts';
import { snapshotFamilies } from '../../../exporter/metrics/snapshot-families.ts';
import type { KnownLines } from '../../../exporter/metrics/write-samples.ts';
import type { AccountView, Snapshot } from '../../../exporter/snapshot.ts';
import { cell, idOf, snapshotOf, tool, view } from '../fixtures.ts';
import { readExposition } from './read-exposition.ts';

interface Choice {
  readonly maxSeries?: number;
  readonly topTypes?: number;
  readonly seeds?: ('drift' | 'tags')[];
  readonly known?: KnownLines;
}

const render = (snapshot: Snapshot, choice: Choice = {}) => {
  const { maxSeries = 100_000, topTypes = 25, seeds = [], known = new WeakMap() } = choice;
  return renderSnapshot({ families: snapshotFamilies(seeds), snapshot, maxSeries, topTypes, known });
};

const textOf = async (snapshot: Snapshot, choice?: Choice) =>
  Buffer.from(plainBody((await render(snapshot, choice)).formats.text, '')).toString();

const seriesOf = async (accounts: readonly AccountView[], choice?: Choice) =>
  readExposition(await textOf(snapshotOf(accounts), choice));

const drift = { coverage: 60, managed: 6, unmanaged: 3, missing: 1, changed: 2, stack: 4, service: 5, unknown: 7 };
const counts = {
  resources: 30,
  types: { attempted: 4, listed: 2, empty: 1, denied: 1 },
  cells: {},
  drift,
  tags: { checked: 8, compliant: 6, untagged: 1 },
};
const driftTypes = [
  { type: 'aws_vpc', managed: 6, unmanaged: 0, missing: 0, changed: 2, stack: 0, service: 0, unknown: 0 },
  { type: 'aws_iam_user', managed: 0, unmanaged: 3, missing: 1, changed: 0, stack: 0, service: 0, unknown: 0 },
];
const tagRegions = [
  { region: 'eu-west-1', checked: 8, compliant: 6, untagged: 1, tags: [{ key: 'owner', checked: 8, compliant: 7 }] },
];
const tools = [
  tool('inventory', {
    cells: [
      cell('EC2::VPC', { resources: 4 }),
      cell('KMS::Key', { outcome: 'denied', resources: 0, regions: ['eu-west-1', 'us-east-1'] }),
      cell('KMS::Alias', { outcome: 'denied', resources: 0, accepted: 'not ours' }),
    ],
    requests: { requests: 100, throttled: 3, throttledSeconds: 1.5, slowed: [] },
  }),
  tool('drift', { driftTypes }),
  tool('tags', { tagRegions }),
];
const whole = view({ counts }, tools);
const labels = { account_id: idOf(1), account_name: 'first', ou: 'Workloads/Prod' };

describe('the metrics of a snapshot', () => {
  it.each([
    ['last_run_info', { run: 'r1', date: '2026-11-20', complete: 'true', retry_of: '' }, 1],
    ['last_run_timestamp_seconds', {}, Date.parse('2026-11-20T01:10:00Z') / 1000],
    ['last_run_duration_seconds', {}, 600],
    ['last_complete_run_timestamp_seconds', {}, Date.parse('2026-11-20T01:10:00Z') / 1000],
    ['accounts', { outcome: 'succeeded' }, 1],
    ['accounts', { outcome: 'failed' }, 0],
    ['report_problems', { reason: 'corrupt' }, 0],
    ['organization_resources', {}, 30],
    ['organization_coverage_ratio', {}, 0.75],
    ['organization_drift_resources', { verdict: 'unmanaged' }, 3],
    ['organization_drift_coverage_ratio', {}, 0.6],
    ['organization_tag_compliance_ratio', {}, 0.75],
    ['organization_service_resources', { service: 'EC2', region: 'eu-west-1' }, 4],
    ['organization_drift_type_resources', { type: 'aws_iam_user', verdict: 'missing' }, 1],
    ['organization_tag_key_compliant_resources', { tag: 'owner' }, 7],
    ['account_outcome', { ...labels, outcome: 'succeeded', code: '' }, 1],
    ['account_last_success_timestamp_seconds', labels, Date.parse('2026-11-20T01:05:00Z') / 1000],
    ['account_last_scan_timestamp_seconds', labels, Date.parse('2026-11-20T01:04:00Z') / 1000],
    ['account_duration_seconds', labels, 300],
    ['account_coverage_ratio', labels, 0.75],
    ['account_resources', labels, 30],
    ['account_drift_resources', { ...labels, verdict: 'managed-by-stack' }, 4],
    ['account_drift_coverage_ratio', labels, 0.6],
    ['account_tag_compliance_ratio', labels, 0.75],
    ['account_untagged_resources', labels, 1],
    ['account_unseen_types', { ...labels, service: 'KMS', outcome: 'denied' }, 1],
    ['account_denied_type_regions', { ...labels, service: 'KMS', type: 'AWS::KMS::Key' }, 2],
    ['account_throttled_requests', labels, 3],
    ['account_throttled_seconds', labels, 1.5],
    ['account_tool_duration_seconds', { ...labels, tool: 'drift', outcome: 'succeeded' }, 1.5],
    ['account_region_tag_compliant_resources', { ...labels, region: 'eu-west-1', tag: 'owner' }, 7],
    ['account_drift_type_resources', { ...labels, type: 'aws_vpc', verdict: 'changed' }, 2],
    ['account_service_resources', { ...labels, service: 'EC2', region: 'eu-west-1' }, 4],
  ])('have %s%j', async (name, expected, value) => {
    expect(await seriesOf([whole])).toContainEqual({ name: `aws_inventory_${name}`, labels: expected, value });
  });

  it('say nothing of drift, tags and success where nothing is known of them', async () => {
    const failed = view({ outcome: 'failed', code: 'role-refused', counts: null, finishedAt: null });
    const names = (await seriesOf([{ ...failed, digest: undefined }])).map(({ name }) => name);
    expect(names.filter(name => /drift|tag|success|coverage_ratio|_scan_|duration_seconds$/.test(name))).toEqual([
      'aws_inventory_last_run_duration_seconds',
      'aws_inventory_last_complete_run_duration_seconds',
    ]);
  });

  it('tell when an account that fails now last succeeded', async () => {
    const failed = view({ outcome: 'failed', succeededAt: '2026-11-01T00:00:00.000Z' });
    const name = 'aws_inventory_account_last_success_timestamp_seconds';
    expect(await seriesOf([failed])).toContainEqual({ name, labels, value: Date.parse('2026-11-01') / 1000 });
  });

  it.each([
    'quote " backslash \\ newline \n end',
    '"} 1\naws_inventory_accounts{outcome="made up"} 99',
    '😀 café ‮evil‬ \u0000\u0007\r\t\u2028',
    '<script>alert(1)</script>',
    '{{ $labels.x }} %s ${HOME}',
    '',
  ])('keep the account name %j in its place', async name => {
    const series = await seriesOf([view({ name, counts }, tools), view({ id: idOf(2), name, counts }, tools)]);
    const named = series.filter(({ labels: found }) => found['account_id'] === idOf(1));
    expect(new Set(named.map(({ labels: found }) => found['account_name']))).toEqual(new Set([name]));
    expect(series.find(({ name: found }) => found === 'aws_inventory_accounts')?.value).toBe(2);
  });

  it('make half a character whole, and cut a name of ten thousand characters', async () => {
    const series = await seriesOf([view({ name: 'a\ud800b' }), view({ id: idOf(2), name: 'x'.repeat(10_000) })]);
    const names = new Set(series.map(({ labels: found }) => found['account_name']).filter(Boolean));
    expect([...names]).toEqual(['a\ufffdb', `${'x'.repeat(159)}…`]);
  });

  it('are the same bytes for the same snapshot, whatever order its accounts were read in', async () => {
    expect(await textOf(snapshotOf([whole]))).toBe(await textOf(snapshotOf([view({ counts }, tools)])));
  });

  it('name the types with most drift, and the rest together, so that the sum stays', async () => {
    const many = Array.from({ length: 100 }, (_none, index) => ({
      ...{ type: `aws_type_${index}`, managed: 1, unmanaged: index, missing: 0, changed: 0, stack: 0, service: 0 },
      unknown: 0,
    }));
    const series = await seriesOf([view({ counts }, [tool('drift', { driftTypes: many })])], { topTypes: 3 });
    const unmanaged = series.filter(
      ({ name, labels: found }) =>
        name === 'aws_inventory_account_drift_type_resources' && found['verdict'] === 'unmanaged',
    );
    expect(unmanaged.map(({ labels: found }) => found['type'])).toEqual([
      'aws_type_97',
      'aws_type_98',
      'aws_type_99',
      'other',
    ]);
    expect(unmanaged.reduce((sum, { value }) => sum + value, 0)).toBe(4_950);
  });
});

describe('the budget', () => {
  const fleet = Array.from({ length: 50 }, (_none, index) =>
    view({ id: String(100_000_000_000 + index), counts }, tools),
  );

  it('lets families in whole or not at all, the first ones first, and counts what it left out', async () => {
    const all = await render(snapshotOf(fleet));
    expect([...all.dropped.values()].every(count => count === 0)).toBe(true);
    const few = await render(snapshotOf(fleet), { maxSeries: 600 });
    expect(few.series).toBeLessThanOrEqual(600);
    const left = [...few.dropped.values()].reduce((sum, count) => sum + count, 0);
    expect(few.series + left).toBe(all.series);
    const text = Buffer.from(plainBody(few.formats.text, '')).toString();
    const series = readExposition(text);
    for (const [name, count] of few.dropped) {
      const there = series.filter(found => found.name === name).length;
      if (count > 0) expect([name, there, text.includes(`# TYPE ${name} `)]).toEqual([name, 0, false]);
    }
    expect(few.dropped.get('aws_inventory_accounts')).toBe(0);
    expect(few.dropped.get('aws_inventory_account_outcome')).toBe(0);
  });

  it('is kept by an Organization of a million types', async () => {
    const cells = Array.from({ length: 50_000 }, (_none, index) => cell(`S${index}::T`));
    const bomb = view({ counts }, [tool('inventory', { cells })]);
    const views = Array.from({ length: 20 }, (_none, index) => ({ ...bomb, id: String(100_000_000_000 + index) }));
    const { series, dropped } = await render(snapshotOf(views), { maxSeries: 5_000 });
    expect(series).toBeLessThanOrEqual(5_000);
    // Three hundred pairs of service and region each, and the others together.
    expect(dropped.get('aws_inventory_account_service_resources')).toBe(20 * 301);
  });
});

describe('what is known of the snapshot before', () => {
  it('changes nothing of the bytes, whatever had room then and has now', async () => {
    const known: KnownLines = new WeakMap();
    const fleet = [1, 2, 3, 4].map(digit => view({ id: idOf(digit), counts }, tools));
    const changed = fleet.with(1, view({ id: idOf(2), counts: { ...counts, resources: 99 } }, tools));
    for (const [accounts, maxSeries] of [
      [fleet, 200],
      [fleet, 100_000],
      [changed, 100_000],
      [changed.slice(1), 250],
      [changed, 150],
    ] as const) {
      const fresh = await render(snapshotOf(accounts), { maxSeries });
      const again = await render(snapshotOf(accounts), { maxSeries, known });
      expect([...again.dropped]).toEqual([...fresh.dropped]);
      expect(plainBody(again.formats.text, '')).toEqual(plainBody(fresh.formats.text, ''));
    }
  });
});

describe('the families of earlier exporters', () => {
  it('are there when they are switched on, with the names that they had and whose they are', async () => {
    const whose = { account_id: idOf(1), account_name: 'first' };
    const without = await textOf(snapshotOf([whole]));
    expect(without).not.toMatch(/^(total_|coverage|tag_|resources_)/m);
    const series = await seriesOf([whole], { seeds: ['drift', 'tags'] });
    const region = 'eu-west-1';
    expect(series).toEqual(
      expect.arrayContaining([
        { name: 'total_resources', labels: whose, value: 10 },
        { name: 'total_changed', labels: whose, value: 2 },
        { name: 'total_unmanaged', labels: whose, value: 3 },
        { name: 'total_missing', labels: whose, value: 1 },
        { name: 'total_managed', labels: whose, value: 6 },
        { name: 'coverage', labels: whose, value: 60 },
        { name: 'managed_items_count_by_type', labels: { ...whose, resource: 'aws_vpc' }, value: 6 },
        { name: 'changed_items_count_by_type', labels: { ...whose, resource: 'aws_vpc' }, value: 2 },
        { name: 'unmanaged_items_count_by_type', labels: { ...whose, resource: 'aws_iam_user' }, value: 3 },
        { name: 'missing_items_count_by_type', labels: { ...whose, resource: 'aws_iam_user' }, value: 1 },
        { name: 'tag_compliant_total', labels: { ...whose, region, tag: 'owner' }, value: 7 },
        { name: 'tag_non_compliant_total', labels: { ...whose, region, tag: 'owner' }, value: 1 },
        { name: 'tag_compliance_percentage', labels: { ...whose, region, tag: 'owner' }, value: 87.5 },
        { name: 'resources_scanned_total', labels: { ...whose, region }, value: 8 },
        { name: 'compliance_percentage', labels: { ...whose, region }, value: 75 },
        { name: 'resources_fully_compliant_total', labels: { ...whose, region }, value: 6 },
      ]),
    );
  });
});

describe('the bytes', () => {
  it('are one stream of gzip with what is added at the scrape, and the same as without it', async () => {
    const { formats } = await render(snapshotOf([whole]));
    for (const format of ['text', 'openmetrics'] as const) {
      const end = 'added 1\n# EOF\n';
      const plain = Buffer.from(plainBody(formats[format], end)).toString();
      expect(gunzipSync(gzipBody(formats[format], end)).toString()).toBe(plain);
      expect(plain.endsWith(end)).toBe(true);
    }
  });

  it('differ between the formats in the heads alone: OpenMetrics knows no gauge that ends in _total', async () => {
    const { formats } = await render(snapshotOf([whole]), { seeds: ['drift', 'tags'] });
    const [text, openmetrics] = [formats.text, formats.openmetrics].map(format =>
      Buffer.from(plainBody(format, '')).toString().split('\n'),
    );
    const differing = text?.filter((line, index) => line !== openmetrics?.[index]);
    expect(differing?.every(line => /^# TYPE \w+_total gauge$/.test(line))).toBe(true);
    expect(differing?.length).toBeGreaterThan(0);
  });
});

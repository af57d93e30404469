import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { complianceGauges, cutArn } from '../../../exporter/tag-compliance/gauges.ts';
import type { TagScan } from '../../../exporter/tag-compliance/scan-accounts.ts';
import { noteSuccesses, scanGauges } from '../../../exporter/tag-compliance/scan-gauges.ts';
import { denied, first, scanOf, second } from './tag-scans.ts';

const instance = (n: number) => `arn:aws:ec2:us-east-1:111111111111:instance/i-${n}`;
const bucket = (name: string) => `arn:aws:s3:::${name}`;

/** `name{label="value",…} value`, without the labels of the account. */
const seriesOf = (scan: TagScan | undefined, name: string): string[] =>
  complianceGauges(scan)
    .filter(family => family.name === name)
    .flatMap(({ samples }) =>
      samples.map(({ labels: { account_id: _id, account_name: _name, ...labels }, value }) =>
        [...Object.values(labels), value].join(' '),
      ),
    );

const usual = {
  '111111111111 us-east-1': {
    [instance(1)]: { owner: 'x', environment: 'prod' },
    [instance(2)]: { owner: '' },
    [instance(3)]: { owner: 'x', environment: 'prod', more: 'y' },
    [bucket('a')]: { environment: 'prod' },
  },
};

describe('the families of the tag compliance exporter', () => {
  it('have its names, sentences and order', () => {
    expect(
      complianceGauges(undefined).map(({ name, help, type, samples }) => [name, help, type, samples.length]),
    ).toEqual([
      ['tag_compliant_total', 'Resources compliant with required tag', 'gauge', 0],
      ['tag_non_compliant_total', 'Resources missing required tag', 'gauge', 0],
      ['tag_missing_detail', 'Detailed missing tag indicator (1 per resource/tag combination)', 'gauge', 0],
      ['resources_scanned_total', 'Total resources scanned', 'gauge', 0],
      ['compliance_percentage', 'Overall tag compliance percentage', 'gauge', 0],
      ['tag_compliance_percentage', 'Compliance percentage per individual tag', 'gauge', 0],
      ['tag_resource_type_compliance_percentage', 'Compliance percentage per tag and resource type', 'gauge', 0],
      ['resources_fully_compliant_total', 'Resources with all required tags present', 'gauge', 0],
      ['resources_fully_compliant_by_type_total', 'Fully compliant resources grouped by resource type', 'gauge', 0],
      [
        'resources_fully_compliant_by_type_percentage',
        'Percentage of fully compliant resources by resource type',
        'gauge',
        0,
      ],
    ]);
  });

  it.each([
    ['tag_compliant_total', ['us-east-1 owner 3', 'us-east-1 environment 3']],
    ['tag_non_compliant_total', ['us-east-1 owner 1', 'us-east-1 environment 1']],
    [
      'tag_missing_detail',
      [`us-east-1 ${instance(2)} instance environment 1`, `us-east-1 ${bucket('a')} bucket owner 1`],
    ],
    ['resources_scanned_total', ['us-east-1 4', 'eu-west-1 0']],
    ['compliance_percentage', ['us-east-1 50', 'eu-west-1 0']],
    ['tag_compliance_percentage', ['us-east-1 owner 75', 'us-east-1 environment 75']],
    [
      'tag_resource_type_compliance_percentage',
      [
        'us-east-1 instance owner 100',
        `us-east-1 instance environment ${200 / 3}`,
        'us-east-1 bucket owner 0',
        'us-east-1 bucket environment 100',
      ],
    ],
    ['resources_fully_compliant_total', ['us-east-1 2']],
    ['resources_fully_compliant_by_type_total', ['us-east-1 instance 2']],
    ['resources_fully_compliant_by_type_percentage', [`us-east-1 instance ${200 / 3}`, 'us-east-1 bucket 0']],
  ])('count in %s what is there', async (name, series) => {
    expect(seriesOf(await scanOf({ shown: usual }), name)).toEqual(series);
  });

  it('have no series of a region that failed, and all of the others', async () => {
    const scan = await scanOf({
      accounts: [first, second],
      shown: {
        ...{ '111111111111 us-east-1': { [instance(1)]: {} }, '111111111111 eu-west-1': denied },
        '222222222222': denied,
      },
    });
    expect(seriesOf(scan, 'resources_scanned_total')).toEqual(['us-east-1 1']);
    expect(
      complianceGauges(scan).flatMap(({ samples }) => samples.map(({ labels }) => labels['account_id'])),
    ).not.toContain('222222222222');
  });

  it('do not count half of a region whose source broke off', async () => {
    const scan = await scanOf({ shown: { '111111111111 us-east-1': 'unended' } });
    expect(seriesOf(scan, 'resources_scanned_total')).toEqual(['eu-west-1 0']);
  });

  it('leave out of every count what the settings exclude', async () => {
    const scan = await scanOf({ shown: usual, exclude: ['bucket'] });
    expect(seriesOf(scan, 'resources_scanned_total')).toEqual(['us-east-1 3', 'eu-west-1 0']);
    expect(seriesOf(scan, 'tag_non_compliant_total')).toEqual(['us-east-1 environment 1']);
  });

  it('tell apart two long ARNs that begin alike', () => {
    const long = `arn:aws:s3:::${'x'.repeat(190)}`;
    const cut = [cutArn(`${long}a`), cutArn(`${long}b`)];
    expect(cut.map(arn => arn.length)).toEqual([200, 200]);
    expect(cut[0]).not.toBe(cut[1]);
    expect(cut[0]?.slice(0, 189)).toBe(long.slice(0, 189));
    expect(cutArn(long.slice(0, 200))).toBe(long.slice(0, 200));
  });
});

describe('how the scans go', () => {
  const valuesOf = (scan: TagScan, successes: ReadonlyMap<string, string>, name: string) =>
    Object.fromEntries(
      scanGauges(scan, successes)
        .filter(family => family.name === `aws_inventory_tags_${name}`)
        .flatMap(({ samples }) => samples.map(({ labels, value }) => [labels['region'] ?? '', value])),
    );

  it('is said of every region: whether it was read, and when it last was', async () => {
    const before = await scanOf({ shown: usual });
    const successes = noteSuccesses(new Map(), before);
    const scan = await scanOf({ shown: { ...usual, '111111111111 eu-west-1': denied } });
    const now = noteSuccesses(successes, scan);
    expect(valuesOf(scan, now, 'scan_success')).toEqual({ 'us-east-1': 1, 'eu-west-1': 0 });
    expect(valuesOf(scan, now, 'last_success_timestamp_seconds')).toEqual({
      'us-east-1': Date.parse(scan.finishedAt) / 1000,
      'eu-west-1': Date.parse(before.finishedAt) / 1000,
    });
  });

  it('has no time of a region that was never read, and forgets one that is scanned no more', async () => {
    const scan = await scanOf({ shown: { '111111111111': denied } });
    expect(valuesOf(scan, noteSuccesses(new Map(), scan), 'last_success_timestamp_seconds')).toEqual({});
    const gone = new Map([['999999999999 us-east-1', scan.finishedAt]]);
    expect([...noteSuccesses(gone, scan).keys()]).toEqual([]);
  });

  it('counts what is untagged and what is left out', async () => {
    const shown = { '111111111111 us-east-1': { [instance(1)]: {}, [bucket('a')]: {} } };
    const scan = await scanOf({ shown, exclude: ['bucket'] });
    expect(valuesOf(scan, new Map(), 'untagged_resources')).toEqual({ 'us-east-1': 1, 'eu-west-1': 0 });
    expect(valuesOf(scan, new Map(), 'excluded_resources')).toEqual({ 'us-east-1': 1, 'eu-west-1': 0 });
  });
});

describe('the page about tags', () => {
  it('names every family and no other', async () => {
    const scan = await scanOf({ shown: usual });
    const names = [...complianceGauges(scan), ...scanGauges(scan, new Map())].map(({ name }) => name);
    const table =
      readFileSync('docs/tags.md', 'utf8').split('| metric | more labels | is there |')[1]?.split('\n\n')[0] ?? '';
    const cells = table.split('\n').map(line => line.split('|')[1] ?? '');
    expect(cells.flatMap(cell => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name))).toEqual(names);
  });
});

import { describe, expect, it } from 'vitest';
import { digestAccount, foldDriftTypes } from '../../exporter/digest-account.ts';
import { createPool } from '../../exporter/intern.ts';
import type { AccountDigest } from '../../exporter/snapshot.ts';
import { cell, idOf, now, scanText, tool } from './fixtures.ts';

const digest = (text: string) =>
  digestAccount(Buffer.from(text), { account: idOf(1), sha256: 'x', now, pool: createPool() });

const digestOf = (...cells: ReturnType<typeof cell>[]) =>
  digest(scanText({ tools: [tool('inventory', { cells })] })) as AccountDigest;

const types = (...counts: [string, number][]) =>
  counts.map(([type, unmanaged]) => ({
    ...{ type, unmanaged, managed: 1, changed: 0, missing: 0, stack: 0, service: 0, unknown: 0 },
  }));

describe('the digest of a scan', () => {
  it('counts resources by service and region, and those of the Tagging API not once more', () => {
    const { services, regions } = digestOf(
      cell('EC2::Instance', { resources: 3, regions: ['eu-west-1', 'us-east-1'] }),
      cell('EC2::VPC', { resources: 1 }),
      cell('S3::Bucket', { resources: 2, regions: ['global'] }),
      cell('SQS::Queue', { resources: 0, outcome: 'empty', regions: ['sa-east-1'] }),
      { ...cell('x', { resources: 9 }), type: 'tagging', service: 'tagging', tier: 'account' },
    );
    expect(services).toEqual([
      { service: 'EC2', region: 'eu-west-1', resources: 4 },
      { service: 'EC2', region: 'us-east-1', resources: 3 },
      { service: 'S3', region: 'global', resources: 2 },
    ]);
    expect(regions).toEqual(['eu-west-1', 'sa-east-1', 'us-east-1']);
  });

  it('names what was not seen, and why that is no lack', () => {
    const { unseen } = digestOf(
      cell('KMS::Key', { outcome: 'denied', resources: 0, action: 'kms:ListKeys', error: 'no' }),
      cell('A::B', { outcome: 'denied', byServiceControlPolicy: true }),
      cell('C::D', { outcome: 'failed', accepted: 'known to fail' }),
      cell('E::F', { truncated: 5 }),
      cell('G::H', { outcome: 'not-enabled' }),
    );
    expect(unseen).toMatchObject([
      { type: 'AWS::KMS::Key', outcome: 'denied', action: 'kms:ListKeys', error: 'no', excuse: undefined },
      { type: 'AWS::A::B', excuse: 'a service control policy denies it' },
      { type: 'AWS::C::D', outcome: 'failed', excuse: 'known to fail' },
      { type: 'AWS::E::F', outcome: 'truncated', excuse: undefined },
    ]);
  });

  it('reads a report of a later version: codes and keys that nobody knows yet', () => {
    const text = scanText({ tools: [tool('inventory')] }).replace(
      '"verdict":{"outcome":"succeeded"},"resources"',
      '"verdict":{"outcome":"partial","code":"code-of-tomorrow"},"resources"',
    );
    expect(digest(text)).toMatchObject({ tools: [{ tool: 'inventory', code: 'code-of-tomorrow' }] });
  });

  it.each([
    ['half of it', scanText().slice(0, 80), 'corrupt'],
    ['no bytes', '', 'corrupt'],
    ['another document', '{"schemaVersion":1,"accounts":[]}', 'corrupt'],
    ['a version to come', scanText().replace('"schemaVersion":1', '"schemaVersion":2'), 'corrupt'],
    ['a negative count', scanText().replace('"resources":3', '"resources":-3'), 'corrupt'],
    ['another account', scanText({ account: idOf(2) }), 'foreign'],
    ['an account that is none', scanText({ account: '../../x' }), 'foreign'],
    ['a report of tomorrow', scanText({ finishedAt: '2026-11-21T01:00:00.000Z' }), 'from-the-future'],
  ])('is not made of %s', (_name, text, reason) => {
    expect(digest(text)).toMatchObject({ reason, message: expect.any(String) as string });
  });

  it('takes a clock that is minutes ahead', () => {
    expect(digest(scanText({ finishedAt: '2026-11-20T02:09:00.000Z' }))).toHaveProperty('services');
  });

  it('stays small when a report has a hundred thousand types of its own making', () => {
    const cells = Array.from({ length: 100_000 }, (_none, index) =>
      cell(`S${index}::T`, { outcome: index % 2 === 0 ? 'denied' : 'listed' }),
    );
    const driftTypes = types(...cells.map(({ type }): [string, number] => [type, 1]));
    const text = scanText({ tools: [tool('inventory', { cells }), tool('drift', { driftTypes })] });
    const { services, unseen, drift } = digest(text) as AccountDigest;
    expect(services.length).toBe(2_001);
    expect(services.reduce((sum, { resources }) => sum + resources, 0)).toBe(100_000);
    expect(unseen.length).toBe(500);
    expect(drift.length).toBe(1_001);
    expect(drift.at(-1)).toMatchObject({ type: 'other', unmanaged: 99_000 });
  });

  it('cuts a text of ten thousand characters at a whole one', () => {
    const { services } = digestOf(cell(`${'😀'.repeat(10_000)}::T`), cell('a\ud800b::T'));
    expect(services.map(({ service }) => service.length)).toEqual([3, 159]);
    expect(services.every(({ service }) => service.isWellFormed())).toBe(true);
  });
});

describe('types of a drift', () => {
  it('are folded beyond the ones with most drift, and add up as before', () => {
    const folded = foldDriftTypes(types(['a', 1], ['b', 9], ['c', 5], ['d', 2]), 2);
    expect(folded.map(({ type, unmanaged, managed }) => [type, unmanaged, managed])).toEqual([
      ['b', 9, 1],
      ['c', 5, 1],
      ['other', 3, 2],
    ]);
  });

  it('are the same when they are folded once more, and a type that calls itself so is folded too', () => {
    const folded = foldDriftTypes(types(['other', 100], ['b', 9], ['c', 5]), 1);
    expect(folded.map(({ type, unmanaged }) => [type, unmanaged])).toEqual([
      ['b', 9],
      ['other', 105],
    ]);
    expect(foldDriftTypes(folded, 1)).toEqual(folded);
  });
});

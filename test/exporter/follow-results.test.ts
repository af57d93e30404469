// The following over a directory, which a test can tear as no bucket can be torn.
import { describe, expect, it, onTestFinished } from 'vitest';
import { openDirectoryDocuments } from '../../clients/results/documents.ts';
import { createFollower, nextDelay } from '../../exporter/follow-results.ts';
import type { Snapshot } from '../../exporter/snapshot.ts';
import { cell, idOf, resultsDirectory, scanText, silentLog, tool } from './fixtures.ts';

const followed = async () => {
  const results = await resultsDirectory();
  const prepared: Snapshot[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const follower = createFollower({
    documents: await openDirectoryDocuments(results.path),
    prefix: 'AWSRecon',
    interval: 60,
    log: silentLog(),
    signal: stop.signal,
    prepare: async snapshot => void prepared.push(snapshot),
  });
  const scan = (digit: number, resources: number) =>
    results.scan(
      idOf(digit),
      scanText({ account: idOf(digit), tools: [tool('inventory', { cells: [cell('EC2::VPC', { resources })] })] }),
    );
  const look = async () => {
    await follower.refresh();
    return follower.state();
  };
  return { results, follower, prepared, scan, look, stop };
};

const seen = (snapshot: Snapshot | undefined) =>
  snapshot?.accounts.map(({ id, digest }) => `${id[0]}:${digest?.services[0]?.resources ?? '–'}`).join(' ');

describe('following the results', () => {
  it('has no snapshot, and says why, until a run has ended', async () => {
    const { results, look } = await followed();
    expect(await look()).toMatchObject({ snapshot: undefined, failures: 1, failure: { code: 'results-not-found' } });
    await results.latest([]);
    expect(await look()).toMatchObject({ snapshot: { accounts: [] }, failures: 0, failure: undefined });
  });

  it('reads what has changed and nothing else', async () => {
    const { results, scan, look, prepared } = await followed();
    await results.latest([await scan(1, 1), await scan(2, 2)]);
    expect(seen((await look()).snapshot)).toBe('1:1 2:2');
    const first = (await look()).snapshot;
    expect(prepared).toHaveLength(1);
    await results.latest([await scan(1, 5), await scan(2, 2)], { updatedAt: '2026-11-20T03:00:00.000Z' });
    const { snapshot, reportsRead } = await look();
    expect(seen(snapshot)).toBe('1:5 2:2');
    expect(reportsRead).toBe(3);
    expect(snapshot?.accounts[1]?.digest).toBe(first?.accounts[1]?.digest);
  });

  it('keeps the older digest of an account whose newest report is torn, and serves the others', async () => {
    const { results, scan, look } = await followed();
    await results.latest([await scan(1, 1), await scan(2, 2)]);
    await look();
    const rows = [await scan(1, 7), await scan(2, 8)];
    await results.write(rows[0]?.reports[0]?.key ?? '', '{"half');
    await results.latest(rows, { updatedAt: '2026-11-20T03:00:00.000Z' });
    const { snapshot, failures } = await look();
    expect(seen(snapshot)).toBe('1:1 2:8');
    expect(failures).toBe(0);
    expect(snapshot?.problems).toMatchObject([{ account: idOf(1), reason: 'corrupt' }]);
    await scan(1, 7);
    expect(seen((await look()).snapshot)).toBe('1:7 2:8');
    expect((await look()).snapshot?.problems).toEqual([]);
  });

  it.each([
    ['no scan at all', '{"hello":1}', 'corrupt'],
    ['about another account', scanText({ account: idOf(9) }), 'foreign'],
    ['from the future', scanText({ finishedAt: '2999-01-01T00:00:00.000Z' }), 'from-the-future'],
  ])('says of a report that it is %s, and asks for it again only where that may help', async (_name, text, reason) => {
    const { results, look } = await followed();
    await results.latest([await results.scan(idOf(1), text)]);
    expect((await look()).snapshot?.problems).toMatchObject([{ account: idOf(1), reason }]);
    const { reportsRead, snapshot } = await look();
    expect(snapshot?.problems).toMatchObject([{ account: idOf(1), reason }]);
    expect(reportsRead).toBe(reason === 'from-the-future' ? 2 : 1);
  });

  it('says that a report is not there', async () => {
    const { results, scan, look } = await followed();
    const gone = await scan(1, 1);
    await results.latest([{ ...gone, reports: gone.reports.map(report => ({ ...report, key: 'AWSRecon/no.json' })) }]);
    expect((await look()).snapshot).toMatchObject({
      accounts: [{ digest: undefined }],
      problems: [{ reason: 'absent', key: 'AWSRecon/no.json' }],
    });
  });

  it('never reads outside of the directory', async () => {
    const { results, scan, look } = await followed();
    const honest = await scan(1, 1);
    const rows = ['../../etc/passwd', '/etc/passwd', 'AWSRecon/../../../etc/passwd'].map((key, index) => ({
      ...honest,
      id: idOf(index + 1),
      reports: honest.reports.map(report => ({ ...report, key })),
    }));
    await results.latest(rows);
    expect((await look()).snapshot?.problems.map(({ reason }) => reason)).toEqual(['absent', 'absent', 'absent']);
  });

  it.each([
    ['torn', (text: string) => text.slice(0, -40)],
    ['empty', () => ''],
    ['of a version to come', (text: string) => text.replace('"schemaVersion":1', '"schemaVersion":9')],
    ['with a row that is none', (text: string) => text.replace(/"id":"\d+"/, '"id":"12"')],
  ])(
    'keeps the last good snapshot when latest.json is %s, with the problem, until it is whole again',
    async (_name, damage) => {
      const { results, scan, look } = await followed();
      const rows = [await scan(1, 1)];
      await results.latest(rows);
      const { lastSuccessAt } = await look();
      await results.write('AWSRecon/latest.json', damage(JSON.stringify({ ...{ schemaVersion: 1 }, accounts: rows })));
      const state = await look();
      expect(seen(state.snapshot)).toBe('1:1');
      expect(state).toMatchObject({ failures: 1, lastSuccessAt, failure: { code: 'report-unreadable' } });
      expect(state.snapshot?.problems).toMatchObject([{ account: '', key: 'AWSRecon/latest.json', reason: 'corrupt' }]);
      await results.latest(rows);
      expect(await look()).toMatchObject({ failures: 0, failure: undefined, snapshot: { problems: [] } });
    },
  );

  it('lets an account go when latest.json no longer has it, and never before', async () => {
    const { results, scan, look } = await followed();
    const rows = [await scan(1, 1), await scan(2, 2)];
    await results.latest(rows);
    await look();
    await results.write('AWSRecon/latest.json', '');
    expect(seen((await look()).snapshot)).toBe('1:1 2:2');
    await results.latest(rows.slice(1));
    expect(seen((await look()).snapshot)).toBe('2:2');
  });

  it('keeps what it knows of an account whose newest run left no report', async () => {
    const { results, scan, look } = await followed();
    const whole = await scan(1, 4);
    await results.latest([whole]);
    await look();
    await results.latest([{ ...whole, outcome: 'failed', code: 'role-refused', reports: [] }]);
    const { snapshot } = await look();
    expect(snapshot?.accounts).toMatchObject([{ outcome: 'failed', digest: { services: [{ resources: 4 }] } }]);
  });

  it('takes the newer of two rows with one id', async () => {
    const { results, scan, look } = await followed();
    const account = await scan(1, 4);
    await results.latest([{ ...account, run: 'new', runStartedAt: '2026-11-21T00:00:00.000Z' }, account]);
    expect((await look()).snapshot?.accounts).toMatchObject([{ id: idOf(1), run: 'new' }]);
  });

  it('uses a latest.json of a clock that is ahead, and says so', async () => {
    const { results, scan, look } = await followed();
    await results.latest([await scan(1, 4)], { updatedAt: '2999-01-01T00:00:00.000Z' });
    const { snapshot } = await look();
    expect(seen(snapshot)).toBe('1:4');
    expect(snapshot?.problems).toMatchObject([{ account: '', reason: 'from-the-future' }]);
  });

  it('looks once when many ask at once', async () => {
    const { results, scan, follower, prepared } = await followed();
    await results.latest([await scan(1, 1)]);
    await Promise.all(Array.from({ length: 100 }, () => follower.refresh()));
    expect(prepared).toHaveLength(1);
    expect(follower.state().succeeded).toBe(1);
  });

  it('ends when it is told to, in the middle of a wait', async () => {
    const { results, follower, stop } = await followed();
    await results.latest([]);
    const following = follower.follow();
    await expect.poll(() => follower.state().succeeded).toBe(1);
    stop.abort();
    await following;
  });
});

describe('the next look comes', () => {
  const chance = 0.5;
  it.each([
    ['after the interval', { failures: 0, hasSnapshot: true }, 60],
    ['later and later while nothing answers', { failures: 1, hasSnapshot: true }, 120],
    ['but not later than five minutes', { failures: 9, hasSnapshot: true }, 300],
    ['soon where there is nothing to show yet', { failures: 1, hasSnapshot: false }, 5],
    ['less soon there after some failures', { failures: 3, hasSnapshot: false }, 20],
    ['at the latest after the interval there', { failures: 50, hasSnapshot: false }, 60],
  ])('%s', (_name, facts, seconds) => {
    expect(nextDelay({ interval: 60, chance, ...facts })).toBeCloseTo(seconds);
  });

  it('a tenth earlier or later, by chance', () => {
    const delays = [0, 1].map(extreme => nextDelay({ interval: 60, failures: 0, hasSnapshot: true, chance: extreme }));
    expect(delays).toEqual([54, 66]);
  });
});

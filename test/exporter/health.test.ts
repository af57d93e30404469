import { describe, expect, it } from 'vitest';
import { InventoryError } from '../../contract/errors.ts';
import type { FollowState } from '../../exporter/follow-results.ts';
import { judgeHealth } from '../../exporter/health.ts';
import { snapshotOf, view } from './fixtures.ts';

const now = '2026-11-20T12:00:00.000Z';
const ago = (seconds: number): string => new Date(Date.parse(now) - seconds * 1000).toISOString();

const calm: FollowState = {
  snapshot: snapshotOf([view()]),
  lastAttemptAt: ago(5),
  lastSuccessAt: ago(5),
  failure: undefined,
  failures: 0,
  succeeded: 9,
  failed: 0,
  seconds: 0.1,
  changeSeconds: 2,
  reportsRead: 1,
  bytesRead: 100,
};
const failing = { failure: new InventoryError('results-unavailable', 'S3 answered\nSlowDown') };

const health = (facts: Partial<FollowState>, startedAt = ago(3_600)) =>
  judgeHealth({ state: { ...calm, ...facts }, now, interval: 60, startedAt });

describe('health is', () => {
  it.each([
    ['good after a look that succeeded', {}, 200, /^OK - last refresh: .* \(5s ago\)\ns3:\/\/bucket: 1 accounts\n$/],
    ['good while looks have failed for minutes', { ...failing, lastSuccessAt: ago(599) }, 200, /S3 answered SlowDown/],
    ['bad when they have failed for long', { ...failing, lastSuccessAt: ago(601) }, 503, /^Unhealthy: last refresh: /],
    ['bad when none ever succeeded', { ...failing, lastSuccessAt: undefined, snapshot: undefined }, 503, /never/],
    ['good with old results that were looked at just now', { snapshot: snapshotOf([]) }, 200, /^OK/],
  ])('%s', (_name, facts, status, text) => {
    expect(health(facts)).toMatchObject({ status, text: expect.stringMatching(text) as string });
  });

  it('good in the first minutes, when nothing could be read yet', () => {
    const facts = { ...failing, lastSuccessAt: undefined, snapshot: undefined };
    expect(health(facts, ago(20))).toMatchObject({ status: 200 });
  });

  it('told with the problems of reports, each on one line, and not all of a thousand', () => {
    const problems = Array.from({ length: 1_000 }, () => ({
      ...{ account: '1', key: 'a\nb', reason: 'corrupt' as const, message: 'x\r\ny' },
    }));
    const { status, text } = health({ snapshot: snapshotOf([], { problems }) });
    expect(status).toBe(200);
    expect(text.split('\n').filter(line => line === 'problem: 1 a b corrupt: x y')).toHaveLength(20);
    expect(text).toContain('and 980 more problems');
  });
});

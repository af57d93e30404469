// Whether an account was seen less well than the last time.
import { describe, expect, it } from 'vitest';
import type { LatestAccount, ManifestAccount } from '../../contract/manifest.ts';
import { compareCoverage, markFalls } from '../../orchestrator/coverage-falls.ts';

const row = (types: Record<string, number> | null, id = '111111111111'): ManifestAccount => ({
  ...{ id, name: 'a', state: 'ACTIVE', path: null, outcome: 'succeeded', code: null, message: null, remedy: null },
  ...{ attempts: 1, job: null, startedAt: null, finishedAt: null, reports: [] },
  counts: types === null ? null : { resources: 1, cells: {}, types: { attempted: 10, ...types } },
});

const entry = (types: Record<string, number> | null, run = 'before'): LatestAccount => ({
  ...row(types),
  ...{ run, runDate: '2026-11-15', runStartedAt: '2026-11-15T00:00:00Z' },
});

const fallOf = (before: LatestAccount, after: ManifestAccount) => markFalls([after], [before], 'now')[0]?.coverageFell;

describe('coverage', () => {
  it('that fell is said, with the run that saw more', () => {
    expect(fallOf(entry({ listed: 5, empty: 5 }), row({ listed: 5, empty: 4, denied: 1 }))).toEqual({
      ...{ from: 1, to: 0.9, run: 'before' },
    });
  });

  it.each([
    ['that stayed', { listed: 9, denied: 1 }, { listed: 9, denied: 1 }],
    ['that rose', { listed: 8, denied: 2 }, { listed: 9, denied: 1 }],
    ['of types that AWS no longer offers', { listed: 5, empty: 5 }, { listed: 5, 'not-in-region': 5 }],
    ['of a run that counted no types', null, { listed: 1, denied: 9 }],
    ['of a scan that left no counts', { listed: 10 }, null],
  ])('%s is not', (_case, before, after) => {
    expect(fallOf(entry(before), row(after))).toBeUndefined();
  });

  it('is not compared with the same run, closed once more', () => {
    expect(fallOf(entry({ listed: 10 }, 'now'), row({ listed: 5, denied: 5 }))).toBeUndefined();
  });

  it('is compared with nothing where latest.json cannot be read', async () => {
    const getText = () => Promise.reject(new Error('denied'));
    const store = { place: 's3://b', getText } as unknown as Parameters<typeof compareCoverage>[1]['store'];
    const rows = [row({ listed: 10 })];
    expect(await compareCoverage(rows, { store, prefix: 'AWSRecon', run: 'now' })).toEqual(rows);
  });
});

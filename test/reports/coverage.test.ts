// How much of an account was seen: types by their worst outcome, the share of what could be seen, and whether it fell.
import { describe, expect, it } from 'vitest';
import type { ScanCounts, TypeCounts } from '../../contract/outcome.ts';
import type { Cell, CellOutcome } from '../../contract/scan-report.ts';
import { countTypes, coverageOf, fallenCoverage, seenTypes } from '../../reports/coverage.ts';

const cell = (outcome: CellOutcome, given: Partial<Cell> = {}): Cell => ({
  type: 'AWS::SQS::Queue',
  service: 'SQS',
  tier: 'native',
  region: 'eu-west-1',
  outcome,
  resources: 0,
  ...given,
});

describe('the outcome of a type', () => {
  it.each<[readonly Cell[], string]>([
    [[cell('listed'), cell('empty')], 'listed'],
    [[cell('empty'), cell('empty')], 'empty'],
    [[cell('listed'), cell('denied')], 'denied'],
    [[cell('failed'), cell('denied'), cell('throttled')], 'denied'],
    [[cell('failed'), cell('throttled')], 'throttled'],
    [[cell('failed'), cell('listed')], 'failed'],
    [[cell('empty'), cell('unsupported')], 'empty'],
    [[cell('unsupported'), cell('not-enabled')], 'unsupported'],
    [[cell('not-enabled'), cell('not-in-region')], 'not-enabled'],
    [[cell('not-in-region')], 'not-in-region'],
    [[cell('denied', { accepted: 'why' })], 'accepted'],
    [[cell('denied', { accepted: 'why' }), cell('empty')], 'empty'],
    [[cell('denied', { byServiceControlPolicy: true })], 'denied-by-scp'],
    [[cell('denied', { byServiceControlPolicy: true }), cell('listed')], 'listed'],
    [[cell('denied', { byServiceControlPolicy: true }), cell('denied', { accepted: 'why' })], 'accepted'],
    [[cell('denied', { byServiceControlPolicy: true }), cell('denied')], 'denied'],
  ])('%o is %s', (cells, outcome) => {
    expect(countTypes(cells)).toEqual({ attempted: 1, [outcome]: 1 });
  });

  it('counts each type once, and no cell of the account', () => {
    const cells = [
      cell('listed'),
      cell('listed', { region: 'us-east-1' }),
      cell('empty', { type: 'AWS::SNS::Topic' }),
      cell('denied', { type: 'tagging', tier: 'account' }),
    ];
    expect(countTypes(cells)).toEqual({ attempted: 2, listed: 1, empty: 1 });
    expect(countTypes([])).toEqual({ attempted: 0 });
  });
});

describe('coverage', () => {
  it.each<[TypeCounts, number]>([
    [{ attempted: 0 }, 1],
    [{ attempted: 10, listed: 4, empty: 6 }, 1],
    [{ attempted: 10, listed: 4, empty: 4, denied: 1, failed: 1 }, 0.8],
    [{ attempted: 2, listed: 1, throttled: 1 }, 0.5],
    [{ attempted: 2, denied: 2 }, 0],
    [
      {
        attempted: 9,
        listed: 1,
        unsupported: 2,
        'not-enabled': 2,
        'not-in-region': 2,
        accepted: 1,
        'denied-by-scp': 1,
      },
      1,
    ],
    [{ attempted: 2, 'not-in-region': 2 }, 1],
  ])('of %o is %f', (counts, coverage) => {
    expect(coverageOf(counts)).toBe(coverage);
    expect(seenTypes(counts)).toBe((counts['listed'] ?? 0) + (counts['empty'] ?? 0));
  });
});

describe('a fall', () => {
  const counts = (types: TypeCounts): ScanCounts => ({ resources: 0, types, cells: {} });
  const whole = counts({ attempted: 1_000, listed: 1_000 });

  it.each<[string, ScanCounts | null, ScanCounts | null, object | undefined]>([
    ['is told', whole, counts({ attempted: 1_000, listed: 900, denied: 100 }), { from: 1, to: 0.9 }],
    ['to nothing is told', whole, counts({ attempted: 1_000, denied: 1_000 }), { from: 1, to: 0 }],
    ['of a few types is none', whole, counts({ attempted: 1_000, listed: 996, failed: 4 }), undefined],
    ['is no rise', counts({ attempted: 2, listed: 1, denied: 1 }), whole, undefined],
    ['is none of the same', whole, whole, undefined],
    ['is unknown without a scan before', null, whole, undefined],
    ['is unknown without a scan after', whole, null, undefined],
    [
      'is unknown where types were not counted',
      counts({ attempted: 0 }),
      counts({ attempted: 1, denied: 1 }),
      undefined,
    ],
  ])('%s', (_name, before, after, fall) => {
    expect(fallenCoverage(before, after)).toEqual(fall);
  });
});

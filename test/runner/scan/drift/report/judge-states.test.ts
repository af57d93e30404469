// Whether states are worth comparing with: by a table, and in words that say who can mend what is wrong.
import { describe, expect, it } from 'vitest';
import type { StateOutcome, StateRead } from '../../../../../contract/drift/drift-report.ts';
import { judgeStates } from '../../../../../runner/scan/drift/report/judge-states.ts';

const read = (outcome: StateOutcome, given: Partial<StateRead> = {}): StateRead => ({
  location: `tfstate+s3://states/${outcome}`,
  outcome,
  resources: outcome === 'read' ? 3 : 0,
  skipped: [],
  ...(outcome === 'read' ? {} : { message: `why ${outcome}` }),
  ...given,
});

const unreadable: readonly StateOutcome[] = [
  'not-found',
  'denied',
  'state-encrypted',
  'invalid',
  'unsupported',
  'failed',
];

describe('states', () => {
  it.each<[string, readonly StateOutcome[]]>([
    ['whole', ['read']],
    ['whole', ['read', 'empty']],
    ['whole', ['read', 'other-account']],
    ...unreadable.map(outcome => ['partial', ['read', outcome]] as [string, StateOutcome[]]),
    ...unreadable.map(outcome => ['failed', [outcome, 'empty']] as [string, StateOutcome[]]),
    ['failed', ['empty']],
    ['failed', ['other-account', 'other-account']],
    ['failed', []],
  ])('are %s when they are %o', (outcome, outcomes) => {
    const verdict = judgeStates(outcomes.map(each => read(each)));
    expect(verdict.outcome).toBe(outcome);
    expect(verdict.message === undefined).toBe(outcome === 'whole');
    expect(Object.keys(verdict.alerts)).toEqual(outcome === 'whole' ? [] : ['']);
  });

  it('of which one was denied are told with its location and its remedy', () => {
    const { message, alerts } = judgeStates([read('read'), read('denied')]);
    const told = 'tfstate+s3://states/denied is denied: why denied. What it declares may be listed as unmanaged.';
    expect(message).toBe(`1 of 2 states could not be read: ${told}`);
    expect(alerts['']).toEqual([{ message: told }]);
  });

  it('with instances that were not understood are partial, and name them', () => {
    const skipped = ['a.a', 'a.b', 'a.c', 'a.d', 'a.e', 'a.f'];
    const { outcome, alerts } = judgeStates([read('read', { skipped })]);
    expect(outcome).toBe('partial');
    expect(alerts['']?.[0]?.message).toMatch(/6 of its instances.*: a\.a, a\.b, a\.c, a\.d, a\.e and 1 more\.$/);
  });

  it('of which none was named ask for one', () => {
    expect(judgeStates([]).message).toContain('drift.from');
  });

  it('of which hundreds failed name a few', () => {
    const { message = '' } = judgeStates(Array.from({ length: 300 }, () => read('denied')));
    expect(message).toMatch(/^None of the 300 states .* And 297 more\.$/);
    expect(message.length).toBeLessThan(500);
  });
});

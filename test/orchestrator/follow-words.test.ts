// What somebody who follows a run elsewhere reads from the orchestrator's log and from its last words.
import { describe, expect, it } from 'vitest';
import { closingWords, manifestKeyIn } from '../../orchestrator/closing-words.ts';
import { plannedIn } from '../../orchestrator/log-progress.ts';
import type { RunResult } from '../../orchestrator/run-organization.ts';

const line = (facts: object) => `${JSON.stringify({ level: 'info', program: 'orchestrator', ...facts })}\n`;
const planned = line({ run: 'a', planned: 30, skipped: 2, msg: 'run planned' });

describe('the number of planned accounts', () => {
  it.each([
    ['is among the first lines', line({ msg: 'rights asked' }) + planned + line({ msg: 'account finished' }), 30],
    ['is nowhere', line({ msg: 'rights asked' }), null],
    ['is in no log at all', '', null],
    ['stands in a line that is cut', planned.slice(0, -12), null],
    ['is claimed by an account’s name', line({ msg: 'account finished', name: 'run planned', planned: 7 }), null],
  ])('%s', (_what, log, number) => {
    expect(plannedIn(log)).toBe(number);
  });
});

describe('the last words of a run', () => {
  const words = (manifestKey: string | null) =>
    closingWords({
      manifest: { totals: { accounts: 3, succeeded: 1, partial: 1, failed: 0, skipped: 1, resources: 9 } },
      manifestKey,
      exitCode: 3,
      problems: [],
    } as unknown as RunResult);

  it('name the manifest, for whoever reads them', () => {
    const key = 'AWSRecon/2026/11/22/run_manual-k3f9.json';
    expect(words(key)).toMatchObject({
      outcome: 'partial',
      message: expect.stringContaining('3 accounts: 1 succeeded'),
    });
    expect(manifestKeyIn(words(key))).toBe(key);
  });

  it('of a run that wrote none name none', () => {
    expect(manifestKeyIn(words(null))).toBeUndefined();
    expect(manifestKeyIn(undefined)).toBeUndefined();
  });
});

import type { V1JobSpec } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { backoffDelay, judgePod } from '../../../clients/pods/job-decision.ts';

const ended = (codes: Record<string, number | null>) => ({
  name: 'inventory/pod-1',
  succeeded: Object.values(codes).every(code => code === 0),
  containers: Object.entries(codes).map(([name, exitCode]) => ({
    ...{ name, exitCode, reason: null, message: null, startedAt: null, finishedAt: null },
  })),
});

const spec = {
  backoffLimit: 2,
  podFailurePolicy: {
    rules: [
      { action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] },
      { action: 'FailJob', onExitCodes: { containerName: 'assume', operator: 'In', values: [41, 42] } },
      { action: 'Ignore', onExitCodes: { operator: 'In', values: [99] } },
      { action: 'Count', onExitCodes: { containerName: 'scan', operator: 'In', values: [7] } },
      { action: 'FailJob', onExitCodes: { containerName: 'scan', operator: 'NotIn', values: [1, 143] } },
    ],
  },
} as unknown as V1JobSpec;

const retry = { kind: 'retry', counted: true };
const failJob = { kind: 'failed', reason: 'PodFailurePolicy' };
const limit = { kind: 'failed', reason: 'BackoffLimitExceeded' };

test.each([
  ['all ended with 0', { assume: 0, scan: 0 }, 0, { kind: 'succeeded' }],
  ['a code that no rule names', { assume: 1, scan: null }, 0, retry],
  ['the last attempt that is left', { assume: 1, scan: null }, 1, retry],
  ['one failure too many', { assume: 1, scan: null }, 2, limit],
  ['a rule of its container', { assume: 41, scan: null }, 0, failJob],
  ['a rule of another container', { assume: 0, scan: 0, upload: 41 }, 0, retry],
  ['a rule of every container', { assume: 0, scan: 99 }, 2, { kind: 'retry', counted: false }],
  ['the first matching rule, which counts', { assume: 0, scan: 7 }, 0, retry],
  ['the first matching rule, which counts, at the limit', { assume: 0, scan: 7 }, 2, limit],
  ['NotIn a list', { assume: 0, scan: 5 }, 0, failJob],
  ['NotIn a list that has it', { assume: 0, scan: 143 }, 0, retry],
  ['NotIn, but it ended with 0', { assume: 0, scan: 0, upload: 1 }, 0, retry],
  ['NotIn, but it never ended', { assume: 1, scan: null }, 0, retry],
] as const)('%s', (_name, codes, failures, expected) => {
  expect(judgePod(spec, ended(codes), failures)).toMatchObject(expected);
});

test('the message of a FailJob rule is the one of Kubernetes', () => {
  expect(judgePod(spec, ended({ assume: 41 }), 0)).toEqual({
    ...failJob,
    message: 'Container assume for pod inventory/pod-1 failed with exit code 41 matching FailJob rule at index 1',
  });
});

test('without a limit there are six more pods', () => {
  expect(judgePod({ template: {} }, ended({ scan: 1 }), 5)).toEqual(retry);
  expect(judgePod({ template: {} }, ended({ scan: 1 }), 6)).toMatchObject(limit);
});

test('the delay doubles up to ten minutes', () => {
  expect([1, 2, 3, 6, 7, 40].map(failed => backoffDelay(failed, 10))).toEqual([10, 20, 40, 320, 600, 600]);
});

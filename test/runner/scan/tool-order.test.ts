// Names of services as people write them in settings, and how a scan's time is shared out.
import { describe, expect, it } from 'vitest';
import { shareTime } from '../../../runner/scan/time-shares.ts';
import { checkServices } from '../../../runner/scan/tool-order.ts';

describe('services', () => {
  it.each([
    ['all', 'all'],
    ['keys', ['ec2', 'logs']],
    ['aws-recon’s names', ['EC2', 'CloudWatchLogs']],
    ['CloudFormation’s namespaces', ['Logs', 'Wisdom']],
    ['names in any case', ['Ec2', 'cloudwatchLOGS', 'wisdom']],
  ] as const)('are known by %s', (_by, names) => {
    expect(() => checkServices(names)).not.toThrow();
  });

  it('that nobody knows are all named', () => {
    expect(() => checkServices(['ec3', 's3', 'foo'])).toThrow('["ec3","foo"]');
  });
});

describe('the time of a scan', () => {
  it.each([
    [3000, 2980, 2990, 10],
    [20, 12, 16, 4],
  ])('of %i seconds leaves a tool %i, until it is ended %i, and then %i', (seconds, tool, untilEnded, grace) => {
    expect(shareTime(seconds)).toEqual({ tool, untilEnded, grace });
  });
});

// Names of services as people write them in settings, and how a scan's time is shared out.
import { describe, expect, it } from 'vitest';
import { shareTime } from '../../../runner/scan/time-shares.ts';
import { chooseServices } from '../../../runner/scan/tool-order.ts';

describe('services', () => {
  it('are chosen by their keys or by aws-recon’s names, each once', () => {
    expect(chooseServices(['ec2', 'EC2', 'CloudWatchLogs', 'logs'])).toEqual(['ec2', 'logs']);
    expect(chooseServices('all')).toBe('all');
  });

  it('that nobody knows are all named', () => {
    expect(() => chooseServices(['ec3', 's3', 'foo'])).toThrow('["ec3","foo"]');
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

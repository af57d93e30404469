// Hints of AWS Config and Resource Explorer: they doubt, they order, and their absence changes nothing.
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createRequestRates } from '../../../../clients/aws/request-rates.ts';
import type { Cell } from '../../../../contract/scan-report.ts';
import { doubtEmpty, noHints, readHints } from '../../../../runner/scan/inventory/hints.ts';
import type { AccountModel } from '../../../servers/account-model.ts';
import { type AccountServer, startAccountServer } from '../../../servers/start-account-server.ts';
import { connectTo } from '../../../setup/connection.ts';

let server: AccountServer | undefined;
afterEach(() => server?.stop());

const arn = 'arn:aws:sqs:eu-west-1:123456789012:orders';
const queues = { 'AWS::SQS::Queue': { resources: [{ identifier: arn, arn }] } };

const ask = async (model: AccountModel) => {
  server = await startAccountServer({ upstream: inject('simulator'), model });
  const connection = { ...connectTo(server.url), region: 'eu-west-1' };
  const { signal } = new AbortController();
  const rates = createRequestRates({ inFlight: 8, perService: 4 }, signal);
  return readHints({ connection, rates, regions: ['eu-west-1', 'us-east-1'], signal });
};

const cell = (outcome: Cell['outcome'], region = 'eu-west-1'): Cell => ({
  ...{ type: 'AWS::SQS::Queue', service: 'SQS', tier: 'native', region, outcome, resources: 0 },
});

describe('hints', () => {
  it('come from what AWS Config has counted', async () => {
    const recorder = { on: true, counts: { 'AWS::SQS::Queue': 7 } };
    const hints = await ask({ regions: { 'eu-west-1': { recorder } } });
    expect(hints.countOf('eu-west-1', 'AWS::SQS::Queue')).toBe(7);
    expect(hints.countOf('us-east-1', 'AWS::SQS::Queue')).toBe(0);
  });

  it('come from an index of Resource Explorer, by the ARNs that it knows', async () => {
    const hints = await ask({ regions: { 'eu-west-1': { types: queues, explorer: { index: 'local' } } } });
    expect(hints.countOf('eu-west-1', 'AWS::SQS::Queue')).toBe(1);
  });

  it('are none where nobody records or indexes, or where both are denied', async () => {
    expect((await ask({})).countOf('eu-west-1', 'AWS::SQS::Queue')).toBe(0);
    await server?.stop();
    const denied = { recorder: { on: true, denied: true }, explorer: { index: 'local' as const, denied: true } };
    expect((await ask({ regions: { 'eu-west-1': denied } })).countOf('eu-west-1', 'AWS::SQS::Queue')).toBe(0);
  });

  it('doubt an empty cell, and no other', async () => {
    const hints = { countOf: (region: string) => (region === 'eu-west-1' ? 3 : 0) };
    expect(doubtEmpty(cell('empty'), hints)).toEqual({ ...cell('empty'), hinted: 3 });
    for (const other of [cell('empty', 'us-east-1'), cell('denied'), cell('listed')]) {
      expect(doubtEmpty(other, hints)).toEqual(other);
    }
    expect(doubtEmpty(cell('empty'), noHints)).toEqual(cell('empty'));
  });
});

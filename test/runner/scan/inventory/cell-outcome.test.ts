// From answers of the APIs to the outcome of a cell, and what only the whole sweep tells.
import { describe, expect, it } from 'vitest';
import { type AwsErrorFacts, describeAwsError } from '../../../../clients/aws/errors.ts';
import type { CellOutcome } from '../../../../contract/scan-report.ts';
import { type CellTally, judgeCell, judgeSweep } from '../../../../runner/scan/inventory/cell-outcome.ts';

const failure = (name: string, message = 'no'): AwsErrorFacts => describeAwsError({ name, message });

const tally = (more: Partial<CellTally> = {}): CellTally => ({
  region: 'eu-west-1',
  service: 'SQS',
  resources: 0,
  pages: 0,
  truncated: 0,
  seconds: 1,
  failures: [],
  ...more,
});

const denied = failure('AccessDeniedException', 'is not authorized to perform: sqs:ListQueues');
const fromAbove = failure('AccessDenied', 'with an explicit deny in a service control policy');

describe('a cell', () => {
  it.each<[string, Partial<CellTally>, CellOutcome]>([
    ['with resources', { resources: 2 }, 'listed'],
    ['without', {}, 'empty'],
    ['of which a cap shows none', { truncated: 3 }, 'listed'],
    ['denied', { failures: [denied] }, 'denied'],
    ['throttled', { failures: [failure('ThrottlingException')] }, 'throttled'],
    ['where the network breaks', { failures: [failure('TimeoutError')] }, 'failed'],
    ['with an answer that nobody knows', { failures: [failure('SomethingNew')] }, 'failed'],
    ['without an endpoint', { failures: [failure('ENOTFOUND')] }, 'not-in-region'],
    ['not subscribed to', { failures: [failure('OptInRequired')] }, 'not-enabled'],
    ['of an unknown call', { failures: [failure('UnknownOperationException')] }, 'unsupported'],
    ['listed in part, then denied', { resources: 9, failures: [denied] }, 'denied'],
    ['throttled, then denied', { failures: [failure('Throttling'), denied] }, 'denied'],
    ['denied from above, and throttled', { failures: [fromAbove, failure('Throttling')] }, 'throttled'],
    ['unsupported in part', { resources: 1, failures: [failure('NotImplemented')] }, 'unsupported'],
    ['ended before it was done', { resources: 1, stopped: 'not finished' }, 'failed'],
    ['denied, and then ended', { failures: [denied], stopped: 'not finished' }, 'denied'],
  ])('%s', (_case, more, outcome) => {
    expect(judgeCell(tally(more)).cell).toMatchObject({ outcome, resources: more.resources ?? 0 });
  });

  it('names the action that was refused, on one short line', () => {
    const { cell } = judgeCell(
      tally({ failures: [failure('AccessDenied', `not authorized to perform: kms:ListKeys ${'x'.repeat(999)}`)] }),
    );
    expect(cell.action).toBe('kms:ListKeys');
    expect(cell.error?.length).toBe(300);
  });

  it('says that a policy above the account denied it only if nothing else did', () => {
    expect(judgeCell(tally({ failures: [fromAbove] })).cell.byServiceControlPolicy).toBe(true);
    expect(judgeCell(tally({ failures: [fromAbove, denied] })).cell.byServiceControlPolicy).toBeUndefined();
  });
});

const outcomes = (tallies: readonly CellTally[], enabled: readonly string[] = []) =>
  judgeSweep(tallies.map(judgeCell), enabled).map(cell => cell.outcome);
const noHost = [failure('ENOTFOUND', 'getaddrinfo ENOTFOUND sqs.x.amazonaws.com')];
const invalid = [failure('InvalidClientTokenId')];

describe('the sweep', () => {
  it('believes that a service is not in a region when another host of the region answered, and it is in another', () => {
    const elsewhere = tally({ region: 'us-east-1', pages: 1 });
    expect(outcomes([tally({ failures: noHost }), tally({ service: 'SNS', pages: 1 }), elsewhere])).toEqual([
      'not-in-region',
      'empty',
      'empty',
    ]);
  });

  it('takes a service that no region has for one whose hosts the name service hides', () => {
    const others = ['eu-west-1', 'us-east-1'].map(region => tally({ region, service: 'SNS', pages: 1 }));
    const hidden = ['eu-west-1', 'us-east-1'].map(region => tally({ region, failures: noHost }));
    expect(outcomes([...hidden, ...others])).toEqual(['failed', 'failed', 'empty', 'empty']);
  });

  it.each<[string, Partial<CellTally>]>([
    ['had listed some', { resources: 3, pages: 1 }],
    ['had said that there are none', { pages: 1 }],
    ['had not known another call', { failures: [failure('InvalidAction'), ...noHost] }],
    ['is global', { region: 'global' }],
  ])('takes a host for lost, not for missing, that %s', (_case, more) => {
    const elsewhere = tally({ region: 'us-east-1', pages: 1 });
    const other = tally({ service: 'SNS', pages: 1 });
    expect(outcomes([tally({ failures: noHost, ...more }), other, elsewhere])[0]).toBe('failed');
  });

  it.each<[string, Partial<CellTally>, string[]]>([
    ['the region has answered', {}, []],
    ['the service had listed some', { region: 'ap-east-1', resources: 2, pages: 1 }, []],
    ['the service had answered', { region: 'ap-east-1', pages: 1 }, []],
    ['the account calls the region enabled', { region: 'ap-east-1' }, ['ap-east-1', 'eu-west-1']],
    ['a call was not known before', { failures: [failure('InvalidAction'), failure('InvalidClientTokenId')] }, []],
    ['a policy above the account denied another', { failures: [fromAbove, failure('InvalidClientTokenId')] }, []],
    ['the service is global', { region: 'global' }, []],
  ])('takes credentials that a service no longer knows for denied ones when %s', (_case, more, enabled) => {
    const lost = tally({ service: 'KMS', failures: [failure('UnrecognizedClientException')], ...more });
    expect(outcomes([lost, tally({ pages: 1 })], enabled)).toEqual(['denied', 'empty']);
  });

  it('takes a region without a single host for a mistake', () => {
    const lost = { region: 'eu-wset-1', failures: noHost };
    expect(outcomes([tally(lost), tally({ ...lost, service: 'S3' }), tally()])).toEqual(['failed', 'failed', 'empty']);
  });

  it('takes a sweep without a single host for a broken network', () => {
    expect(outcomes([tally({ failures: noHost }), tally({ region: 'us-east-1', failures: noHost })])).toEqual([
      'failed',
      'failed',
    ]);
  });

  it('takes a region that alone does not know the credentials for one that is not enabled', () => {
    const region = 'ap-east-1';
    const ec2 = tally({ region, service: 'EC2', failures: [failure('AuthFailure')] });
    expect(outcomes([tally({ region, failures: invalid }), ec2, tally()])).toEqual([
      'not-enabled',
      'not-enabled',
      'empty',
    ]);
  });

  it('takes credentials that no region knows for bad ones', () => {
    expect(outcomes([tally({ failures: invalid }), tally({ region: 'us-east-1', failures: invalid })])).toEqual([
      'denied',
      'denied',
    ]);
  });

  it('leaves a refusal standing in a region that knows the credentials', () => {
    const ec2 = tally({ service: 'EC2', failures: [failure('AuthFailure')] });
    expect(outcomes([ec2, tally({ resources: 1 })])).toEqual(['denied', 'listed']);
  });
});

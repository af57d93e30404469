// What only the whole sweep tells of its cells: missing hosts, regions that are off, handlers that are broken.
import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../../../contract/scan-report.ts';
import { type CellTally, judgeCell } from '../../../../runner/scan/inventory/cell-outcome.ts';
import { judgeSweep } from '../../../../runner/scan/inventory/judge-sweep.ts';
import { controlled, ec2, failure, fromAbove, listFailure, sns, tally } from './cell-fixture.ts';

const outcomes = (tallies: readonly CellTally[], enabled: readonly string[] = []) =>
  judgeSweep(tallies.map(judgeCell), enabled).map(cell => cell.outcome);
const noHost = [failure('ENOTFOUND', 'getaddrinfo ENOTFOUND sqs.x.amazonaws.com')];
const invalid = [failure('InvalidClientTokenId')];

describe('the sweep', () => {
  it('believes that a service is not in a region when another host of the region answered, and it is in another', () => {
    const elsewhere = tally({ region: 'us-east-1', pages: 1 });
    expect(outcomes([tally({ failures: noHost }), tally({ ...sns, pages: 1 }), elsewhere])).toEqual([
      'not-in-region',
      'empty',
      'empty',
    ]);
  });

  it('takes a service that no region has for one whose hosts the name service hides', () => {
    const others = ['eu-west-1', 'us-east-1'].map(region => tally({ ...sns, region, pages: 1 }));
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
    const other = tally({ ...sns, pages: 1 });
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
    const lost = tally({ ...sns, failures: [failure('UnrecognizedClientException')], ...more });
    expect(outcomes([lost, tally({ pages: 1 })], enabled)).toEqual(['denied', 'empty']);
  });

  it('takes a region without a single host for a mistake', () => {
    const lost = { region: 'eu-wset-1', failures: noHost };
    expect(outcomes([tally(lost), tally({ ...sns, ...lost }), tally()])).toEqual(['failed', 'failed', 'empty']);
  });

  it('takes a sweep without a single host for a broken network', () => {
    expect(outcomes([tally({ failures: noHost }), tally({ region: 'us-east-1', failures: noHost })])).toEqual([
      'failed',
      'failed',
    ]);
  });

  it('takes a region that alone does not know the credentials for one that is not enabled', () => {
    const region = 'ap-east-1';
    const vpcs = tally({ ...ec2, region, failures: [failure('AuthFailure')] });
    expect(outcomes([tally({ region, failures: invalid }), vpcs, tally()])).toEqual([
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
    const vpcs = tally({ ...ec2, failures: [failure('AuthFailure')] });
    expect(outcomes([vpcs, tally({ resources: 1 })])).toEqual(['denied', 'listed']);
  });

  it('doubts no type of which Cloud Control says that no region has it', () => {
    const unknown = { failures: [listFailure('TypeNotFoundException')] };
    const cells = ['eu-west-1', 'us-east-1'].map(region => controlled({ region, ...unknown }));
    expect(outcomes([...cells, tally({ pages: 1 })])).toEqual(['not-in-region', 'not-in-region', 'empty']);
    // Nor does it need another host's word for it.
    expect(outcomes([controlled({ region: 'eu-west-1', ...unknown })])).toEqual(['not-in-region']);
  });

  it('takes a host for found that has answered for another type, in whatever region', () => {
    const lost = controlled({ failures: noHost });
    const other = { type: 'AWS::Location::Map', service: 'Location', region: 'us-east-1' };
    const here = tally({ pages: 1 });
    expect(outcomes([lost, here])).toEqual(['failed', 'empty']);
    expect(outcomes([lost, here, controlled({ ...other, pages: 1 })])[0]).toBe('not-in-region');
    const unknownType = controlled({ ...other, failures: [listFailure('TypeNotFoundException')] });
    expect(outcomes([lost, here, unknownType])[0]).toBe('not-in-region');
  });

  it('does not take two services for one host because they have one name', () => {
    const policies = tally({ service: 'SQS', host: 'sqs-policies', region: 'us-east-1', pages: 1 });
    expect(outcomes([tally({ failures: noHost }), tally({ ...sns, pages: 1 }), policies])[0]).toBe('failed');
  });
});

const codes = ['HandlerInternalFailureException', 'GeneralServiceException'];

describe.each(codes)('a handler that fails with %s', code => {
  const broken = [listFailure(code, 'Internal error')];

  it('in each of two regions is broken, and unsupported like a type without one', () => {
    const cells = ['eu-west-1', 'us-east-1'].map(region => controlled({ region, failures: broken }));
    expect(outcomes(cells)).toEqual(['unsupported', 'unsupported']);
  });

  it('in the only region that was asked has hidden something', () => {
    expect(outcomes([controlled({ failures: broken })])).toEqual(['failed']);
    const absent = controlled({ region: 'us-east-1', failures: [listFailure('TypeNotFoundException')] });
    expect(outcomes([controlled({ failures: broken }), absent])).toEqual(['failed', 'not-in-region']);
  });

  it.each<[string, Partial<CellTally>, CellOutcome]>([
    ['has answered', { pages: 1 }, 'empty'],
    ['was denied', { failures: [listFailure('HandlerFailureException', 'Access denied')] }, 'denied'],
    ['failed otherwise', { failures: [listFailure('NotStabilizedException')] }, 'failed'],
  ])('in one region, and in another %s, has hidden something', (_case, more, outcome) => {
    const cells = [controlled({ failures: broken }), controlled({ region: 'us-east-1', ...more })];
    expect(outcomes(cells)).toEqual(['failed', outcome]);
  });

  it('after a page has hidden something', () => {
    const cells = ['eu-west-1', 'us-east-1'].map(region => controlled({ region, pages: 1, failures: broken }));
    expect(outcomes(cells)).toEqual(['failed', 'failed']);
  });

  it('because it was denied is a missing right', () => {
    const refused = [listFailure(code, 'User is not authorized to perform: wisdom:ListAssistants')];
    const cells = ['eu-west-1', 'us-east-1'].map(region => controlled({ region, failures: refused }));
    expect(outcomes(cells)).toEqual(['denied', 'denied']);
  });

  it('says nothing of other types', () => {
    const other = { type: 'AWS::Location::Map', service: 'Location' };
    const cells = [controlled({ failures: broken }), controlled({ ...other, region: 'us-east-1', failures: broken })];
    expect(outcomes(cells)).toEqual(['failed', 'failed']);
  });
});

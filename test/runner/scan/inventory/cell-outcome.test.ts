// From answers of the APIs to the outcome of a cell, by its own answers alone.
import { describe, expect, it } from 'vitest';
import type { CellOutcome } from '../../../../contract/scan-report.ts';
import { type CellTally, judgeCell } from '../../../../runner/scan/inventory/cell-outcome.ts';
import { controlled, denied, failure, fromAbove, listFailure, tally } from './cell-fixture.ts';

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
    ['throttled, and then ended', { failures: [failure('Throttling')], stopped: 'not finished' }, 'throttled'],
    ['of an unknown call, and then ended', { failures: [failure('InvalidAction')], stopped: 'not finished' }, 'failed'],
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

  it('names its type, its service, its tier and its region, and no host', () => {
    expect(judgeCell(tally({ resources: 2, pages: 1 })).cell).toEqual({
      ...{ type: 'AWS::SQS::Queue', service: 'SQS', tier: 'native', region: 'eu-west-1' },
      ...{ outcome: 'listed', resources: 2 },
    });
  });
});

describe('a cell of Cloud Control', () => {
  it.each<[string, Partial<CellTally>, CellOutcome]>([
    ['with resources', { resources: 2, pages: 1 }, 'listed'],
    ['without', { pages: 1 }, 'empty'],
    ['of a type that the region does not know', { failures: [listFailure('TypeNotFoundException')] }, 'not-in-region'],
    ['of a type without a handler', { failures: [listFailure('UnsupportedActionException')] }, 'unsupported'],
    ['whose handler was refused', { failures: [listFailure('HandlerFailureException', 'Access denied')] }, 'denied'],
    [
      'whose handler was throttled',
      { failures: [listFailure('GeneralServiceException', 'Rate exceeded')] },
      'throttled',
    ],
    [
      'of a service that the account has not switched on',
      { failures: [listFailure('InvalidRequestException', 'Macie is not enabled')] },
      'not-enabled',
    ],
    [
      'whose handler wants more than the type says',
      { failures: [listFailure('InvalidRequestException', 'Missing or invalid ResourceModel property')] },
      'unsupported',
    ],
    ['whose handler failed', { failures: [listFailure('HandlerInternalFailureException')] }, 'failed'],
  ])('%s', (_case, more, outcome) => {
    expect(judgeCell(controlled(more)).cell).toMatchObject({ tier: 'cloud-control', outcome });
  });

  it.each<[string, Partial<CellTally>]>([
    ['after an answer of it', { pages: 1 }],
    ['of a global one', { region: 'global' }],
  ])('that says that it does not know the type is believed without a doubt, even %s', (_case, more) => {
    const cell = judgeCell(controlled({ failures: [listFailure('TypeNotFoundException')], ...more })).cell;
    expect(cell.outcome).toBe('not-in-region');
  });
});

// Which listings of the inventory limit a comparison: what was not shown is said, by the type that it would have been of.
import { describe, expect, it } from 'vitest';
import { parseDriftignore } from '../../../../../contract/drift/driftignore.ts';
import type { Cell } from '../../../../../contract/scan-report.ts';
import { createIgnores } from '../../../../../runner/scan/drift/ignore-rules.ts';
import { alertsOfCells, excusedListings, wantedCells } from '../../../../../runner/scan/drift/report/blind-listings.ts';

const cell = (facts: Partial<Cell>): Cell => ({
  type: 'AWS::SQS::Queue',
  service: 'SQS',
  tier: 'native',
  region: 'eu-west-1',
  outcome: 'denied',
  resources: 0,
  ...facts,
});

describe('alerts of blind listings', () => {
  it('name Terraform’s type, the regions and the reason, once for each reason', () => {
    const denied = { action: 'sqs:ListQueues', error: 'AccessDenied' };
    const cells = [
      cell(denied),
      cell({ ...denied, region: 'us-east-1' }),
      cell({ region: 'us-east-2', outcome: 'throttled', error: 'Rate exceeded' }),
    ];
    expect(alertsOfCells(cells)).toEqual({
      aws_sqs_queue: [
        { message: 'could not be listed whole in eu-west-1, us-east-1: denied: sqs:ListQueues: AccessDenied' },
        { message: 'could not be listed whole in us-east-2: throttled: Rate exceeded' },
      ],
    });
  });

  it('count regions where they are many, and say that a listing was cut', () => {
    const regions = ['a-1', 'a-2', 'a-3', 'a-4'].map(region => cell({ region, outcome: 'listed', truncated: 7 }));
    expect(alertsOfCells(regions)).toEqual({
      aws_sqs_queue: [{ message: 'could not be listed whole in 4 regions: cut at maxPerType' }],
    });
  });

  it('keep CloudFormation’s name where Terraform has none, and put questions to the whole account under no type', () => {
    const cells = [
      cell({ type: 'AWS::Nothing::AtAll', tier: 'cloud-control', outcome: 'failed', error: 'reset' }),
      cell({ type: 'tagging', tier: 'account', action: 'tag:GetResources' }),
    ];
    expect(alertsOfCells(cells)).toEqual({
      'AWS::Nothing::AtAll': [{ message: 'could not be listed whole in eu-west-1: failed: reset' }],
      '': [
        {
          message:
            'what the Tagging API alone shows, and tags, could not be listed whole in eu-west-1: denied: tag:GetResources',
        },
      ],
    });
  });

  it('leave out what was seen, what is expected, and what a service control policy denies', () => {
    const cells = [
      cell({ outcome: 'listed', resources: 3 }),
      cell({ outcome: 'empty' }),
      cell({ outcome: 'not-enabled' }),
      cell({ outcome: 'unsupported' }),
      cell({ accepted: 'delegated to security' }),
      cell({ byServiceControlPolicy: true }),
    ];
    expect(alertsOfCells(cells)).toEqual({});
  });

  it('tell of a listing that was refused and cut both', () => {
    expect(alertsOfCells([cell({ truncated: 2, action: 'sqs:ListQueues' })])).toEqual({
      aws_sqs_queue: [{ message: 'could not be listed whole in eu-west-1: denied: sqs:ListQueues: cut at maxPerType' }],
    });
  });
});

describe('listings that failed as expected', () => {
  it('are named with the regions and the reason, and never as an alert', () => {
    const cells = [
      cell({ accepted: 'delegated to security' }),
      cell({ accepted: 'delegated to security', region: 'eu-central-1' }),
      cell({ type: 'tagging', tier: 'account', byServiceControlPolicy: true }),
      cell({ outcome: 'not-enabled' }),
    ];
    expect(excusedListings(cells)).toEqual([
      { type: 'aws_sqs_queue', regions: ['eu-central-1', 'eu-west-1'], reason: 'delegated to security' },
      { type: 'tagging', regions: ['eu-west-1'], reason: 'denied by a service control policy' },
    ]);
  });
});

describe('cells that are wanted', () => {
  const rule = { owner: 'me', reason: 'not ours' };
  it.each<[string, Parameters<typeof createIgnores>[0], number]>([
    ['nothing', { rules: [], driftignore: [] }, 2],
    ['the type', { rules: [{ ...rule, type: 'aws_sqs_queue' }], driftignore: [] }, 1],
    ['the type by CloudFormation’s name', { rules: [{ ...rule, type: 'AWS::SQS::*' }], driftignore: [] }, 1],
    ['the type in another region', { rules: [{ ...rule, type: 'aws_sqs_queue', region: 'us-*' }], driftignore: [] }, 2],
    ['some of the type', { rules: [{ ...rule, type: 'aws_sqs_queue', id: '*dlq' }], driftignore: [] }, 2],
    ['an attribute', { rules: [{ ...rule, type: 'aws_sqs_queue', attribute: 'policy' }], driftignore: [] }, 2],
    ['the type by a line', { rules: [], driftignore: parseDriftignore('aws_sqs_queue.*') }, 1],
  ])('are all but those that rules over %s leave out', (_what, rules, count) => {
    const cells = [cell({}), cell({ type: 'tagging', tier: 'account' })];
    expect(wantedCells(cells, createIgnores(rules, '2026-11-26'))).toHaveLength(count);
  });
});

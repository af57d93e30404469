// Tallies of cells, for the tests of what becomes of them.
import { type AwsErrorFacts, describeAwsError } from '../../../../clients/aws/errors.ts';
import { describeListError } from '../../../../clients/aws/inventory/cloud-control.ts';
import type { CellTally } from '../../../../runner/scan/inventory/cell-outcome.ts';

export const failure = (name: string, message = 'no'): AwsErrorFacts => describeAwsError({ name, message });

/** As Cloud Control passes on what a handler said. */
export const listFailure = (name: string, message = 'no'): AwsErrorFacts => describeListError({ name, message });

/** Of SQS, by its own calls, in eu-west-1. */
export const tally = (more: Partial<CellTally> = {}): CellTally => ({
  region: 'eu-west-1',
  type: 'AWS::SQS::Queue',
  service: 'SQS',
  tier: 'native',
  host: 'sqs',
  resources: 0,
  pages: 0,
  truncated: 0,
  failures: [],
  ...more,
});

export const sns = { type: 'AWS::SNS::Topic', service: 'SNS', host: 'sns' } as const;
export const ec2 = { type: 'AWS::EC2::VPC', service: 'EC2', host: 'ec2' } as const;

/** Of a type that Cloud Control lists. */
export const controlled = (more: Partial<CellTally> = {}): CellTally =>
  tally({ type: 'AWS::Wisdom::Assistant', service: 'Wisdom', tier: 'cloud-control', host: 'cloudcontrol', ...more });

export const denied = failure('AccessDeniedException', 'is not authorized to perform: sqs:ListQueues');
export const fromAbove = failure('AccessDenied', 'with an explicit deny in a service control policy');

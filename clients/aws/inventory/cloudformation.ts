// CloudFormation: stacks that are not deleted, whole.
import { CloudFormationClient, paginateDescribeStacks } from '@aws-sdk/client-cloudformation';
import { defineService, paged } from './listing.ts';

export const cloudformation = defineService(
  'cloudformation',
  configuration => new CloudFormationClient(configuration),
  [paged('cloudformation.stack', { paginate: paginateDescribeStacks, input: {} }, page => page.Stacks)],
);

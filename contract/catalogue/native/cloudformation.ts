// CloudFormation: its types, as data.
import { nativeService } from '../native-service.ts';

export const cloudformation = nativeService({
  key: 'cloudformation',
  reconName: 'CloudFormation',
  namespaces: ['CloudFormation'],
  scope: 'regional',
  types: [
    {
      key: 'cloudformation.stack',
      reconType: 'stack',
      cloudFormationType: 'AWS::CloudFormation::Stack',
      identifier: '{arn}',
      arn: '{stack_id}',
      arnPrefix: 'stack/',
      actions: ['cloudformation:DescribeStacks'],
    },
    {
      key: 'cloudformation.stack-set',
      reconType: 'stack_set',
      cloudFormationType: 'AWS::CloudFormation::StackSet',
      identifier: '{path}',
      arn: 'arn:{partition}:cloudformation:{region}:{account}:stackset/{stack_set_id}',
      actions: ['cloudformation:ListStackSets'],
    },
    {
      key: 'cloudformation.type',
      reconType: 'type',
      cloudFormationType: 'AWS::CloudFormation::Type',
      identifier: '{arn}',
      arn: '{type_arn}',
      arnPrefix: 'type/',
      actions: ['cloudformation:ListTypes'],
    },
  ],
});

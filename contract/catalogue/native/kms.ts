// KMS: its types, as data.
import { nativeService } from '../native-service.ts';

export const kms = nativeService({
  key: 'kms',
  reconName: 'KMS',
  namespaces: ['KMS'],
  scope: 'regional',
  types: [
    {
      key: 'kms.key',
      reconType: 'key',
      cloudFormationType: 'AWS::KMS::Key',
      identifier: '{name}',
      arn: 'arn:{partition}:kms:{region}:{account}:key/{key_id}',
      actions: ['kms:ListKeys', 'kms:DescribeKey'],
    },
    {
      key: 'kms.alias',
      reconType: 'alias',
      cloudFormationType: 'AWS::KMS::Alias',
      identifier: 'alias/{path}',
      arn: 'arn:{partition}:kms:{region}:{account}:{alias_name}',
      arnPrefix: 'alias/',
      actions: ['kms:ListAliases'],
    },
  ],
});

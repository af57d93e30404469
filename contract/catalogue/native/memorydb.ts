// MemoryDB: its types, as data.
import { nativeService } from '../native-service.ts';

export const memorydb = nativeService({
  key: 'memorydb',
  reconName: 'MemoryDB',
  namespaces: ['MemoryDB'],
  scope: 'regional',
  types: [
    {
      key: 'memorydb.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::MemoryDB::Cluster',
      identifier: '{name}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:cluster/{name}',
      actions: ['memorydb:DescribeClusters'],
    },
    {
      key: 'memorydb.user',
      reconType: 'user',
      cloudFormationType: 'AWS::MemoryDB::User',
      identifier: '{name}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:user/{name}',
      actions: ['memorydb:DescribeUsers'],
    },
    {
      key: 'memorydb.acl',
      reconType: 'acl',
      cloudFormationType: 'AWS::MemoryDB::ACL',
      identifier: '{name}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:acl/{name}',
      actions: ['memorydb:DescribeACLs'],
    },
    {
      key: 'memorydb.subnet-group',
      reconType: 'subnet_group',
      cloudFormationType: 'AWS::MemoryDB::SubnetGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:subnetgroup/{name}',
      actions: ['memorydb:DescribeSubnetGroups'],
    },
    {
      key: 'memorydb.parameter-group',
      reconType: 'parameter_group',
      cloudFormationType: 'AWS::MemoryDB::ParameterGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:parametergroup/{name}',
      actions: ['memorydb:DescribeParameterGroups'],
    },
    {
      key: 'memorydb.snapshot',
      reconType: 'snapshot',
      cloudFormationType: 'AWS::MemoryDB::Snapshot',
      identifier: '{arn}',
      arn: 'arn:{partition}:memorydb:{region}:{account}:snapshot/{name}',
      actions: ['memorydb:DescribeSnapshots'],
    },
  ],
});

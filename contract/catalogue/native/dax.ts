// DAX: its types, as data.
import { nativeService } from '../native-service.ts';

export const dax = nativeService({
  key: 'dax',
  reconName: 'DAX',
  namespaces: ['DAX'],
  scope: 'regional',
  types: [
    {
      key: 'dax.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::DAX::Cluster',
      identifier: '{name}',
      arn: 'arn:{partition}:dax:{region}:{account}:cache/{cluster_name}',
      actions: ['dax:DescribeClusters'],
    },
    {
      key: 'dax.subnet-group',
      reconType: 'subnet_group',
      cloudFormationType: 'AWS::DAX::SubnetGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:dax:{region}:{account}:subnetgroup/{subnet_group_name}',
      actions: ['dax:DescribeSubnetGroups'],
    },
    {
      key: 'dax.parameter-group',
      reconType: 'parameter_group',
      cloudFormationType: 'AWS::DAX::ParameterGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:dax:{region}:{account}:parametergroup/{parameter_group_name}',
      actions: ['dax:DescribeParameterGroups'],
    },
  ],
});

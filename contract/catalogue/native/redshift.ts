// Redshift: its types, as data.
import { nativeService } from '../native-service.ts';

export const redshift = nativeService({
  key: 'redshift',
  reconName: 'Redshift',
  namespaces: ['Redshift'],
  scope: 'regional',
  types: [
    {
      key: 'redshift.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::Redshift::Cluster',
      identifier: '{name}',
      arn: 'arn:{partition}:redshift:{region}:{account}:cluster:{cluster_identifier}',
      actions: ['redshift:DescribeClusters'],
    },
    {
      key: 'redshift.snapshot',
      reconType: 'cluster_snapshot',
      cloudFormationType: 'AWS::Redshift::Snapshot',
      identifier: '{arn}',
      arn: 'arn:{partition}:redshift:{region}:{account}:snapshot:{cluster_identifier}/{snapshot_identifier}',
      actions: ['redshift:DescribeClusterSnapshots'],
    },
    {
      key: 'redshift.subnet-group',
      reconType: 'subnet_group',
      cloudFormationType: 'AWS::Redshift::ClusterSubnetGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:redshift:{region}:{account}:subnetgroup:{cluster_subnet_group_name}',
      actions: ['redshift:DescribeClusterSubnetGroups'],
    },
    {
      key: 'redshift.parameter-group',
      reconType: 'parameter_group',
      cloudFormationType: 'AWS::Redshift::ClusterParameterGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:redshift:{region}:{account}:parametergroup:{parameter_group_name}',
      actions: ['redshift:DescribeClusterParameterGroups'],
    },
    {
      key: 'redshift.event-subscription',
      reconType: 'event_subscription',
      cloudFormationType: 'AWS::Redshift::EventSubscription',
      identifier: '{name}',
      arn: 'arn:{partition}:redshift:{region}:{account}:eventsubscription:{cust_subscription_id}',
      actions: ['redshift:DescribeEventSubscriptions'],
    },
  ],
});

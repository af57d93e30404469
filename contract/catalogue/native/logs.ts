// CloudWatch Logs: its types, as data.
import { nativeService } from '../native-service.ts';

export const logs = nativeService({
  key: 'logs',
  reconName: 'CloudWatchLogs',
  namespaces: ['Logs'],
  scope: 'regional',
  types: [
    {
      key: 'logs.log-group',
      reconType: 'log_group',
      cloudFormationType: 'AWS::Logs::LogGroup',
      identifier: '{path}',
      arn: 'arn:{partition}:logs:{region}:{account}:log-group:{log_group_name}',
      actions: ['logs:DescribeLogGroups'],
    },
    {
      key: 'logs.metric-filter',
      reconType: 'metric_filter',
      cloudFormationType: 'AWS::Logs::MetricFilter',
      identifier: '{path}',
      arn: 'arn:{partition}:logs:{region}:{account}:metric-filter:{log_group_name}|{filter_name}',
      // CloudFormation’s identifier, since metric filters have no ARN of their own.
      arnPrefix: 'metric-filter:',
      actions: ['logs:DescribeMetricFilters'],
    },
    {
      key: 'logs.destination',
      reconType: 'destination',
      cloudFormationType: 'AWS::Logs::Destination',
      identifier: '{name}',
      arn: 'arn:{partition}:logs:{region}:{account}:destination:{destination_name}',
      actions: ['logs:DescribeDestinations'],
    },
    {
      key: 'logs.query-definition',
      reconType: 'query_definition',
      cloudFormationType: 'AWS::Logs::QueryDefinition',
      identifier: '{name}',
      arn: 'arn:{partition}:logs:{region}:{account}:query-definition:{query_definition_id}',
      actions: ['logs:DescribeQueryDefinitions'],
    },
    {
      key: 'logs.resource-policy',
      reconType: 'resource_policy',
      cloudFormationType: 'AWS::Logs::ResourcePolicy',
      identifier: '{path}',
      arn: 'arn:{partition}:logs:{region}:{account}:resource-policy:{policy_name}',
      actions: ['logs:DescribeResourcePolicies'],
    },
    {
      key: 'logs.delivery',
      reconType: 'delivery',
      cloudFormationType: 'AWS::Logs::Delivery',
      identifier: '{name}',
      arn: 'arn:{partition}:logs:{region}:{account}:delivery:{id}',
      actions: ['logs:DescribeDeliveries'],
    },
    {
      key: 'logs.delivery-source',
      reconType: 'delivery_source',
      cloudFormationType: 'AWS::Logs::DeliverySource',
      identifier: '{name}',
      arn: 'arn:{partition}:logs:{region}:{account}:delivery-source:{name}',
      actions: ['logs:DescribeDeliverySources'],
    },
    {
      key: 'logs.delivery-destination',
      reconType: 'delivery_destination',
      cloudFormationType: 'AWS::Logs::DeliveryDestination',
      identifier: '{name}',
      arn: 'arn:{partition}:logs:{region}:{account}:delivery-destination:{name}',
      actions: ['logs:DescribeDeliveryDestinations'],
    },
  ],
});

// ECS: its types, as data.
import { nativeService } from '../native-service.ts';

export const ecs = nativeService({
  key: 'ecs',
  reconName: 'ECS',
  namespaces: ['ECS'],
  scope: 'regional',
  types: [
    {
      key: 'ecs.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::ECS::Cluster',
      identifier: '{name}',
      arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{cluster_name}',
      actions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
    },
    {
      key: 'ecs.service',
      reconType: 'service',
      cloudFormationType: 'AWS::ECS::Service',
      identifier: '{arn}|arn:{partition}:ecs:{region}:{account}:cluster/{parent}',
      arn: '{service_arn}',
      arnPrefix: 'service/',
      actions: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
    },
    {
      key: 'ecs.task-definition',
      reconType: 'task_definition',
      cloudFormationType: 'AWS::ECS::TaskDefinition',
      identifier: '{arn}',
      arn: '{task_definition_arn}',
      arnPrefix: 'task-definition/',
      actions: ['ecs:ListTaskDefinitions'],
    },
    {
      key: 'ecs.capacity-provider',
      reconType: 'capacity_provider',
      cloudFormationType: 'AWS::ECS::CapacityProvider',
      identifier: '{name}',
      arn: 'arn:{partition}:ecs:{region}:{account}:capacity-provider/{name}',
      actions: ['ecs:DescribeCapacityProviders'],
    },
  ],
});

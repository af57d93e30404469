// MSK: its types, as data.
import { nativeService } from '../native-service.ts';

export const kafka = nativeService({
  key: 'kafka',
  reconName: 'Kafka',
  namespaces: ['MSK'],
  scope: 'regional',
  types: [
    {
      key: 'kafka.cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::MSK::Cluster',
      identifier: '{arn}',
      arn: '{cluster_arn}',
      arnPrefix: 'cluster/',
      actions: ['kafka:ListClustersV2'],
    },
    {
      key: 'kafka.serverless-cluster',
      reconType: 'cluster',
      cloudFormationType: 'AWS::MSK::ServerlessCluster',
      identifier: '{arn}',
      arn: '{cluster_arn}',
      // In no ARN: it does not tell the kind, and what only the Tagging API shows is taken for a provisioned one.
      arnPrefix: 'serverless-cluster/',
      actions: ['kafka:ListClustersV2'],
    },
    {
      key: 'kafka.configuration',
      reconType: 'configuration',
      cloudFormationType: 'AWS::MSK::Configuration',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'configuration/',
      actions: ['kafka:ListConfigurations'],
    },
    {
      key: 'kafka.replicator',
      reconType: 'replicator',
      cloudFormationType: 'AWS::MSK::Replicator',
      identifier: '{arn}',
      arn: '{replicator_arn}',
      arnPrefix: 'replicator/',
      actions: ['kafka:ListReplicators'],
    },
  ],
});

// Amazon MQ: its types, as data.
import { nativeService } from '../native-service.ts';

export const mq = nativeService({
  key: 'mq',
  reconName: 'MQ',
  namespaces: ['AmazonMQ'],
  scope: 'regional',
  types: [
    {
      key: 'mq.broker',
      reconType: 'broker',
      cloudFormationType: 'AWS::AmazonMQ::Broker',
      identifier: '{name}',
      arn: '{broker_arn}',
      arnPrefix: 'broker:*:',
      actions: ['mq:ListBrokers'],
    },
    {
      key: 'mq.configuration',
      reconType: 'configuration',
      cloudFormationType: 'AWS::AmazonMQ::Configuration',
      identifier: '{name}',
      arn: 'arn:{partition}:mq:{region}:{account}:configuration:{id}',
      actions: ['mq:ListConfigurations'],
    },
  ],
});

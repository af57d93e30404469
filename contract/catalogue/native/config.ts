// Config: its types, as data.
import { nativeService } from '../native-service.ts';

export const config = nativeService({
  key: 'config',
  reconName: 'ConfigService',
  namespaces: ['Config'],
  scope: 'regional',
  types: [
    {
      key: 'config.rule',
      reconType: 'rule',
      cloudFormationType: 'AWS::Config::ConfigRule',
      identifier: '{arn}',
      arn: '{config_rule_arn}',
      arnPrefix: 'config-rule/',
      taggable: true,
      actions: ['config:DescribeConfigRules'],
    },
    {
      key: 'config.configuration-recorder',
      reconType: 'configuration_recorder',
      cloudFormationType: 'AWS::Config::ConfigurationRecorder',
      identifier: '{parent}',
      arn: '{arn}',
      arnPrefix: 'configuration-recorder/',
      taggable: true,
      actions: ['config:DescribeConfigurationRecorders'],
    },
    {
      key: 'config.delivery-channel',
      reconType: 'delivery_channel',
      cloudFormationType: 'AWS::Config::DeliveryChannel',
      identifier: '{path}',
      arn: 'arn:{partition}:config:{region}:{account}:delivery-channel/{name}',
      actions: ['config:DescribeDeliveryChannels'],
    },
    {
      key: 'config.conformance-pack',
      reconType: 'conformance_pack',
      cloudFormationType: 'AWS::Config::ConformancePack',
      identifier: '{parent}',
      arn: '{conformance_pack_arn}',
      arnPrefix: 'conformance-pack/',
      actions: ['config:DescribeConformancePacks'],
    },
    {
      key: 'config.aggregator',
      reconType: 'configuration_aggregator',
      cloudFormationType: 'AWS::Config::ConfigurationAggregator',
      identifier: '{arn}',
      arn: '{configuration_aggregator_arn}',
      arnPrefix: 'config-aggregator/',
      actions: ['config:DescribeConfigurationAggregators'],
    },
  ],
});

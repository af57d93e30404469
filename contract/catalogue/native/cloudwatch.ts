// CloudWatch: its types, as data.
import { nativeService } from '../native-service.ts';

export const cloudwatch = nativeService({
  key: 'cloudwatch',
  reconName: 'CloudWatch',
  namespaces: ['CloudWatch'],
  scope: 'regional',
  types: [
    {
      key: 'cloudwatch.metric-alarm',
      reconType: 'metric_alarm',
      cloudFormationType: 'AWS::CloudWatch::Alarm',
      identifier: '{path}',
      arn: '{alarm_arn}',
      arnPrefix: 'alarm:',
      actions: ['cloudwatch:DescribeAlarms'],
    },
    {
      key: 'cloudwatch.composite-alarm',
      reconType: 'composite_alarm',
      cloudFormationType: 'AWS::CloudWatch::CompositeAlarm',
      identifier: '{path}',
      arn: '{alarm_arn}',
      // Its ARN is a metric alarm’s, and so is its identifier: this prefix leaves ARNs to that type.
      arnPrefix: 'composite-alarm:',
      actions: ['cloudwatch:DescribeAlarms'],
    },
    {
      key: 'cloudwatch.metric-stream',
      reconType: 'metric_stream',
      cloudFormationType: 'AWS::CloudWatch::MetricStream',
      identifier: '{name}',
      arn: '{arn}',
      arnPrefix: 'metric-stream/',
      actions: ['cloudwatch:ListMetricStreams'],
    },
    {
      key: 'cloudwatch.insight-rule',
      reconType: 'insight_rule',
      cloudFormationType: 'AWS::CloudWatch::InsightRule',
      identifier: '{arn}',
      arn: 'arn:{partition}:cloudwatch:{region}:{account}:insight-rule/{name}',
      actions: ['cloudwatch:DescribeInsightRules'],
    },
  ],
});

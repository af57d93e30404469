// Managed Service for Apache Flink: its types, as data.
import { nativeService } from '../native-service.ts';

export const kinesisanalytics = nativeService({
  key: 'kinesisanalytics',
  reconName: 'KinesisAnalyticsV2',
  namespaces: ['KinesisAnalyticsV2', 'KinesisAnalytics'],
  scope: 'regional',
  types: [
    {
      key: 'kinesisanalytics.application',
      reconType: 'application',
      cloudFormationType: 'AWS::KinesisAnalyticsV2::Application',
      identifier: '{name}',
      arn: 'arn:{partition}:kinesisanalytics:{region}:{account}:application/{application_name}',
      actions: ['kinesisanalytics:ListApplications'],
    },
  ],
});

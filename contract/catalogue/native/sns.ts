// SNS: its types, as data.
import { nativeService } from '../native-service.ts';

export const sns = nativeService({
  key: 'sns',
  reconName: 'SNS',
  namespaces: ['SNS'],
  scope: 'regional',
  types: [
    {
      key: 'sns.topic',
      reconType: 'topic',
      cloudFormationType: 'AWS::SNS::Topic',
      identifier: '{arn}',
      arn: '{topic_arn}',
      arnPrefix: '',
      actions: ['sns:ListTopics', 'sns:GetTopicAttributes'],
    },
    {
      key: 'sns.subscription',
      reconType: 'subscription',
      cloudFormationType: 'AWS::SNS::Subscription',
      identifier: '{arn}',
      arn: '{subscription_arn}',
      arnPrefix: '*:',
      actions: ['sns:ListSubscriptions'],
    },
    {
      key: 'sns.platform-application',
      reconType: 'platform_application',
      cloudFormationType: 'AWS::SNS::PlatformApplication',
      identifier: '{arn}',
      arn: '{platform_application_arn}',
      arnPrefix: 'app/*/',
      actions: ['sns:ListPlatformApplications'],
    },
  ],
});

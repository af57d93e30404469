// Elastic Beanstalk: its types, as data.
import { nativeService } from '../native-service.ts';

export const elasticbeanstalk = nativeService({
  key: 'elasticbeanstalk',
  reconName: 'ElasticBeanstalk',
  namespaces: ['ElasticBeanstalk'],
  scope: 'regional',
  types: [
    {
      key: 'elasticbeanstalk.application',
      reconType: 'application',
      cloudFormationType: 'AWS::ElasticBeanstalk::Application',
      identifier: '{path}',
      arn: '{application_arn}',
      arnPrefix: 'application/',
      taggable: true,
      actions: ['elasticbeanstalk:DescribeApplications'],
    },
    {
      key: 'elasticbeanstalk.environment',
      reconType: 'environment',
      cloudFormationType: 'AWS::ElasticBeanstalk::Environment',
      identifier: '{path}',
      arn: '{environment_arn}',
      arnPrefix: 'environment/*/',
      actions: ['elasticbeanstalk:DescribeEnvironments'],
    },
    {
      key: 'elasticbeanstalk.application-version',
      reconType: 'application_version',
      cloudFormationType: 'AWS::ElasticBeanstalk::ApplicationVersion',
      identifier: '{parent}|{path}',
      arn: '{application_version_arn}',
      arnPrefix: 'applicationversion/*/',
      taggable: true,
      actions: ['elasticbeanstalk:DescribeApplicationVersions'],
    },
  ],
});

// EMR Serverless: its types, as data.
import { nativeService } from '../native-service.ts';

export const emrServerless = nativeService({
  key: 'emr-serverless',
  reconName: 'EMRServerless',
  namespaces: ['EMRServerless'],
  scope: 'regional',
  types: [
    {
      key: 'emr-serverless.application',
      reconType: 'application',
      cloudFormationType: 'AWS::EMRServerless::Application',
      identifier: '{name}',
      arn: 'arn:{partition}:emr-serverless:{region}:{account}:/applications/{id}',
      actions: ['emr-serverless:ListApplications'],
    },
  ],
});

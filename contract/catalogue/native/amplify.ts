// Amplify: its types, as data.
import { nativeService } from '../native-service.ts';

export const amplify = nativeService({
  key: 'amplify',
  reconName: 'Amplify',
  namespaces: ['Amplify'],
  scope: 'regional',
  types: [
    {
      key: 'amplify.app',
      reconType: 'app',
      cloudFormationType: 'AWS::Amplify::App',
      identifier: '{arn}',
      arn: 'arn:{partition}:amplify:{region}:{account}:apps/{app_id}',
      actions: ['amplify:ListApps'],
    },
    {
      key: 'amplify.branch',
      reconType: 'branch',
      cloudFormationType: 'AWS::Amplify::Branch',
      identifier: '{arn}',
      arn: '{branch_arn}',
      arnPrefix: 'apps/*/branches/',
      actions: ['amplify:ListApps', 'amplify:ListBranches'],
    },
    {
      key: 'amplify.domain',
      reconType: 'domain',
      cloudFormationType: 'AWS::Amplify::Domain',
      identifier: '{arn}',
      arn: '{domain_association_arn}',
      arnPrefix: 'apps/*/domains/',
      actions: ['amplify:ListApps', 'amplify:ListDomainAssociations'],
    },
  ],
});

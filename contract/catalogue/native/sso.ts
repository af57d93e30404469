// IAM Identity Center: its types, as data.
import { nativeService } from '../native-service.ts';

export const sso = nativeService({
  key: 'sso',
  reconName: 'SSOAdmin',
  namespaces: ['SSO'],
  scope: 'regional',
  types: [
    {
      key: 'sso.instance',
      reconType: 'instance',
      cloudFormationType: 'AWS::SSO::Instance',
      identifier: '{arn}',
      arn: '{instance_arn}',
      arnPrefix: 'instance/',
      actions: ['sso:ListInstances'],
    },
    {
      key: 'sso.permission-set',
      reconType: 'permission_set',
      cloudFormationType: 'AWS::SSO::PermissionSet',
      identifier: 'arn:{partition}:sso:::instance/{parent}|{arn}',
      arn: '{permission_set_arn}',
      arnPrefix: 'permissionSet/',
      actions: ['sso:ListInstances', 'sso:ListPermissionSets', 'sso:DescribePermissionSet'],
    },
    {
      key: 'sso.application',
      reconType: 'application',
      cloudFormationType: 'AWS::SSO::Application',
      identifier: '{arn}',
      arn: '{application_arn}',
      arnPrefix: 'application/',
      actions: ['sso:ListInstances', 'sso:ListApplications'],
    },
  ],
});

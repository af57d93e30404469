// Cognito’s identity pools: its types, as data.
import { nativeService } from '../native-service.ts';

export const cognitoIdentity = nativeService({
  key: 'cognito-identity',
  reconName: 'CognitoIdentity',
  namespaces: ['Cognito'],
  scope: 'regional',
  types: [
    {
      key: 'cognito-identity.identity-pool',
      reconType: 'identity_pool',
      cloudFormationType: 'AWS::Cognito::IdentityPool',
      identifier: '{path}',
      arn: 'arn:{partition}:cognito-identity:{region}:{account}:identitypool/{identity_pool_id}',
      actions: ['cognito-identity:ListIdentityPools', 'cognito-identity:DescribeIdentityPool'],
    },
  ],
});

// Cognito’s user pools: its types, as data.
import { nativeService } from '../native-service.ts';

export const cognitoIdp = nativeService({
  key: 'cognito-idp',
  reconName: 'CognitoIdentityProvider',
  namespaces: ['Cognito'],
  scope: 'regional',
  types: [
    {
      key: 'cognito-idp.user-pool',
      reconType: 'user_pool',
      cloudFormationType: 'AWS::Cognito::UserPool',
      identifier: '{name}',
      arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{id}',
      actions: ['cognito-idp:ListUserPools', 'cognito-idp:DescribeUserPool'],
    },
    {
      key: 'cognito-idp.client',
      reconType: 'user_pool_client',
      cloudFormationType: 'AWS::Cognito::UserPoolClient',
      identifier: '{parent}|{name}',
      arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{user_pool_id}/client/{client_id}',
      actions: ['cognito-idp:ListUserPools', 'cognito-idp:ListUserPoolClients'],
    },
    {
      key: 'cognito-idp.group',
      reconType: 'user_pool_group',
      cloudFormationType: 'AWS::Cognito::UserPoolGroup',
      identifier: '{parent}|{path}',
      arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{user_pool_id}/group/{group_name}',
      actions: ['cognito-idp:ListUserPools', 'cognito-idp:ListGroups'],
    },
    {
      key: 'cognito-idp.identity-provider',
      reconType: 'identity_provider',
      cloudFormationType: 'AWS::Cognito::UserPoolIdentityProvider',
      identifier: '{parent}|{path}',
      arn: 'arn:{partition}:cognito-idp:{region}:{account}:userpool/{user_pool_id}/identityprovider/{provider_name}',
      actions: ['cognito-idp:ListUserPools', 'cognito-idp:ListIdentityProviders'],
    },
  ],
});

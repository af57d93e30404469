// Transfer Family: its types, as data.
import { nativeService } from '../native-service.ts';

export const transfer = nativeService({
  key: 'transfer',
  reconName: 'Transfer',
  namespaces: ['Transfer'],
  scope: 'regional',
  types: [
    {
      key: 'transfer.server',
      reconType: 'server',
      cloudFormationType: 'AWS::Transfer::Server',
      identifier: '{arn}',
      arn: 'arn:{partition}:transfer:{region}:{account}:server/{server_id}',
      actions: ['transfer:ListServers'],
    },
    {
      key: 'transfer.user',
      reconType: 'user',
      cloudFormationType: 'AWS::Transfer::User',
      identifier: '{arn}',
      arn: 'arn:{partition}:transfer:{region}:{account}:user/{server_id}/{user_name}',
      actions: ['transfer:ListServers', 'transfer:ListUsers'],
    },
    {
      key: 'transfer.workflow',
      reconType: 'workflow',
      cloudFormationType: 'AWS::Transfer::Workflow',
      identifier: '{name}',
      arn: 'arn:{partition}:transfer:{region}:{account}:workflow/{workflow_id}',
      actions: ['transfer:ListWorkflows'],
    },
    {
      key: 'transfer.connector',
      reconType: 'connector',
      cloudFormationType: 'AWS::Transfer::Connector',
      identifier: '{name}',
      arn: 'arn:{partition}:transfer:{region}:{account}:connector/{connector_id}',
      actions: ['transfer:ListConnectors'],
    },
    {
      key: 'transfer.profile',
      reconType: 'profile',
      cloudFormationType: 'AWS::Transfer::Profile',
      identifier: '{name}',
      arn: 'arn:{partition}:transfer:{region}:{account}:profile/{profile_id}',
      actions: ['transfer:ListProfiles'],
    },
    {
      key: 'transfer.certificate',
      reconType: 'certificate',
      cloudFormationType: 'AWS::Transfer::Certificate',
      identifier: '{name}',
      arn: 'arn:{partition}:transfer:{region}:{account}:certificate/{certificate_id}',
      actions: ['transfer:ListCertificates'],
    },
  ],
});

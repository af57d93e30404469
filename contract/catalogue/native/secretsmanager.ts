// Secrets Manager: its types, as data.
import { nativeService } from '../native-service.ts';

export const secretsmanager = nativeService({
  key: 'secretsmanager',
  reconName: 'SecretsManager',
  namespaces: ['SecretsManager'],
  scope: 'regional',
  types: [
    {
      key: 'secretsmanager.secret',
      reconType: 'secret',
      cloudFormationType: 'AWS::SecretsManager::Secret',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'secret:',
      actions: ['secretsmanager:ListSecrets'],
    },
  ],
});

// S3 Glacier: its types, as data.
import { nativeService } from '../native-service.ts';

export const glacier = nativeService({
  key: 'glacier',
  reconName: 'Glacier',
  namespaces: ['Glacier'],
  scope: 'regional',
  types: [
    {
      key: 'glacier.vault',
      reconType: 'vault',
      cloudFormationType: 'AWS::Glacier::Vault',
      identifier: '{name}',
      arn: 'arn:{partition}:glacier:{region}:{account}:vaults/{vault_name}',
      taggable: true,
      actions: ['glacier:ListVaults'],
    },
  ],
});

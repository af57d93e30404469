// Shield Advanced: its types, as data.
import { nativeService } from '../native-service.ts';

export const shield = nativeService({
  key: 'shield',
  reconName: 'Shield',
  namespaces: ['Shield'],
  scope: 'global',
  types: [
    {
      key: 'shield.protection',
      reconType: 'protection',
      cloudFormationType: 'AWS::Shield::Protection',
      identifier: '{arn}',
      arn: '{protection_arn}',
      arnPrefix: 'protection/',
      actions: ['shield:ListProtections'],
    },
    {
      key: 'shield.protection-group',
      reconType: 'protection_group',
      cloudFormationType: 'AWS::Shield::ProtectionGroup',
      identifier: '{arn}',
      arn: '{protection_group_arn}',
      arnPrefix: 'protection-group/',
      actions: ['shield:ListProtectionGroups'],
    },
  ],
});

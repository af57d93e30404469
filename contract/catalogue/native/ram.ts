// Resource Access Manager: its types, as data.
import { nativeService } from '../native-service.ts';

export const ram = nativeService({
  key: 'ram',
  reconName: 'RAM',
  namespaces: ['RAM'],
  scope: 'regional',
  types: [
    {
      key: 'ram.resource-share',
      reconType: 'resource_share',
      cloudFormationType: 'AWS::RAM::ResourceShare',
      identifier: '{arn}',
      arn: '{resource_share_arn}',
      arnPrefix: 'resource-share/',
      actions: ['ram:GetResourceShares'],
    },
    {
      key: 'ram.permission',
      reconType: 'permission',
      cloudFormationType: 'AWS::RAM::Permission',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'permission/',
      actions: ['ram:ListPermissions'],
    },
  ],
});

// Resource Groups: its types, as data.
import { nativeService } from '../native-service.ts';

export const resourceGroups = nativeService({
  key: 'resource-groups',
  reconName: 'ResourceGroups',
  namespaces: ['ResourceGroups'],
  scope: 'regional',
  types: [
    {
      key: 'resource-groups.group',
      reconType: 'group',
      cloudFormationType: 'AWS::ResourceGroups::Group',
      identifier: '{path}',
      arn: '{group_arn}',
      arnPrefix: 'group/',
      actions: ['resource-groups:ListGroups'],
    },
  ],
});

// Resource Explorer: its types, as data.
import { nativeService } from '../native-service.ts';

export const resourceExplorer2 = nativeService({
  key: 'resource-explorer-2',
  reconName: 'ResourceExplorer2',
  namespaces: ['ResourceExplorer2'],
  scope: 'regional',
  types: [
    {
      key: 'resource-explorer-2.index',
      reconType: 'index',
      cloudFormationType: 'AWS::ResourceExplorer2::Index',
      identifier: '{arn}',
      arn: '{arn}',
      arnPrefix: 'index/',
      actions: ['resource-explorer-2:ListIndexes'],
    },
    {
      key: 'resource-explorer-2.view',
      reconType: 'view',
      cloudFormationType: 'AWS::ResourceExplorer2::View',
      identifier: '{arn}',
      arn: '{view_arn}',
      arnPrefix: 'view/',
      actions: ['resource-explorer-2:ListViews'],
    },
  ],
});

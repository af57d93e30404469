// WorkSpaces: its types, as data.
import { nativeService } from '../native-service.ts';

export const workspaces = nativeService({
  key: 'workspaces',
  reconName: 'WorkSpaces',
  namespaces: ['WorkSpaces'],
  scope: 'regional',
  types: [
    {
      key: 'workspaces.workspace',
      reconType: 'workspace',
      cloudFormationType: 'AWS::WorkSpaces::Workspace',
      identifier: '{name}',
      arn: 'arn:{partition}:workspaces:{region}:{account}:workspace/{workspace_id}',
      actions: ['workspaces:DescribeWorkspaces'],
    },
    {
      key: 'workspaces.directory',
      reconType: 'directory',
      cloudFormationType: 'AWS::WorkSpaces::Directory',
      identifier: '{name}',
      arn: 'arn:{partition}:workspaces:{region}:{account}:directory/{directory_id}',
      taggable: true,
      actions: ['workspaces:DescribeWorkspaceDirectories'],
    },
    {
      key: 'workspaces.bundle',
      reconType: 'bundle',
      cloudFormationType: 'AWS::WorkSpaces::WorkspaceBundle',
      identifier: '{name}',
      arn: 'arn:{partition}:workspaces:{region}:{account}:workspacebundle/{bundle_id}',
      taggable: true,
      actions: ['workspaces:DescribeWorkspaceBundles'],
    },
    {
      key: 'workspaces.image',
      reconType: 'image',
      cloudFormationType: 'AWS::WorkSpaces::WorkspaceImage',
      identifier: '{name}',
      arn: 'arn:{partition}:workspaces:{region}:{account}:workspaceimage/{image_id}',
      taggable: true,
      actions: ['workspaces:DescribeWorkspaceImages'],
    },
    {
      key: 'workspaces.ip-group',
      reconType: 'ip_group',
      cloudFormationType: 'AWS::WorkSpaces::WorkspaceIpGroup',
      identifier: '{arn}',
      arn: 'arn:{partition}:workspaces:{region}:{account}:workspaceipgroup/{group_id}',
      actions: ['workspaces:DescribeIpGroups'],
    },
  ],
});

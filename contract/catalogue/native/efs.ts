// EFS: its types, as data.
import { nativeService } from '../native-service.ts';

export const efs = nativeService({
  key: 'efs',
  reconName: 'EFS',
  namespaces: ['EFS'],
  scope: 'regional',
  arnService: 'elasticfilesystem',
  types: [
    {
      key: 'efs.file-system',
      reconType: 'filesystem',
      cloudFormationType: 'AWS::EFS::FileSystem',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:file-system/{file_system_id}',
      actions: ['elasticfilesystem:DescribeFileSystems'],
    },
    {
      key: 'efs.access-point',
      reconType: 'access_point',
      cloudFormationType: 'AWS::EFS::AccessPoint',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:access-point/{access_point_id}',
      actions: ['elasticfilesystem:DescribeAccessPoints'],
    },
    {
      key: 'efs.mount-target',
      reconType: 'mount_target',
      cloudFormationType: 'AWS::EFS::MountTarget',
      identifier: '{name}',
      arn: 'arn:{partition}:elasticfilesystem:{region}:{account}:mount-target/{mount_target_id}',
      actions: ['elasticfilesystem:DescribeFileSystems', 'elasticfilesystem:DescribeMountTargets'],
    },
  ],
});

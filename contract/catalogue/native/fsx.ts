// FSx: its types, as data.
import { nativeService } from '../native-service.ts';

export const fsx = nativeService({
  key: 'fsx',
  reconName: 'FSx',
  namespaces: ['FSx'],
  scope: 'regional',
  types: [
    {
      key: 'fsx.file-system',
      reconType: 'file_system',
      cloudFormationType: 'AWS::FSx::FileSystem',
      identifier: '{name}',
      arn: 'arn:{partition}:fsx:{region}:{account}:file-system/{file_system_id}',
      actions: ['fsx:DescribeFileSystems'],
    },
    {
      key: 'fsx.storage-virtual-machine',
      reconType: 'storage_virtual_machine',
      cloudFormationType: 'AWS::FSx::StorageVirtualMachine',
      identifier: '{name}',
      arn: 'arn:{partition}:fsx:{region}:{account}:storage-virtual-machine/{file_system_id}/{storage_virtual_machine_id}',
      actions: ['fsx:DescribeStorageVirtualMachines'],
    },
    {
      key: 'fsx.volume',
      reconType: 'volume',
      cloudFormationType: 'AWS::FSx::Volume',
      identifier: '{name}',
      arn: 'arn:{partition}:fsx:{region}:{account}:volume/{file_system_id}/{volume_id}',
      actions: ['fsx:DescribeVolumes'],
    },
    {
      key: 'fsx.backup',
      reconType: 'backup',
      cloudFormationType: 'AWS::FSx::Backup',
      identifier: '{arn}',
      arn: 'arn:{partition}:fsx:{region}:{account}:backup/{backup_id}',
      actions: ['fsx:DescribeBackups'],
    },
    {
      key: 'fsx.snapshot',
      reconType: 'snapshot',
      cloudFormationType: 'AWS::FSx::Snapshot',
      identifier: '{arn}',
      arn: 'arn:{partition}:fsx:{region}:{account}:snapshot/{volume_id}/{snapshot_id}',
      actions: ['fsx:DescribeSnapshots'],
    },
    {
      key: 'fsx.file-cache',
      reconType: 'file_cache',
      cloudFormationType: 'AWS::FSx::FileCache',
      identifier: '{arn}',
      arn: 'arn:{partition}:fsx:{region}:{account}:file-cache/{file_cache_id}',
      actions: ['fsx:DescribeFileCaches'],
    },
    {
      key: 'fsx.data-repository-association',
      reconType: 'data_repository_association',
      cloudFormationType: 'AWS::FSx::DataRepositoryAssociation',
      identifier: '{name}',
      arn: '{resource_arn}',
      arnPrefix: 'association/*/',
      actions: ['fsx:DescribeDataRepositoryAssociations'],
    },
  ],
});

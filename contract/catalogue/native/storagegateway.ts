// Storage Gateway: its types, as data.
import { nativeService } from '../native-service.ts';

export const storagegateway = nativeService({
  key: 'storagegateway',
  reconName: 'StorageGateway',
  namespaces: ['StorageGateway'],
  scope: 'regional',
  types: [
    {
      key: 'storagegateway.gateway',
      reconType: 'gateway',
      cloudFormationType: 'AWS::StorageGateway::Gateway',
      identifier: '{name}',
      arn: 'arn:{partition}:storagegateway:{region}:{account}:gateway/{gateway_id}',
      taggable: true,
      actions: ['storagegateway:ListGateways'],
    },
    {
      key: 'storagegateway.volume',
      reconType: 'volume',
      cloudFormationType: 'AWS::StorageGateway::Volume',
      identifier: '{arn}',
      arn: '{volume_arn}',
      arnPrefix: 'gateway/*/volume/',
      actions: ['storagegateway:ListVolumes'],
    },
    {
      key: 'storagegateway.file-share',
      reconType: 'file_share',
      cloudFormationType: 'AWS::StorageGateway::FileShare',
      identifier: '{name}',
      arn: 'arn:{partition}:storagegateway:{region}:{account}:share/{file_share_id}',
      taggable: true,
      actions: ['storagegateway:ListFileShares'],
    },
    {
      key: 'storagegateway.file-system-association',
      reconType: 'file_system_association',
      cloudFormationType: 'AWS::StorageGateway::FileSystemAssociation',
      identifier: '{name}',
      arn: 'arn:{partition}:storagegateway:{region}:{account}:fs-association/{file_system_association_id}',
      taggable: true,
      actions: ['storagegateway:ListFileSystemAssociations'],
    },
    {
      key: 'storagegateway.tape',
      reconType: 'tape',
      cloudFormationType: 'AWS::StorageGateway::Tape',
      identifier: '{arn}',
      arn: 'arn:{partition}:storagegateway:{region}:{account}:tape/{tape_barcode}',
      actions: ['storagegateway:ListTapes'],
    },
    {
      key: 'storagegateway.tape-pool',
      reconType: 'tape_pool',
      cloudFormationType: 'AWS::StorageGateway::TapePool',
      identifier: '{arn}',
      arn: '{pool_arn}',
      arnPrefix: 'tapepool/',
      actions: ['storagegateway:ListTapePools'],
    },
  ],
});

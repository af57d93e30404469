// S3 Control: its types, as data.
import { nativeService } from '../native-service.ts';

export const s3control = nativeService({
  key: 's3control',
  reconName: 'S3',
  namespaces: ['S3'],
  scope: 'regional',
  arnService: 's3',
  types: [
    {
      key: 's3control.access-point',
      reconType: 'access_point',
      cloudFormationType: 'AWS::S3::AccessPoint',
      identifier: '{name}',
      arn: 'arn:{partition}:s3:{region}:{account}:accesspoint/{name}',
      actions: ['s3:ListAccessPoints'],
    },
    {
      key: 's3control.storage-lens',
      reconType: 'storage_lens',
      cloudFormationType: 'AWS::S3::StorageLens',
      identifier: '{name}',
      arn: 'arn:{partition}:s3:{region}:{account}:storage-lens/{id}',
      actions: ['s3:ListStorageLensConfigurations'],
    },
    {
      key: 's3control.storage-lens-group',
      reconType: 'storage_lens_group',
      cloudFormationType: 'AWS::S3::StorageLensGroup',
      identifier: '{name}',
      arn: 'arn:{partition}:s3:{region}:{account}:storage-lens-group/{name}',
      actions: ['s3:ListStorageLensGroups'],
    },
  ],
});

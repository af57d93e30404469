// S3: its types, as data.
import { nativeService } from '../native-service.ts';

export const s3 = nativeService({
  key: 's3',
  reconName: 'S3',
  namespaces: ['S3'],
  scope: 'global',
  types: [
    {
      key: 's3.bucket',
      reconType: 'bucket',
      cloudFormationType: 'AWS::S3::Bucket',
      identifier: '{name}',
      arn: 'arn:{partition}:s3:::{name}',
      actions: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
    },
  ],
});

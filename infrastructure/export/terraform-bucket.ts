// The bucket of the reports and files in buckets as blocks of Terraform. Pure.
import type { DesiredBucket, DesiredObject } from '../../contract/access/estate.ts';
import { bucketPolicyPath, objectPath } from './document-files.ts';
import { attribute, type Block, block, listOf, quoted } from './hcl.ts';
import { documentAt, inAccount, label } from './terraform-roles.ts';

export const bucketReference = 'aws_s3_bucket.reports';

const ofBucket = (type: string, body: Block['body']): Block =>
  block(
    'resource',
    [`aws_s3_bucket_${type}`, 'reports'],
    [inAccount('security'), attribute('bucket', `${bucketReference}.id`), ...body],
  );

const lifecycle = ({ abortMultipartDays, expireDays, noncurrentDays }: DesiredBucket['lifecycle']): Block =>
  ofBucket('lifecycle_configuration', [
    // S3 takes rules about old versions only from who has versions.
    attribute('depends_on', listOf(['aws_s3_bucket_versioning.reports'])),
    block(
      'rule',
      [],
      [
        attribute('id', quoted('aws-inventory')),
        attribute('status', quoted('Enabled')),
        block('filter', [], []),
        block('abort_incomplete_multipart_upload', [], [attribute('days_after_initiation', abortMultipartDays)]),
        ...(expireDays === null ? [] : [block('expiration', [], [attribute('days', expireDays)])]),
        ...(noncurrentDays === null
          ? []
          : [block('noncurrent_version_expiration', [], [attribute('noncurrent_days', noncurrentDays)])]),
      ],
    ),
  ]);

const encryption = (kmsKey: string | null): Block => {
  const byDefault =
    kmsKey === null
      ? [attribute('sse_algorithm', quoted('AES256'))]
      : [attribute('sse_algorithm', quoted('aws:kms')), attribute('kms_master_key_id', quoted(kmsKey))];
  const rule = [
    attribute('bucket_key_enabled', kmsKey !== null),
    block('apply_server_side_encryption_by_default', [], byDefault),
  ];
  return ofBucket('server_side_encryption_configuration', [block('rule', [], rule)]);
};

const objectLock = (lock: DesiredBucket['objectLock']): Block[] => {
  if (lock === null) return [];
  const retention = [attribute('mode', quoted(lock.mode)), attribute('days', lock.days)];
  return [ofBucket('object_lock_configuration', [block('rule', [], [block('default_retention', [], retention)])])];
};

export const bucketBlocks = (bucket: DesiredBucket): Block[] => [
  block(
    'resource',
    ['aws_s3_bucket', 'reports'],
    [
      inAccount('security'),
      attribute('bucket', quoted(bucket.name)),
      ...(bucket.objectLock === null ? [] : [attribute('object_lock_enabled', true)]),
    ],
  ),
  ofBucket('public_access_block', [
    attribute('block_public_acls', true),
    attribute('block_public_policy', true),
    attribute('ignore_public_acls', true),
    attribute('restrict_public_buckets', true),
  ]),
  ofBucket('ownership_controls', [block('rule', [], [attribute('object_ownership', quoted('BucketOwnerEnforced'))])]),
  ofBucket('versioning', [block('versioning_configuration', [], [attribute('status', quoted('Enabled'))])]),
  encryption(bucket.kmsKey),
  lifecycle(bucket.lifecycle),
  ...objectLock(bucket.objectLock),
  ofBucket('policy', [
    attribute('policy', documentAt(bucketPolicyPath(bucket))),
    // Two settings of one bucket at the same moment are a conflict for S3.
    attribute('depends_on', listOf(['aws_s3_bucket_public_access_block.reports'])),
  ]),
];

export const objectBlock = (object: DesiredObject): Block =>
  block(
    'resource',
    ['aws_s3_object', label(object.key)],
    [
      inAccount(object.account),
      attribute('bucket', quoted(object.bucket)),
      attribute('key', quoted(object.key)),
      attribute('content', documentAt(objectPath(object))),
      attribute('content_type', quoted('application/json')),
    ],
  );

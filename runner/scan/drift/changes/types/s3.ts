// Compared by attribute: buckets, with the settings that Terraform keeps in the bucket (provider 3) or beside it (4 and later).
import { asked, type ComparedType, compared, each, mapped, type Read } from '../comparison.ts';
import { type Form, flag, foldedText, text } from '../forms.ts';
import { policy } from '../policy-form.ts';

/** No configuration at all is the same as one that blocks nothing. */
const blocks = each(flag, path => asked(path, false), {
  block_public_acls: 'PublicAccessBlock.BlockPublicAcls',
  block_public_policy: 'PublicAccessBlock.BlockPublicPolicy',
  ignore_public_acls: 'PublicAccessBlock.IgnorePublicAcls',
  restrict_public_buckets: 'PublicAccessBlock.RestrictPublicBuckets',
});

const status = (name: string, none: string): Read => asked(`Versioning.${name}`, none);
const isOn = (name: string): Read => mapped(status(name, 'Disabled'), value => value === 'Enabled');

/** AWS gives a key back as it was set: as an id, an alias or an ARN. */
const keyId: Form = {
  canonical: value => (typeof value === 'string' && value !== '' ? value.replace(/^arn:.*:key\//, '') : null),
};

/** Not to say it is to leave it off. */
const enabledOrNot: Form = { canonical: value => (value === 'Enabled' ? 'Enabled' : 'Disabled') };

const encryption = (block: string) => {
  const byDefault = `${block}.apply_server_side_encryption_by_default.0`;
  return [
    compared(`${byDefault}.sse_algorithm`, text, asked('Encryption.0.ApplyServerSideEncryptionByDefault.SSEAlgorithm')),
    compared(
      `${byDefault}.kms_master_key_id`,
      keyId,
      asked('Encryption.0.ApplyServerSideEncryptionByDefault.KMSMasterKeyID', null),
    ),
    compared(`${block}.bucket_key_enabled`, flag, asked('Encryption.0.BucketKeyEnabled', false)),
  ];
};

const loggingTo = (block: string) =>
  each(text, asked, {
    [`${block}target_bucket`]: 'Logging.TargetBucket',
    [`${block}target_prefix`]: 'Logging.TargetPrefix',
  });

export const s3Types: readonly ComparedType[] = [
  {
    types: ['aws_s3_bucket'],
    tags: 'asked',
    comparisons: [
      compared('policy', policy, asked('Policy')),
      compared('versioning.0.enabled', flag, isOn('Status'), { empty: false }),
      compared('versioning.0.mfa_delete', flag, isOn('MFADelete')),
      ...encryption('server_side_encryption_configuration.0.rule.0'),
      ...loggingTo('logging.0.'),
    ],
  },
  { types: ['aws_s3_bucket_public_access_block'], comparisons: blocks },
  {
    types: ['aws_s3_bucket_versioning'],
    comparisons: [
      compared('versioning_configuration.0.status', text, status('Status', 'Disabled')),
      compared('versioning_configuration.0.mfa_delete', enabledOrNot, status('MFADelete', 'Disabled')),
    ],
  },
  { types: ['aws_s3_bucket_server_side_encryption_configuration'], comparisons: encryption('rule.0') },
  { types: ['aws_s3_bucket_policy'], comparisons: [compared('policy', policy, asked('Policy'))] },
  {
    types: ['aws_s3_bucket_ownership_controls'],
    comparisons: [compared('rule.0.object_ownership', text, asked('OwnershipControls.0.ObjectOwnership'))],
  },
  { types: ['aws_s3_bucket_logging'], comparisons: loggingTo('') },
  {
    types: ['aws_s3_bucket_accelerate_configuration'],
    comparisons: [compared('status', foldedText, asked('Acceleration.Status', 'Suspended'))],
  },
];

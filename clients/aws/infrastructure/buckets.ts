// The bucket of the reports: its settings as S3 has them, and the calls that change one. Throws what the SDK throws.
import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  type DefaultRetention,
  DeleteBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { describeAwsError } from '../errors.ts';
import { tagList, tagMap } from '../tag-lists.ts';

/** A bucket of this name, and the account that is to own it. */
export interface OwnedBucket {
  readonly client: S3Client;
  readonly name: string;
  readonly owner: string;
}

export const openBuckets = (connection: AwsConnection): S3Client =>
  new S3Client({
    ...clientConfiguration(connection),
    forcePathStyle: connection.pathStyleBuckets,
    followRegionRedirects: true,
  });

/** What S3 says of a setting that nobody has made. */
const unset = new Set([
  'NoSuchBucketPolicy',
  'NoSuchLifecycleConfiguration',
  'NoSuchTagSet',
  'NoSuchPublicAccessBlockConfiguration',
  'OwnershipControlsNotFoundError',
  'ServerSideEncryptionConfigurationNotFoundError',
  'ObjectLockConfigurationNotFoundError',
]);

const orUnset = async <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> => {
  try {
    return await asked;
  } catch (thrown) {
    if (unset.has(describeAwsError(thrown).code)) return undefined;
    throw thrown;
  }
};

const onBucket = ({ name, owner }: OwnedBucket) => ({ Bucket: name, ExpectedBucketOwner: owner });

export type { LifecycleRule } from '@aws-sdk/client-s3';

export interface LiveBucket {
  readonly region: string;
  readonly versioning: string;
  /** `AES256`, or `aws:kms` with its key. */
  readonly encryption: { readonly algorithm: string; readonly kmsKey: string | null } | null;
  readonly publicAccessBlocked: boolean;
  readonly ownership: string | null;
  readonly policy: unknown;
  readonly lifecycle: readonly LifecycleRule[];
  readonly objectLock: { readonly mode: string; readonly days: number } | null;
  readonly tags: Readonly<Record<string, string>>;
}

/** Two old names for regions, which S3 keeps. */
const regionOf = (constraint: string | undefined): string =>
  constraint === 'EU' ? 'eu-west-1' : constraint === undefined || constraint === '' ? 'us-east-1' : constraint;

/** `absent`, `foreign` when another account owns it or when S3 does not say why it refuses, or that it is there. */
export const findBucket = async (bucket: OwnedBucket): Promise<'absent' | 'foreign' | 'there'> => {
  try {
    // Not HeadBucket: its answer has no body, and so no reason.
    await bucket.client.send(new GetBucketLocationCommand(onBucket(bucket)));
    return 'there';
  } catch (thrown) {
    const { kind, action } = describeAwsError(thrown);
    if (kind === 'not-found') return 'absent';
    // It names the right that is missing to the owner of the bucket alone.
    if (kind === 'denied' && action === null) return 'foreign';
    throw thrown;
  }
};

/** One of the two is set. */
const daysIn = ({ Days, Years }: DefaultRetention): number => (Years ? Years * 365 : (Days ?? 0));

export const readBucket = async (bucket: OwnedBucket): Promise<LiveBucket> => {
  const { client } = bucket;
  const on = onBucket(bucket);
  const [location, versioning, encryption, block, ownership, policy, lifecycle, lock, tagging] = await Promise.all([
    client.send(new GetBucketLocationCommand(on)),
    client.send(new GetBucketVersioningCommand(on)),
    orUnset(client.send(new GetBucketEncryptionCommand(on))),
    orUnset(client.send(new GetPublicAccessBlockCommand(on))),
    orUnset(client.send(new GetBucketOwnershipControlsCommand(on))),
    orUnset(client.send(new GetBucketPolicyCommand(on))),
    orUnset(client.send(new GetBucketLifecycleConfigurationCommand(on))),
    orUnset(client.send(new GetObjectLockConfigurationCommand(on))),
    orUnset(client.send(new GetBucketTaggingCommand(on))),
  ]);
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  const blocked = block?.PublicAccessBlockConfiguration;
  const retention = lock?.ObjectLockConfiguration?.Rule?.DefaultRetention;
  return {
    region: regionOf(location.LocationConstraint),
    versioning: versioning.Status ?? 'Off',
    encryption:
      rule?.SSEAlgorithm === undefined ? null : { algorithm: rule.SSEAlgorithm, kmsKey: rule.KMSMasterKeyID ?? null },
    publicAccessBlocked:
      blocked?.BlockPublicAcls === true &&
      blocked.BlockPublicPolicy === true &&
      blocked.IgnorePublicAcls === true &&
      blocked.RestrictPublicBuckets === true,
    ownership: ownership?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? null,
    policy: policy?.Policy === undefined ? undefined : JSON.parse(policy.Policy),
    lifecycle: lifecycle?.Rules ?? [],
    objectLock: retention?.Mode === undefined ? null : { mode: retention.Mode, days: daysIn(retention) },
    tags: tagMap(tagging?.TagSet),
  };
};

export interface BucketBirth {
  readonly region: string;
  readonly objectLock: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** Needs `s3:TagResource` beside `s3:CreateBucket`. */
export const createBucket = async (
  { client, name }: OwnedBucket,
  { region, objectLock, tags }: BucketBirth,
): Promise<void> => {
  await client.send(
    new CreateBucketCommand({
      Bucket: name,
      CreateBucketConfiguration: {
        // us-east-1 is the one region that must not be named.
        ...(region === 'us-east-1' ? {} : { LocationConstraint: region as BucketLocationConstraint }),
        Tags: tagList(tags),
      },
      ...(objectLock ? { ObjectLockEnabledForBucket: true } : {}),
    }),
  );
};

export const turnVersioningOn = async (bucket: OwnedBucket): Promise<void> => {
  const VersioningConfiguration = { Status: 'Enabled' as const };
  await bucket.client.send(new PutBucketVersioningCommand({ ...onBucket(bucket), VersioningConfiguration }));
};

export const encryptBucket = async (bucket: OwnedBucket, kmsKey: string | null): Promise<void> => {
  const byDefault =
    kmsKey === null
      ? { SSEAlgorithm: 'AES256' as const }
      : { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: kmsKey };
  await bucket.client.send(
    new PutBucketEncryptionCommand({
      ...onBucket(bucket),
      ServerSideEncryptionConfiguration: {
        // A key of the bucket's own saves nine calls of KMS in ten.
        Rules: [{ ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: kmsKey !== null }],
      },
    }),
  );
};

export const blockPublicAccess = async (bucket: OwnedBucket): Promise<void> => {
  const PublicAccessBlockConfiguration = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };
  await bucket.client.send(new PutPublicAccessBlockCommand({ ...onBucket(bucket), PublicAccessBlockConfiguration }));
};

export const enforceOwnership = async (bucket: OwnedBucket): Promise<void> => {
  const OwnershipControls = { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' as const }] };
  await bucket.client.send(new PutBucketOwnershipControlsCommand({ ...onBucket(bucket), OwnershipControls }));
};

export const putBucketPolicy = async (bucket: OwnedBucket, policy: unknown): Promise<void> => {
  await bucket.client.send(new PutBucketPolicyCommand({ ...onBucket(bucket), Policy: JSON.stringify(policy) }));
};

export const putLifecycle = async (bucket: OwnedBucket, rules: readonly LifecycleRule[]): Promise<void> => {
  const LifecycleConfiguration = { Rules: [...rules] };
  await bucket.client.send(new PutBucketLifecycleConfigurationCommand({ ...onBucket(bucket), LifecycleConfiguration }));
};

export const lockObjects = async (
  bucket: OwnedBucket,
  { mode, days }: { readonly mode: 'GOVERNANCE' | 'COMPLIANCE'; readonly days: number },
): Promise<void> => {
  const ObjectLockConfiguration = {
    ObjectLockEnabled: 'Enabled' as const,
    Rule: { DefaultRetention: { Mode: mode, Days: days } },
  };
  await bucket.client.send(new PutObjectLockConfigurationCommand({ ...onBucket(bucket), ObjectLockConfiguration }));
};

export const deleteBucket = async (bucket: OwnedBucket): Promise<void> => {
  await bucket.client.send(new DeleteBucketCommand(onBucket(bucket)));
};

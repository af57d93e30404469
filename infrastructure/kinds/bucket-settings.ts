// The settings of the bucket that are one call each: what differs, and the call. Those that protect what somebody else put there are
// weakened with --replace alone.
import {
  blockPublicAccess,
  encryptBucket,
  enforceOwnership,
  type LifecycleRule,
  type LiveBucket,
  lockObjects,
  type OwnedBucket,
  putLifecycle,
  turnVersioningOn,
} from '../../clients/aws/infrastructure/buckets.ts';
import type { BucketLifecycle, DesiredBucket } from '../../contract/access/estate.ts';
import { type Difference, isOurs } from '../resource-kind.ts';

const ruleId = 'aws-inventory';

const lifecycleRule = ({ abortMultipartDays, expireDays, noncurrentDays }: BucketLifecycle): LifecycleRule => ({
  ID: ruleId,
  Status: 'Enabled',
  Filter: { Prefix: '' },
  AbortIncompleteMultipartUpload: { DaysAfterInitiation: abortMultipartDays },
  ...(expireDays === null ? {} : { Expiration: { Days: expireDays } }),
  ...(noncurrentDays === null ? {} : { NoncurrentVersionExpiration: { NoncurrentDays: noncurrentDays } }),
});

/** What the rule does, whichever way S3 writes its filter. */
const daysOf = (rule: LifecycleRule | undefined) =>
  rule === undefined
    ? undefined
    : {
        status: rule.Status,
        abortMultipartDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation ?? null,
        expireDays: rule.Expiration?.Days ?? null,
        noncurrentDays: rule.NoncurrentVersionExpiration?.NoncurrentDays ?? null,
      };

export interface SettingChange {
  readonly difference: Difference;
  readonly says: string;
  readonly run: () => Promise<void>;
}

interface SettingFacts {
  readonly before: unknown;
  readonly after: unknown;
  readonly weakens?: boolean;
  readonly run: () => Promise<void>;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const change = (attribute: string, { before, after, weakens = false, run }: SettingFacts): SettingChange[] => {
  if (isSame(before, after)) return [];
  const there = before === undefined || before === null ? {} : { before };
  const difference = { attribute, ...there, after, ...(weakens ? { takesAway: true as const } : {}) };
  return [{ difference, says: `set ${attribute}`, run }];
};

const lifecycleChange = (
  desired: DesiredBucket,
  live: LiveBucket | undefined,
  bucket: OwnedBucket,
): SettingChange[] => {
  const wanted = lifecycleRule(desired.lifecycle);
  const there = live?.lifecycle ?? [];
  const others = there.filter(({ ID }) => ID !== ruleId);
  return change('lifecycle', {
    before: daysOf(there.find(({ ID }) => ID === ruleId)),
    after: daysOf(wanted),
    run: () => putLifecycle(bucket, [...others, wanted]),
  });
};

type Encryption = NonNullable<LiveBucket['encryption']>;
type ObjectLock = NonNullable<LiveBucket['objectLock']>;

const encryptionOf = ({ kmsKey }: DesiredBucket): Encryption =>
  kmsKey === null ? { algorithm: 'AES256', kmsKey: null } : { algorithm: 'aws:kms', kmsKey };

/** Weakest first. */
const encryptionAlgorithms = ['AES256', 'aws:kms', 'aws:kms:dsse'];

const isWeakerEncryption = (wanted: Encryption, there: Encryption): boolean =>
  encryptionAlgorithms.indexOf(wanted.algorithm) < encryptionAlgorithms.indexOf(there.algorithm);

const isWeakerLock = (wanted: ObjectLock, there: ObjectLock): boolean =>
  wanted.days < there.days || (wanted.mode === 'GOVERNANCE' && there.mode === 'COMPLIANCE');

/** In the order in which they are made: nothing is put into a bucket that is open for a moment. */
export const settingChanges = (
  desired: DesiredBucket,
  live: LiveBucket | undefined,
  bucket: OwnedBucket,
): SettingChange[] => {
  const isAdopted = live !== undefined && !isOurs(live.tags);
  const { encryption = null, objectLock: lock = null } = live ?? {};
  const { kmsKey, objectLock } = desired;
  const wanted = encryptionOf(desired);
  return [
    ...change('publicAccessBlocked', {
      before: live?.publicAccessBlocked,
      after: true,
      run: () => blockPublicAccess(bucket),
    }),
    ...change('ownership', {
      before: live?.ownership,
      after: 'BucketOwnerEnforced',
      run: () => enforceOwnership(bucket),
    }),
    ...change('versioning', { before: live?.versioning, after: 'Enabled', run: () => turnVersioningOn(bucket) }),
    ...change('encryption', {
      before: encryption,
      after: wanted,
      weakens: isAdopted && encryption !== null && isWeakerEncryption(wanted, encryption),
      run: () => encryptBucket(bucket, kmsKey),
    }),
    ...lifecycleChange(desired, live, bucket),
    ...(objectLock === null
      ? []
      : change('objectLock', {
          before: lock,
          after: objectLock,
          weakens: isAdopted && lock !== null && isWeakerLock(objectLock, lock),
          run: () => lockObjects(bucket, objectLock),
        })),
  ];
};

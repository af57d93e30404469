// The bucket of the reports: every setting that keeps it private, whole and versioned.
import { deleteVersions, listVersions } from '../../clients/aws/infrastructure/bucket-objects.ts';
import {
  blockPublicAccess,
  createBucket,
  deleteBucket,
  encryptBucket,
  enforceOwnership,
  findBucket,
  type LifecycleRule,
  type LiveBucket,
  lockObjects,
  type OwnedBucket,
  putBucketPolicy,
  putLifecycle,
  readBucket,
  tagBucket,
  turnVersioningOn,
} from '../../clients/aws/infrastructure/buckets.ts';
import { templateKey } from '../../contract/access/bucket-policy.ts';
import type { BucketLifecycle, DesiredBucket } from '../../contract/access/estate.ts';
import { InventoryError } from '../../contract/errors.ts';
import { comparePolicies, isDue } from '../compare-policies.ts';
import type { EstateConnections } from '../connections.ts';
import {
  type Assessment,
  type Difference,
  isOurs,
  notMadeHere,
  ownTag,
  type RemovalOptions,
  type ResourceKind,
  type Step,
} from '../resource-kind.ts';

const ruleId = 'aws-inventory';

export const lifecycleRule = ({ abortMultipartDays, expireDays, noncurrentDays }: BucketLifecycle): LifecycleRule => ({
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

interface Change {
  readonly difference: Difference;
  readonly says: string;
  readonly run: () => Promise<void>;
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const bucketOf = ({ account, name }: DesiredBucket, connections: EstateConnections): OwnedBucket => ({
  client: connections[account].s3,
  name,
  owner: connections[account].accountId,
});

const lifecycleChange = (desired: DesiredBucket, live: LiveBucket | undefined, bucket: OwnedBucket): Change[] => {
  const wanted = lifecycleRule(desired.lifecycle);
  const there = live?.lifecycle ?? [];
  const before = daysOf(there.find(({ ID }) => ID === ruleId));
  if (isSame(before, daysOf(wanted))) return [];
  const others = there.filter(({ ID }) => ID !== ruleId);
  return [
    {
      difference: { attribute: 'lifecycle', ...(before === undefined ? {} : { before }), after: daysOf(wanted) },
      says: 'put the lifecycle rule',
      run: () => putLifecycle(bucket, [...others, wanted]),
    },
  ];
};

const encryptionOf = ({ kmsKey }: DesiredBucket): LiveBucket['encryption'] =>
  kmsKey === null ? { algorithm: 'AES256', kmsKey: null } : { algorithm: 'aws:kms', kmsKey };

const lockChange = (desired: DesiredBucket, live: LiveBucket | undefined, bucket: OwnedBucket): Change[] => {
  const { objectLock } = desired;
  if (objectLock === null || isSame(live?.objectLock ?? null, objectLock)) return [];
  const before = live?.objectLock ?? undefined;
  return [
    {
      difference: { attribute: 'objectLock', ...(before === undefined ? {} : { before }), after: objectLock },
      says: 'lock objects',
      run: () => lockObjects(bucket, objectLock),
    },
  ];
};

/** In the order in which they are made: nothing is put into a bucket that is open for a moment. */
const changesOf = (desired: DesiredBucket, live: LiveBucket | undefined, bucket: OwnedBucket): Change[] => {
  const simple = (attribute: string, facts: { before: unknown; after: unknown; run: () => Promise<void> }): Change[] =>
    isSame(facts.before, facts.after)
      ? []
      : [
          {
            difference: {
              attribute,
              ...(facts.before === undefined || facts.before === null ? {} : { before: facts.before }),
              after: facts.after,
            },
            says: `set ${attribute}`,
            run: facts.run,
          },
        ];
  return [
    ...simple('publicAccessBlocked', {
      before: live?.publicAccessBlocked,
      after: true,
      run: () => blockPublicAccess(bucket),
    }),
    ...simple('ownership', {
      before: live?.ownership,
      after: 'BucketOwnerEnforced',
      run: () => enforceOwnership(bucket),
    }),
    ...simple('versioning', { before: live?.versioning, after: 'Enabled', run: () => turnVersioningOn(bucket) }),
    ...simple('encryption', {
      before: live?.encryption,
      after: encryptionOf(desired),
      run: () => encryptBucket(bucket, desired.kmsKey),
    }),
    ...lifecycleChange(desired, live, bucket),
    ...lockChange(desired, live, bucket),
  ];
};

const foreign = (desired: DesiredBucket, owner: string): InventoryError =>
  new InventoryError(
    'bucket-taken',
    `The bucket ${JSON.stringify(desired.name)} is there, and does not belong to ${owner}, or this identity may not see it`,
  );

const remarksOf = (desired: DesiredBucket, live: LiveBucket): string[] => [
  ...(live.region === desired.region ? [] : [`it lies in ${live.region}, and stays there`]),
  ...(live.objectLock !== null && desired.objectLock === null
    ? [`its object lock (${live.objectLock.mode}, ${live.objectLock.days} days) stays`]
    : []),
  ...(isOurs(live.tags) ? [] : [`${notMadeHere}: destroy will leave it`]),
];

const creation = (desired: DesiredBucket, bucket: OwnedBucket): Step[] => [
  {
    says: `create the bucket in ${desired.region}`,
    run: () => createBucket(bucket, { region: desired.region, objectLock: desired.objectLock !== null }),
  },
  { says: 'tag the bucket', run: () => tagBucket(bucket, ownTag) },
];

const assessBucket = async (desired: DesiredBucket, connections: EstateConnections): Promise<Assessment> => {
  const bucket = bucketOf(desired, connections);
  const found = await findBucket(bucket);
  if (found === 'foreign') throw foreign(desired, bucket.owner);
  const live = found === 'there' ? await readBucket(bucket) : undefined;
  const changes = changesOf(desired, live, bucket);
  const policy = comparePolicies('policy', { live: live?.policy, desired: desired.policy });
  const made = { attribute: 'region', after: desired.region };
  return {
    exists: live !== undefined,
    differences: [
      ...(live === undefined ? [made] : []),
      ...changes.map(({ difference }) => difference),
      ...policy.differences,
    ],
    remarks: live === undefined ? [] : remarksOf(desired, live),
    steps: replace => {
      const document = replace ? policy.replaced : policy.merged;
      const put = { says: 'put the bucket policy', run: () => putBucketPolicy(bucket, document) };
      return [
        ...(live === undefined ? creation(desired, bucket) : []),
        ...changes.map(({ says, run }) => ({ says, run })),
        ...(policy.differences.some(difference => isDue(difference, replace)) ? [put] : []),
      ];
    },
  };
};

const emptyBucket = async (bucket: OwnedBucket, signal: AbortSignal): Promise<void> => {
  for (;;) {
    signal.throwIfAborted();
    const versions = await listVersions(bucket);
    if (versions.length === 0) return;
    const refused = await deleteVersions(bucket, versions);
    if (refused.length > 0)
      throw new Error(`S3 did not delete ${refused.length} versions: ${refused.slice(0, 3).join('; ')}`);
  }
};

const keptBecause = (live: LiveBucket, hasData: boolean, { deleteBucketWithData }: RemovalOptions): string | null => {
  if (!isOurs(live.tags)) return notMadeHere;
  if (hasData && live.objectLock !== null) return 'its objects are locked';
  if (hasData && !deleteBucketWithData) return 'it holds data; --delete-bucket-with-data deletes all of it';
  return null;
};

export const bucketKind: ResourceKind<DesiredBucket> = {
  nameOf: ({ name }) => `bucket ${name}`,
  assess: assessBucket,
  removal: async (desired, connections, options) => {
    const bucket = bucketOf(desired, connections);
    const found = await findBucket(bucket);
    if (found === 'absent') return { exists: false, kept: null, steps: [] };
    if (found === 'foreign') return { exists: true, kept: 'it belongs to another account', steps: [] };
    const [live, versions] = await Promise.all([readBucket(bucket), listVersions(bucket)]);
    const hasData = versions.some(({ Key }) => Key !== templateKey);
    const kept = keptBecause(live, hasData, options);
    if (kept !== null) return { exists: true, kept, steps: [] };
    const empty = { says: 'delete everything in it', run: (signal: AbortSignal) => emptyBucket(bucket, signal) };
    const remove = { says: 'delete the bucket', run: () => deleteBucket(bucket) };
    return { exists: true, kept: null, steps: versions.length > 0 ? [empty, remove] : [remove] };
  },
};

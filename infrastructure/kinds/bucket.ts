// The bucket of the reports: every setting that keeps it private, whole and versioned.
import { deleteVersions, listVersions } from '../../clients/aws/infrastructure/bucket-objects.ts';
import {
  createBucket,
  deleteBucket,
  findBucket,
  type LiveBucket,
  type OwnedBucket,
  putBucketPolicy,
  readBucket,
} from '../../clients/aws/infrastructure/buckets.ts';
import { templateKey } from '../../contract/access/bucket-policy.ts';
import type { DesiredBucket } from '../../contract/access/estate.ts';
import { InventoryError } from '../../contract/errors.ts';
import { comparePolicies, isDue } from '../compare-policies.ts';
import type { EstateConnections } from '../connections.ts';
import {
  type Assessment,
  isOurs,
  notMadeHere,
  ownTag,
  type RemovalOptions,
  type ResourceKind,
  type Step,
} from '../resource-kind.ts';
import { settingChanges } from './bucket-settings.ts';

const bucketOf = ({ account, name }: DesiredBucket, connections: EstateConnections): OwnedBucket => ({
  client: connections[account].s3,
  name,
  owner: connections[account].accountId,
});

const foreign = (desired: DesiredBucket, owner: string): InventoryError =>
  new InventoryError(
    'bucket-taken',
    `The bucket ${JSON.stringify(desired.name)} is there, and does not belong to ${owner}, or this identity may not see it`,
    {
      remedy: `Choose another name with reports.bucket, or the profile of the account that owns this one; if it is the bucket of ${owner}, allow s3:GetBucketLocation on it.`,
    },
  );

const remarksOf = (desired: DesiredBucket, live: LiveBucket): string[] => [
  ...(live.region === desired.region ? [] : [`it lies in ${live.region}, and stays there`]),
  ...(live.objectLock !== null && desired.objectLock === null
    ? [`its object lock (${live.objectLock.mode}, ${live.objectLock.days} days) stays`]
    : []),
  ...(isOurs(live.tags) ? [] : [`${notMadeHere}: destroy will leave it`]),
];

/** Tagged by the same call: one that is killed after it would leave a bucket that nobody knows as ours. */
const creation = ({ region, objectLock }: DesiredBucket, bucket: OwnedBucket): Step => ({
  says: `create the bucket in ${region}`,
  run: () => createBucket(bucket, { region, objectLock: objectLock !== null, tags: ownTag }),
});

const assessBucket = async (desired: DesiredBucket, connections: EstateConnections): Promise<Assessment> => {
  const bucket = bucketOf(desired, connections);
  const found = await findBucket(bucket);
  if (found === 'foreign') throw foreign(desired, bucket.owner);
  const live = found === 'there' ? await readBucket(bucket) : undefined;
  const changes = settingChanges(desired, live, bucket);
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
        ...(live === undefined ? [creation(desired, bucket)] : []),
        ...changes.filter(({ difference }) => isDue(difference, replace)).map(({ says, run }) => ({ says, run })),
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
    if (found === 'foreign')
      return { exists: true, kept: 'it belongs to another account, or this identity may not see it', steps: [] };
    const [live, versions] = await Promise.all([readBucket(bucket), listVersions(bucket)]);
    const hasData = versions.some(({ Key }) => Key !== templateKey);
    const kept = keptBecause(live, hasData, options);
    if (kept !== null) return { exists: true, kept, steps: [] };
    const empty = { says: 'delete everything in it', run: (signal: AbortSignal) => emptyBucket(bucket, signal) };
    const remove = { says: 'delete the bucket', run: () => deleteBucket(bucket) };
    return { exists: true, kept: null, steps: versions.length > 0 ? [empty, remove] : [remove] };
  },
};

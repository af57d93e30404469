// A file in a bucket of somebody else's: written when its content is another, taken away only where it is still ours.
import { deleteFile, readFile, writeFile } from '../../clients/aws/infrastructure/bucket-objects.ts';
import type { DesiredObject } from '../../contract/access/estate.ts';
import type { EstateConnections } from '../connections.ts';
import { type Assessment, notMadeHere, type ResourceKind } from '../resource-kind.ts';

/** User metadata of S3: the tag's key has a colon, which a header may not have. */
const ownMetadata = { 'managed-by': 'aws-inventory-orchestrator' } as const;

const isOurs = (metadata: Readonly<Record<string, string>>): boolean =>
  metadata['managed-by'] === ownMetadata['managed-by'];

const sameJson = (one: string, other: string): boolean => {
  try {
    return JSON.stringify(JSON.parse(one)) === JSON.stringify(JSON.parse(other));
  } catch {
    return one === other;
  }
};

const assessObject = async (desired: DesiredObject, connections: EstateConnections): Promise<Assessment> => {
  const { s3 } = connections[desired.account];
  const live = await readFile(s3, desired.bucket, desired.key);
  const differs = live === undefined || !sameJson(live.body, desired.body);
  const step = {
    says: `upload ${desired.key}`,
    run: () => writeFile(s3, { ...desired, metadata: ownMetadata }),
  };
  const before = live === undefined ? {} : { before: live.body };
  return {
    exists: live !== undefined,
    differences: differs ? [{ attribute: 'content', ...before, after: desired.body }] : [],
    remarks: [],
    steps: () => (differs ? [step] : []),
  };
};

export const objectKind: ResourceKind<DesiredObject> = {
  nameOf: ({ bucket, key }) => `object s3://${bucket}/${key}`,
  assess: assessObject,
  removal: async (desired, connections) => {
    const { s3 } = connections[desired.account];
    const live = await readFile(s3, desired.bucket, desired.key);
    if (live === undefined) return { exists: false, kept: null, steps: [] };
    if (!isOurs(live.metadata)) return { exists: true, kept: notMadeHere, steps: [] };
    const run = () => deleteFile(s3, desired.bucket, desired.key);
    return { exists: true, kept: null, steps: [{ says: 'delete the object', run }] };
  },
};

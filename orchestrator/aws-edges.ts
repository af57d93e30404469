// Settings and environment → what every run needs of AWS, on a laptop and in a cluster: accounts, partition, bucket.
import { type AwsConnection, readAwsConnection } from '../clients/aws/connection.ts';
import { readOrganization } from '../clients/aws/organizations.ts';
import { getCallerIdentity } from '../clients/aws/sts.ts';
import type { Organization } from '../contract/account.ts';
import { driftNeedsTags, driftNeedsTree } from '../contract/drift/drift-settings.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { needsTags, needsTree, type Selection } from '../contract/selection.ts';
import { openResultStore } from './bucket-store.ts';
import type { RunEdges } from './run-organization.ts';
import { unusableIdentity } from './unusable-identity.ts';

export interface AwsEdges extends Pick<RunEdges, 'store' | 'readAccounts' | 'readPartition'> {
  readonly bucket: string;
  readonly region: string;
  readonly close: () => void;
}

const listedAccounts = (settings: RunSettings): Organization | null => {
  if (settings.accounts.from === 'organization') return null;
  const accounts = settings.accounts.from.map(({ id, name, ...rest }) => ({
    id,
    name: name ?? id,
    state: 'ACTIVE',
    path: null,
    unitIds: null,
    tags: null,
    ...rest,
  }));
  return { accounts, units: [] };
};

const readPartition = async (connection: AwsConnection, signal: AbortSignal): Promise<string> => {
  try {
    return (await getCallerIdentity(connection, signal)).partition;
  } catch (thrown) {
    throw unusableIdentity(thrown);
  }
};

const requireBucket = (settings: RunSettings): string => {
  if (settings.reports.bucket !== undefined) return settings.reports.bucket;
  throw new InventoryError('settings-invalid', 'No bucket is named for the reports', {
    remedy: 'Give --bucket, set BUCKET_NAME, or set reports.bucket in config.yaml.',
  });
};

/** Who there is, for whom no bucket is needed. Calls nothing yet. */
export const openAccountEdges = (
  settings: RunSettings,
  connection: AwsConnection,
  signal: AbortSignal,
): Pick<AwsEdges, 'readAccounts' | 'readPartition'> => ({
  readAccounts: async (selection: Selection) => {
    const reading = {
      tree: needsTree(selection) || driftNeedsTree(settings.drift),
      tags: needsTags(selection) || driftNeedsTags(settings.drift),
      signal,
    };
    return listedAccounts(settings) ?? (await readOrganization(connection, reading));
  },
  readPartition: () => readPartition(connection, signal),
});

/** Throws settings-invalid without a bucket; calls nothing yet. `signal` ends every later call. */
export const openAwsEdges = (
  settings: RunSettings,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): AwsEdges => {
  const bucket = requireBucket(settings);
  const connection = readAwsConnection(environment, settings.region);
  const owner = settings.reports.expectedOwner ?? undefined;
  const store = openResultStore(connection, { name: bucket, owner, kmsKey: settings.reports.kmsKey ?? undefined });
  return {
    bucket,
    region: connection.region,
    store,
    ...openAccountEdges(settings, connection, signal),
    close: store.close,
  };
};

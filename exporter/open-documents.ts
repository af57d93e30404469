// Where the fleet's exporter reads from: a directory that was named, or the bucket of the settings.
import { readAwsConnection } from '../clients/aws/connection.ts';
import { type Documents, openBucketDocuments, openDirectoryDocuments } from '../clients/results/documents.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';

export interface DocumentsChoice {
  readonly settings: RunSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory?: string | undefined;
}

/** Of manifests and latest.json. */
export const documentsPrefix = ({ reports }: RunSettings): string => reports.otherPrefix ?? reports.prefix;

/** Reads nothing of a bucket yet. Throws usage or settings-invalid. */
export const openDocuments = async ({ settings, environment, directory }: DocumentsChoice): Promise<Documents> => {
  if (directory !== undefined) return await openDirectoryDocuments(directory);
  const { bucket, expectedOwner } = settings.reports;
  if (bucket === undefined) {
    throw new InventoryError('settings-invalid', 'There is no bucket and no directory to read results from', {
      remedy: 'Give --bucket or --directory, set BUCKET_NAME, or set reports.bucket in config.yaml.',
    });
  }
  const connection = readAwsConnection(environment, settings.region);
  return openBucketDocuments(connection, { name: bucket, owner: expectedOwner ?? undefined });
};

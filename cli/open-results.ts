// Where a command reads results from: the bucket of the settings, or a directory that is named.
import { join } from 'node:path';
import { readAwsConnection } from '../clients/aws/connection.ts';
import { openBucketResults } from '../clients/results/bucket-results.ts';
import { openDirectoryResults } from '../clients/results/directory-results.ts';
import type { Results } from '../clients/results/results.ts';
import { cacheDirectory } from '../clients/simulator/cache-directory.ts';
import { InventoryError } from '../contract/errors.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import type { CommandContext } from './command-context.ts';
import { readConfig } from './read-config.ts';

export interface ResultsFlags {
  readonly directory?: string;
  readonly bucket?: string;
  readonly config?: string;
}

export const resultsSettings = (flags: ResultsFlags, environment: CommandContext['environment']): RunSettings =>
  readSettings({
    file: readConfig(flags.config),
    environment,
    overrides: flags.bucket === undefined ? {} : { reports: { bucket: flags.bucket } },
  });

/** Prefix of manifests and latest.json. */
export const manifestPrefix = ({ reports }: RunSettings): string => reports.otherPrefix ?? reports.prefix;

/** Throws usage where two places are named, and settings-invalid where none is. */
export const openResults = (
  flags: ResultsFlags,
  settings: RunSettings,
  { environment, signal }: { readonly environment: CommandContext['environment']; readonly signal: AbortSignal },
): Results => {
  if (flags.directory !== undefined) {
    if (flags.bucket === undefined) return openDirectoryResults(flags.directory);
    throw new InventoryError('usage', '--directory and --bucket name two places: give one of them');
  }
  const { bucket, expectedOwner } = settings.reports;
  if (bucket === undefined) {
    throw new InventoryError('settings-invalid', 'There is no bucket and no directory to read results from', {
      remedy: 'Give --bucket or --directory, set BUCKET_NAME, or set reports.bucket in config.yaml.',
    });
  }
  return openBucketResults(
    readAwsConnection(environment, settings.region),
    { name: bucket, owner: expectedOwner ?? undefined },
    { cacheDirectory: join(cacheDirectory(environment, 'reports'), bucket), signal },
  );
};

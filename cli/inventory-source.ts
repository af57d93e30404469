// Source of `tags --source inventory`: a sweep of the account as `inventory` does it, which also sees what was never tagged.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AwsConnection } from '../clients/aws/connection.ts';
import { readRecords } from '../clients/formats/convert-report.ts';
import { parseArn } from '../contract/catalogue/arn.ts';
import { globalRegion } from '../contract/catalogue/services.ts';
import { InventoryError } from '../contract/errors.ts';
import { reconFile } from '../contract/names.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { blindOutcomes, type Cell } from '../contract/scan-report.ts';
import { enterAccount } from '../exporter/tag-compliance/enter-account.ts';
import type { ReadAccount, RegionBook, ScannedAccount } from '../exporter/tag-compliance/read-account.ts';
import type { InventoryResult } from '../runner/scan/inventory/inventory.ts';
import { sweepAccount } from './sweep-account.ts';

export interface InventorySourceOptions {
  /** With the caller's own credentials. */
  readonly connection: AwsConnection;
  /** Of what is to be listed. */
  readonly settings: RunSettings;
}

const noteUnseen = (book: RegionBook, cells: readonly Cell[]): void => {
  const blind = cells.filter(({ outcome }) => blindOutcomes.includes(outcome));
  for (const [region, those] of Map.groupBy(blind, cell => cell.region)) {
    book.unseen(region, new Set(those.map(({ type }) => type)).size);
  }
};

const noteRecords = async (book: RegionBook, path: string): Promise<void> => {
  for await (const { record } of readRecords(path)) {
    const { resourceType: type, resourceId, region, tags } = record;
    // Some types have no ARN: what names them is then CloudFormation's.
    const arn = record.resource.arn || `${type}/${resourceId}`;
    book.found(region, { arn, type, tags, isShownByTagging: record.sources.includes('tagging') });
  }
};

interface SweepFacts {
  readonly connection: AwsConnection;
  readonly account: ScannedAccount;
  readonly directory: string;
  readonly signal: AbortSignal;
}

const sweep = (
  { settings }: InventorySourceOptions,
  { connection, account, directory, signal }: SweepFacts,
): Promise<InventoryResult> => {
  const partition = account.role === undefined ? undefined : parseArn(account.role.roleArn)?.partition;
  return sweepAccount({
    settings: { ...settings, regions: account.regions === 'enabled' ? account.regions : [...account.regions] },
    connection:
      account.regions === 'enabled' ? connection : { ...connection, region: account.regions[0] ?? connection.region },
    identity: { accountId: account.id, arn: '', partition: partition ?? 'aws' },
    directory,
    signal,
    progress: { advance: () => undefined, stop: () => undefined },
  });
};

/** What is global has the region `global`. */
export const inventorySource =
  (options: InventorySourceOptions): ReadAccount =>
  async (account, book, signal) => {
    const connection = await enterAccount(options.connection, account, signal);
    const directory = await mkdtemp(join(tmpdir(), 'aws-inventory-'));
    try {
      const { verdict, cells } = await sweep(options, { connection, account, directory, signal });
      signal.throwIfAborted();
      if (verdict.outcome === 'failed') {
        const { code = 'unexpected', message = 'the sweep failed', remedy } = verdict;
        throw new InventoryError(code, message, { remedy });
      }
      await noteRecords(book, join(directory, reconFile));
      noteUnseen(book, cells);
      // Where the account says which regions it has, the cells have them.
      const regions = account.regions === 'enabled' ? cells.map(({ region }) => region) : account.regions;
      for (const region of new Set([...regions, globalRegion])) book.end(region);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  };

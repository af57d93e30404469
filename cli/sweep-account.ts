// The inventory of the current account at a terminal, as the settings choose it: what `inventory` and `drift` both begin with.
import type { AwsConnection } from '../clients/aws/connection.ts';
import type { CallerIdentity } from '../clients/aws/sts.ts';
import { chooseInventory } from '../contract/inventory-choice.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { type InventoryResult, runInventory } from '../runner/scan/inventory/inventory.ts';
import type { InventoryProgress } from './inventory-progress.ts';

export interface AccountSweep {
  readonly settings: RunSettings;
  readonly connection: AwsConnection;
  readonly identity: CallerIdentity;
  /** The report goes there; removed by the caller. */
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly progress: InventoryProgress;
}

/** Throws the system's errors alone: what AWS refuses stands in the result. */
export const sweepAccount = (sweep: AccountSweep): Promise<InventoryResult> => {
  const { settings, connection, identity, directory, signal, progress } = sweep;
  const { regions, services, types, exclude, accepted, maxPerType } = chooseInventory(
    settings.inventory,
    identity.accountId,
  );
  return runInventory({
    order: {
      account: identity.accountId,
      partition: identity.partition,
      regions: regions ?? settings.regions,
      selection: { services, types, exclude },
      accepted,
      maxPerType,
    },
    connection,
    reportsDirectory: directory,
    signal,
    progress: progress.advance,
  });
};

// What of an account is to be listed: what the settings say of it alone stands above what they say of all. Pure.
import type { Settings } from './settings.ts';

type Inventory = Settings['inventory'];

export interface InventoryChoice extends Omit<Inventory, 'overrides'> {
  /** undefined where the settings name none for this account. */
  readonly regions?: Settings['regions'] | undefined;
}

export const chooseInventory = ({ overrides, ...all }: Inventory, account: string): InventoryChoice => {
  const own = overrides[account] ?? {};
  return {
    services: own.services ?? all.services,
    types: own.types ?? all.types,
    exclude: own.exclude ?? all.exclude,
    accepted: own.accepted ?? all.accepted,
    maxPerType: own.maxPerType === undefined ? all.maxPerType : own.maxPerType,
    regions: own.regions,
  };
};

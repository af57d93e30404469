// What a scan of tags asks of its source: the resources of an account, region by region, and how each region ended.
import type { InventoryError } from '../../contract/errors.ts';
import type { TagRules } from '../../contract/tags/tag-rules.ts';
import type { JudgedResource } from '../../reports/tags/judge-tags.ts';

/** An account as its series name it, and how to get in. */
export interface ScannedAccount {
  readonly id: string;
  readonly name: string;
  /** `enabled`: those that the account has switched on. */
  readonly regions: readonly string[] | 'enabled';
  /** undefined where the caller's own credentials are the account's. */
  readonly role: { readonly roleArn: string; readonly externalId?: string | undefined } | undefined;
  readonly rules: TagRules;
}

/** Filled by the source. A region that it does not end counts as one that failed. */
export interface RegionBook {
  readonly found: (region: string, resource: JudgedResource) => void;
  readonly end: (region: string, failure?: InventoryError) => void;
  /** Types of the region that could not be listed: what there is of them is in no count. */
  readonly unseen: (region: string, types: number) => void;
}

/** Throws what keeps the whole account from being read; what is wrong with one region goes into the book. */
export type ReadAccount = (account: ScannedAccount, book: RegionBook, signal: AbortSignal) => Promise<void>;

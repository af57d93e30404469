// An account as every room knows it: where it comes from, and which states are scanned.
import * as z from 'zod';

export const accountIdSchema = z.string().regex(/^\d{12}$/, 'an account id has exactly 12 digits');

export interface Account {
  readonly id: string;
  /** As its owner wrote it: any character may be in it, so it is data everywhere and never part of a path or a command. */
  readonly name: string;
  /** `ACTIVE`, `SUSPENDED`, `PENDING_CLOSURE`, `PENDING_ACTIVATION`, `CLOSED`, or one that AWS adds later. */
  readonly state: string;
  /** Names of its organizational units from the root down; null when the Organization's tree was not read. */
  readonly path: readonly string[] | null;
  /** Ids of the root and the units above it, outermost first; null when the tree was not read. */
  readonly unitIds: readonly string[] | null;
  /** null when tags were not read. */
  readonly tags: Readonly<Record<string, string>> | null;
  /** What a list in the settings says about this account; Organizations knows none of it. */
  readonly role?: string | undefined;
  readonly externalId?: string | undefined;
  readonly regions?: readonly string[] | undefined;
}

/** Who there is to choose from. */
export interface Organization {
  readonly accounts: readonly Account[];
  /** Organizational units by id and path, those without accounts too; empty when the tree was not read. */
  readonly units: readonly { readonly id: string; readonly path: readonly string[] }[];
}

const endedStates = new Set(['SUSPENDED', 'PENDING_CLOSURE', 'PENDING_ACTIVATION', 'CLOSED']);

/** Only known not-active states are skipped: a state that AWS adds later is tried, because silence would hide the account. */
export const isScannable = (account: Account): boolean => !endedStates.has(account.state);

// What every kind of resource answers to plan, apply and destroy: how it differs, and the calls that would bring it about.
import type { EstateConnections } from './connections.ts';

/** One attribute: what is there, and what is to be. */
export interface Difference {
  readonly attribute: string;
  /** undefined where it is not there. */
  readonly before?: unknown;
  /** undefined where it is taken away. */
  readonly after?: unknown;
  /** Somebody else's: done with --replace alone. */
  readonly takesAway?: true;
}

export interface Step {
  /** `create the role`, for who reads where it stopped. */
  readonly says: string;
  /** `say` tells of what takes long. */
  readonly run: (signal: AbortSignal, say: (text: string) => void) => Promise<void>;
}

export interface Assessment {
  readonly exists: boolean;
  readonly differences: readonly Difference[];
  /** What is left as it is and why, and what the reader should know. */
  readonly remarks: readonly string[];
  /** In their order; without `replace` they take nothing away. */
  readonly steps: (replace: boolean) => readonly Step[];
}

/** What destroy would do with it: nothing where `kept` says why. */
export interface Removal {
  readonly exists: boolean;
  /** Why it stays; null when it goes. */
  readonly kept: string | null;
  readonly steps: readonly Step[];
}

export interface RemovalOptions {
  readonly deleteBucketWithData: boolean;
}

export interface ResourceKind<Desired> {
  /** `role Inventory-Runner`. */
  readonly nameOf: (desired: Desired) => string;
  /** Reads alone. Throws what the SDK throws, or an InventoryError. */
  readonly assess: (desired: Desired, connections: EstateConnections, signal: AbortSignal) => Promise<Assessment>;
  readonly removal: (
    desired: Desired,
    connections: EstateConnections,
    options: RemovalOptions & { readonly signal: AbortSignal },
  ) => Promise<Removal>;
}

/** On everything that is made here: what carries it may be deleted by destroy, and nothing else. */
export const ownTag = { 'aws-inventory:managed-by': 'aws-inventory-orchestrator' } as const;

export const isOurs = (tags: Readonly<Record<string, string>>): boolean =>
  Object.entries(ownTag).every(([key, value]) => tags[key] === value);

export const notMadeHere = 'it was not made here';

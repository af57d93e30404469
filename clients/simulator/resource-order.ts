// One thing that a plan wants in an account of the simulator, and what creating it answers.
import type { AccountClients } from './account-clients.ts';
import type { TerraformResource } from './terraform-state.ts';

export type ResourceKind =
  | 'bucket'
  | 'cluster'
  | 'database'
  | 'function'
  | 'key'
  | 'log-group'
  | 'network'
  | 'queue'
  | 'role'
  | 'stack'
  | 'table'
  | 'topic'
  | 'user'
  | 'volume';

export interface ResourceOrder {
  readonly kind: ResourceKind;
  /** Ignored for IAM. */
  readonly region: string;
  /** Unique for its kind in the account; a role's may begin with a path, as `managed/inventory`. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Machines in a network; 0 when left out. */
  readonly instances?: number;
}

/** Answers with what Terraform's state would say of it. */
export type Create = (account: AccountClients, order: ResourceOrder) => Promise<readonly TerraformResource[]>;

/** Its tags as most services write them. */
export const keyValues = ({ tags }: ResourceOrder) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

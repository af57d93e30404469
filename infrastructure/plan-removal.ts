// What destroy would do: the estate from its last resource to its first, what was made here and nothing else. Writes nothing.
import type { DesiredResource } from '../contract/access/estate.ts';
import type { InventoryError } from '../contract/errors.ts';
import type { EstateConnections } from './connections.ts';
import { explainFailure } from './explain.ts';
import { planRemoval, resourceName } from './kinds.ts';
import type { Removal, RemovalOptions } from './resource-kind.ts';

export interface PlannedRemoval {
  readonly name: string;
  readonly account: string;
  readonly accountId: string;
  /** undefined where it could not be read. */
  readonly removal?: Removal;
  readonly error?: InventoryError;
}

/** Rejects only when the signal aborts. */
export const planRemovals = async (
  estate: readonly DesiredResource[],
  connections: EstateConnections,
  options: RemovalOptions & { readonly signal: AbortSignal },
): Promise<PlannedRemoval[]> => {
  const planned: PlannedRemoval[] = [];
  for (const resource of estate.toReversed()) {
    const { account } = resource;
    const { accountId } = connections[account];
    const facts = { name: resourceName(resource), account, accountId };
    try {
      planned.push({ ...facts, removal: await planRemoval(resource, connections, options) });
    } catch (thrown) {
      options.signal.throwIfAborted();
      const error = explainFailure(thrown, `${facts.name} could not be read`, `${account} ${accountId}`);
      planned.push({ ...facts, error });
    }
  }
  return planned;
};

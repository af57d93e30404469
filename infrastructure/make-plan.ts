// What is to be done: every resource is read, compared, and kept with the calls that would bring it about. Writes nothing.
import pLimit from 'p-limit';
import type { DesiredResource, EstateAccount } from '../contract/access/estate.ts';
import type { InventoryError } from '../contract/errors.ts';
import { isDue } from './compare-policies.ts';
import type { EstateConnections } from './connections.ts';
import { explainFailure } from './explain.ts';
import { assessResource, resourceName } from './kinds.ts';
import type { Assessment, Difference } from './resource-kind.ts';

export interface PlannedResource {
  readonly name: string;
  readonly account: EstateAccount;
  readonly accountId: string;
  /** undefined where it could not be read. */
  readonly assessment?: Assessment;
  readonly error?: InventoryError;
}

export type PlannedAction = 'create' | 'change' | 'none' | 'unknown';

/** IAM answers some twenty reads a second for an account. */
const readsAtOnce = 8;

const planResource = async (
  resource: DesiredResource,
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<PlannedResource> => {
  const { account } = resource;
  const { accountId } = connections[account];
  const facts = { name: resourceName(resource), account, accountId };
  try {
    return { ...facts, assessment: await assessResource(resource, connections, signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    return { ...facts, error: explainFailure(thrown, `${facts.name} could not be read`, `${account} ${accountId}`) };
  }
};

/** One resource that cannot be read is told of with the others. Rejects only when the signal aborts. */
export const makePlan = async (
  estate: readonly DesiredResource[],
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<PlannedResource[]> =>
  await pLimit(readsAtOnce).map(estate, resource => planResource(resource, connections, signal));

/** Those that this apply would bring about. */
export const dueDifferences = ({ assessment }: PlannedResource, replace: boolean): readonly Difference[] =>
  (assessment?.differences ?? []).filter(difference => isDue(difference, replace));

export const actionOf = (planned: PlannedResource, replace: boolean): PlannedAction => {
  if (planned.assessment === undefined) return 'unknown';
  if (!planned.assessment.exists) return 'create';
  return dueDifferences(planned, replace).length > 0 ? 'change' : 'none';
};

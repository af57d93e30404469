// All that a plan has to know of the roll-out: the StackSet, whom it has reached, and whether it may act in the Organization at all.
import {
  isTrusted,
  listDelegatedAdministrators,
  readRoot,
} from '../../clients/aws/infrastructure/organization-trust.ts';
import {
  type LiveStackSet,
  listStackInstances,
  readStackSet,
  type StackSetEdge,
} from '../../clients/aws/infrastructure/stack-sets.ts';
import { readOrganization } from '../../clients/aws/organizations.ts';
import type { DesiredStackSet } from '../../contract/access/estate.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { EstateConnections } from '../connections.ts';
import { compareReach, type Reached } from './reached-accounts.ts';

export interface RollOut {
  readonly edge: StackSetEdge;
  readonly live: LiveStackSet | undefined;
  readonly reached: Reached;
  /** Of units or of the root. */
  readonly targets: readonly string[];
  readonly trusted: boolean;
  readonly delegated: boolean;
}

/** Throws settings-invalid for a delegated administrator whose credentials nobody has given. */
const stackSetEdge = (desired: DesiredStackSet, connections: EstateConnections): StackSetEdge => {
  const { delegatedAdministrator: administrator, account, name } = desired;
  const { accountId, stackSets } = connections[account];
  if (administrator !== null && administrator !== accountId) {
    throw new InventoryError(
      'settings-invalid',
      `The delegated administrator ${administrator} is neither the management account nor the account of the bucket, ${accountId}`,
      { remedy: 'Name the account of the bucket in infrastructure.rollOut.delegatedAdministrator, or null.' },
    );
  }
  return { client: stackSets, name, delegated: administrator !== null };
};

const unknownUnits = (desired: DesiredStackSet, units: readonly { readonly id: string }[]): void => {
  const unknown = desired.organizationalUnits.filter(id => !units.some(unit => unit.id === id));
  if (unknown.length === 0) return;
  throw new InventoryError(
    'settings-invalid',
    `infrastructure.rollOut.organizationalUnits names what the Organization does not have: ${unknown.join(', ')}`,
    { remedy: `It has ${units.map(({ id }) => id).join(', ')}.` },
  );
};

export interface FoundStackSet {
  readonly edge: StackSetEdge;
  readonly live: LiveStackSet | undefined;
  readonly delegated: boolean;
}

/** Throws what the SDK throws, settings-invalid. */
export const findStackSet = async (
  desired: DesiredStackSet,
  connections: EstateConnections,
): Promise<FoundStackSet> => {
  const edge = stackSetEdge(desired, connections);
  const { delegatedAdministrator: administrator } = desired;
  const delegated =
    administrator === null || (await listDelegatedAdministrators(connections.billing.aws)).includes(administrator);
  // Who is not yet the administrator has no StackSet in that name, and AWS refuses to be asked for one.
  return { edge, live: delegated ? await readStackSet(edge) : undefined, delegated };
};

/** Reads alone. Throws what the SDK throws, organization-denied, settings-invalid. */
export const readRollOut = async (
  desired: DesiredStackSet,
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<RollOut> => {
  const { aws, accountId: managementAccountId } = connections.billing;
  const { organizationalUnits } = desired;
  const [{ edge, live, delegated }, organization, trusted] = await Promise.all([
    findStackSet(desired, connections),
    readOrganization(aws, { tree: organizationalUnits.length > 0, tags: false, signal }),
    isTrusted(aws),
  ]);
  if (organizationalUnits.length > 0) unknownUnits(desired, organization.units);
  const [instances, root] = await Promise.all([
    live === undefined ? [] : listStackInstances(edge),
    organizationalUnits.length > 0 ? '' : readRoot(aws),
  ]);
  return {
    edge,
    live,
    reached: compareReach({ organization, instances, organizationalUnits, managementAccountId }),
    targets: organizationalUnits.length > 0 ? organizationalUnits : [root],
    trusted,
    delegated,
  };
};

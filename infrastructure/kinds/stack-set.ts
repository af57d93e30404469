// The StackSet that brings the role into every account but the management account's.
import { readRoot } from '../../clients/aws/infrastructure/organization-trust.ts';
import {
  deleteStackInstances,
  deleteStackSet,
  type LiveStackSet,
  listStackInstances,
  type StackSetEdge,
} from '../../clients/aws/infrastructure/stack-sets.ts';
import type { DesiredStackSet } from '../../contract/access/estate.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { EstateConnections } from '../connections.ts';
import { type Assessment, isOurs, notMadeHere, type Removal, type ResourceKind } from '../resource-kind.ts';
import { compareRollOut } from '../roll-out/compare-roll-out.ts';
import { followOperation } from '../roll-out/follow-operation.ts';
import { reachRemarks } from '../roll-out/reached-accounts.ts';
import { findStackSet, readRollOut } from '../roll-out/read-roll-out.ts';
import { rollOutSteps } from '../roll-out/roll-out-steps.ts';

const assessStackSet = async (
  desired: DesiredStackSet,
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<Assessment> => {
  const rollOut = await readRollOut(desired, connections, signal);
  const { live, reached } = rollOut;
  if (live !== undefined && !(live.serviceManaged && isOurs(live.tags))) {
    throw new InventoryError(
      'settings-invalid',
      `There is a StackSet ${JSON.stringify(desired.name)} that ${live.serviceManaged ? 'was not made here' : 'manages its own permissions'}`,
      { remedy: 'Choose another infrastructure.rollOut.name.' },
    );
  }
  const compared = compareRollOut(desired, rollOut);
  return {
    exists: live !== undefined,
    differences: [...compared.access, ...compared.content, ...compared.instances, ...compared.surplus],
    remarks: reachRemarks(reached),
    steps: replace => rollOutSteps({ desired, connections, rollOut }, compared, replace),
  };
};

/** A StackSet is deleted only when it is nowhere any more: accounts that kept the role are told by id, with the reason. */
const refuseLeft = async (edge: StackSetEdge): Promise<void> => {
  const left = await listStackInstances(edge);
  if (left.length === 0) return;
  const lines = left.map(({ account, detail, reason }) => `  ${account}: ${detail.toLowerCase()} ${reason}`.trimEnd());
  throw new InventoryError(
    'infrastructure-incomplete',
    `${left.length === 1 ? 'an account still has' : `${left.length} accounts still have`} the role, so the StackSet stays:\n${lines.join('\n')}`,
  );
};

/** Whatever the settings name today: the units are those that it has. */
const unitsOf = async (
  desired: DesiredStackSet,
  live: LiveStackSet,
  connections: EstateConnections,
): Promise<readonly string[]> => {
  if (live.organizationalUnits !== undefined && live.organizationalUnits.length > 0) return live.organizationalUnits;
  return desired.organizationalUnits.length > 0
    ? desired.organizationalUnits
    : [await readRoot(connections.billing.aws)];
};

const removalOf = async (desired: DesiredStackSet, connections: EstateConnections): Promise<Removal> => {
  const { live, edge } = await findStackSet(desired, connections);
  if (live === undefined) return { exists: false, kept: null, steps: [] };
  if (!isOurs(live.tags)) return { exists: true, kept: notMadeHere, steps: [] };
  const organizationalUnits = await unitsOf(desired, live, connections);
  const takeBack = {
    says: 'take the role away from every account',
    run: async (signal: AbortSignal, say: (text: string) => void) => {
      if ((await listStackInstances(edge)).length === 0) return;
      const id = await deleteStackInstances(edge, { organizationalUnits, region: desired.region });
      await followOperation({ edge, signal, say }, id);
      await refuseLeft(edge);
    },
  };
  return {
    exists: true,
    kept: null,
    steps: [takeBack, { says: 'delete the StackSet', run: () => deleteStackSet(edge) }],
  };
};

export const stackSetKind: ResourceKind<DesiredStackSet> = {
  nameOf: ({ name }) => `StackSet ${name}`,
  assess: assessStackSet,
  removal: removalOf,
};

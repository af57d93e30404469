// The StackSet that brings the role into every account but the management account's.
import { deleteStackInstances, deleteStackSet } from '../../clients/aws/infrastructure/stack-sets.ts';
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

const removalOf = async (
  desired: DesiredStackSet,
  connections: EstateConnections,
  signal: AbortSignal,
): Promise<Removal> => {
  const { live } = await findStackSet(desired, connections);
  if (live === undefined) return { exists: false, kept: null, steps: [] };
  if (!isOurs(live.tags)) return { exists: true, kept: notMadeHere, steps: [] };
  const { edge, targets } = await readRollOut(desired, connections, signal);
  const organizationalUnits = live.organizationalUnits ?? targets;
  const takeBack = {
    says: 'take the role away from every account',
    run: async (stop: AbortSignal, say: (text: string) => void) => {
      const id = await deleteStackInstances(edge, { organizationalUnits, region: desired.region });
      await followOperation({ edge, signal: stop, say }, id);
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
  removal: (desired, connections, { signal }) => removalOf(desired, connections, signal),
};

// Differences of the roll-out → the calls that bring it about, each followed to its end.
import { writeFile } from '../../clients/aws/infrastructure/bucket-objects.ts';
import { registerDelegatedAdministrator } from '../../clients/aws/infrastructure/organization-trust.ts';
import {
  activateOrganizationsAccess,
  createStackInstances,
  createStackSet,
  deleteStackInstances,
  type StackSetContent,
  updateStackInstances,
  updateStackSet,
} from '../../clients/aws/infrastructure/stack-sets.ts';
import type { DesiredStackSet } from '../../contract/access/estate.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { EstateConnections } from '../connections.ts';
import { ownTag, type Step } from '../resource-kind.ts';
import type { RollOutComparison } from './compare-roll-out.ts';
import { followOperation } from './follow-operation.ts';
import { failureLines } from './reached-accounts.ts';
import { type RollOut, readRollOut } from './read-roll-out.ts';

/** Bytes of a template that a call may carry; a longer one is read from a bucket. */
const templateInCall = 51_200;

const domainOf = (partition: string): string => (partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com');

/** The address of the object, as CloudFormation takes it. */
export const templateUrl = (desired: DesiredStackSet, partition: string): string => {
  const { bucket, key } = desired.templateObject;
  return `https://${bucket}.s3.${desired.region}.${domainOf(partition)}/${key}`;
};

export interface RollOutEdge {
  readonly desired: DesiredStackSet;
  readonly connections: EstateConnections;
  readonly rollOut: RollOut;
}

const isLong = ({ desired }: RollOutEdge): boolean => Buffer.byteLength(desired.template) > templateInCall;

const contentOf = (edge: RollOutEdge): StackSetContent => {
  const { desired, connections } = edge;
  const { partition } = connections[desired.account];
  return {
    description: desired.description,
    template: isLong(edge) ? { url: templateUrl(desired, partition) } : { body: desired.template },
    autoDeployment: desired.autoDeployment,
    tags: ownTag,
  };
};

const uploadTemplate = ({ desired, connections }: RollOutEdge): Step => ({
  says: `upload the template to s3://${desired.templateObject.bucket}/${desired.templateObject.key}`,
  run: () =>
    writeFile(connections.security.s3, {
      ...desired.templateObject,
      body: desired.template,
      metadata: { 'managed-by': 'aws-inventory-orchestrator' },
    }),
});

const accessSteps = ({ desired, connections, rollOut }: RollOutEdge): Step[] => {
  const { billing } = connections;
  const activate: Step = {
    says: 'let StackSets act in the Organization',
    run: () => activateOrganizationsAccess(billing.stackSets),
  };
  const administrator = desired.delegatedAdministrator;
  return [
    ...(rollOut.trusted ? [] : [activate]),
    ...(rollOut.delegated || administrator === null
      ? []
      : [
          {
            says: `make ${administrator} the delegated administrator of StackSets`,
            run: () => registerDelegatedAdministrator(billing.aws, administrator),
          },
        ]),
  ];
};

/** An operation that ends without error may have failed in single accounts: they are told by name. */
const refuseUnreached = async (edge: RollOutEdge, signal: AbortSignal): Promise<void> => {
  const { reached } = await readRollOut(edge.desired, edge.connections, signal);
  const lines = failureLines(reached);
  if (lines.length === 0) return;
  const total = lines.length + reached.current.length;
  throw new InventoryError(
    'infrastructure-incomplete',
    `${lines.length} of ${total} accounts are without the role as it is to be:\n${lines.join('\n')}`,
  );
};

const operation = (edge: RollOutEdge, says: string, begin: () => Promise<string>): Step => ({
  says,
  run: async (signal, say) => {
    await followOperation({ edge: edge.rollOut.edge, signal, say }, await begin());
  },
});

const contentSteps = (edge: RollOutEdge, compared: RollOutComparison): Step[] => {
  const { rollOut } = edge;
  if (compared.content.length === 0) return [];
  const upload = isLong(edge) ? [uploadTemplate(edge)] : [];
  const content = contentOf(edge);
  if (rollOut.live === undefined)
    return [...upload, { says: 'create the StackSet', run: () => createStackSet(rollOut.edge, content) }];
  return [...upload, operation(edge, 'update the StackSet', () => updateStackSet(rollOut.edge, content))];
};

const instanceSteps = (edge: RollOutEdge, compared: RollOutComparison): Step[] => {
  const { rollOut, desired } = edge;
  const targets = { organizationalUnits: rollOut.targets, region: desired.region };
  const accounts = rollOut.reached.outdated.map(({ account }) => account.id);
  const create = operation(edge, 'roll the role out', () => createStackInstances(rollOut.edge, targets));
  const again = operation(edge, `roll the role out again to ${accounts.length} accounts`, () =>
    updateStackInstances(rollOut.edge, { ...targets, accounts }),
  );
  const creates = compared.instances.some(({ attribute }) => attribute !== 'accounts with another or half made');
  // An update of the StackSet reaches those that it has already.
  const repairs = accounts.length > 0 && compared.content.length === 0;
  return [...(creates ? [create] : []), ...(repairs ? [again] : [])];
};

const surplusSteps = (edge: RollOutEdge, compared: RollOutComparison): Step[] => {
  const { rollOut, desired } = edge;
  const organizationalUnits = compared.surplus.map(({ before }) => String(before));
  if (organizationalUnits.length === 0) return [];
  return [
    operation(edge, `take the role away from ${organizationalUnits.join(', ')}`, () =>
      deleteStackInstances(rollOut.edge, { organizationalUnits, region: desired.region }),
    ),
  ];
};

export const rollOutSteps = (edge: RollOutEdge, compared: RollOutComparison, replace: boolean): Step[] => {
  const steps = [
    ...accessSteps(edge),
    ...contentSteps(edge, compared),
    ...instanceSteps(edge, compared),
    ...(replace ? surplusSteps(edge, compared) : []),
  ];
  if (steps.length === 0) return [];
  return [...steps, { says: 'look at every account', run: signal => refuseUnreached(edge, signal) }];
};

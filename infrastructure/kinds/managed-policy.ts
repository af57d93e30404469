// A managed policy of the account's own: one part of what the role in every account may read.
import {
  attachedElsewhere,
  createManagedPolicy,
  deleteManagedPolicy,
  readManagedPolicy,
  updateManagedPolicy,
} from '../../clients/aws/infrastructure/iam-policies.ts';
import type { DesiredManagedPolicy } from '../../contract/access/estate.ts';
import { comparePolicies, isDue } from '../compare-policies.ts';
import type { EstateConnections } from '../connections.ts';
import { type Assessment, isOurs, notMadeHere, ownTag, type ResourceKind } from '../resource-kind.ts';

const arnOf = ({ account, path, name }: DesiredManagedPolicy, connections: EstateConnections): string => {
  const { partition, accountId } = connections[account];
  return `arn:${partition}:iam::${accountId}:policy${path}${name}`;
};

const assessPolicy = async (desired: DesiredManagedPolicy, connections: EstateConnections): Promise<Assessment> => {
  const { iam } = connections[desired.account];
  const arn = arnOf(desired, connections);
  const live = await readManagedPolicy(iam, arn);
  const compared = comparePolicies('document', { live: live?.document, desired: desired.document });
  if (live === undefined) {
    const run = async () => {
      await createManagedPolicy(iam, { ...desired, tags: ownTag });
      connections.made.add(arn);
    };
    return {
      exists: false,
      differences: compared.differences,
      remarks: [],
      steps: () => [{ says: 'create the policy', run }],
    };
  }
  return {
    exists: true,
    differences: compared.differences,
    remarks: isOurs(live.tags) ? [] : [`${notMadeHere}: destroy will leave it`],
    steps: replace => {
      const document = replace ? compared.replaced : compared.merged;
      const step = { says: 'put a new version', run: () => updateManagedPolicy(iam, arn, document) };
      return compared.differences.some(difference => isDue(difference, replace)) ? [step] : [];
    },
  };
};

export const managedPolicyKind: ResourceKind<DesiredManagedPolicy> = {
  nameOf: ({ name }) => `policy ${name}`,
  assess: assessPolicy,
  removal: async (desired, connections) => {
    const { iam } = connections[desired.account];
    const arn = arnOf(desired, connections);
    const live = await readManagedPolicy(iam, arn);
    if (live === undefined) return { exists: false, kept: null, steps: [] };
    if (!isOurs(live.tags)) return { exists: true, kept: notMadeHere, steps: [] };
    const run = async () => {
      const users = await attachedElsewhere(iam, arn);
      if (users.length > 0) throw new Error(`it is still attached to ${users.join(', ')}`);
      await deleteManagedPolicy(iam, arn);
    };
    return { exists: true, kept: null, steps: [{ says: 'delete the policy', run }] };
  },
};

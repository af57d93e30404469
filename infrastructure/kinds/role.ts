// A role: its trust, its rights, and how long a session of it may last.
import { patiently } from '../../clients/aws/infrastructure/iam-client.ts';
import {
  attachPolicy,
  createRole,
  deleteRole,
  type LiveRole,
  putInlinePolicy,
  putTrust,
  readRole,
  updateRole,
} from '../../clients/aws/infrastructure/iam-roles.ts';
import type { DesiredRole } from '../../contract/access/estate.ts';
import { comparePolicies, isDue, openToAll, type PolicyComparison } from '../compare-policies.ts';
import type { EstateConnections } from '../connections.ts';
import {
  type Assessment,
  type Difference,
  isOurs,
  notMadeHere,
  ownTag,
  type ResourceKind,
  type Step,
} from '../resource-kind.ts';

/** Of an old trust that named nobody: it would refuse those who are trusted now. */
const retired = ['Nobody'];

interface RoleComparison {
  readonly properties: readonly Difference[];
  readonly trust: PolicyComparison;
  readonly inline: ReadonlyMap<string, PolicyComparison>;
  readonly attached: readonly Difference[];
}

const compareProperties = (desired: DesiredRole, live: LiveRole): Difference[] =>
  (['description', 'maxSessionSeconds'] as const)
    .filter(name => live[name] !== desired[name])
    .map(name => ({ attribute: name, before: live[name], after: desired[name] }));

const compareTrust = (desired: DesiredRole, live: LiveRole): PolicyComparison =>
  desired.trustMode === 'keep-existing'
    ? { differences: [], merged: desired.trust, replaced: desired.trust }
    : comparePolicies('trust', { live: live.trust, desired: desired.trust, retired });

export const compareRole = (desired: DesiredRole, live: LiveRole): RoleComparison => ({
  properties: compareProperties(desired, live),
  trust: compareTrust(desired, live),
  inline: new Map(
    Object.entries(desired.inlinePolicies).map(([name, document]) => [
      name,
      comparePolicies(`policy ${name}`, { live: live.inlinePolicies[name], desired: document }),
    ]),
  ),
  attached: desired.managedPolicies
    .filter(arn => !live.attachedPolicies.includes(arn))
    .map(arn => ({ attribute: 'attached policy', after: arn })),
});

const remarksOf = (desired: DesiredRole, live: LiveRole): string[] => [
  ...(desired.trustMode === 'keep-existing'
    ? ['its trust is left as it is: no issuer of a cluster is named for it']
    : []),
  ...openToAll(live.trust).map(name => `its trust lets ANYBODY in (${name}); --replace takes that away`),
  ...(live.path === desired.path ? [] : [`it stays under the path ${live.path}, where it was made`]),
  ...(live.permissionsBoundary === null ? [] : [`its permissions boundary ${live.permissionsBoundary} stays`]),
  ...(isOurs(live.tags) ? [] : [`${notMadeHere}: destroy will leave it`]),
];

interface RoleEdge {
  readonly desired: DesiredRole;
  readonly connections: EstateConnections;
}

const isNew = ({ desired, connections }: RoleEdge): boolean => connections.made.has(desired.name);

const creation = (edge: RoleEdge): Step => ({
  says: 'create the role',
  run: async signal => {
    const { desired, connections } = edge;
    // Its principals may be as new as the role itself.
    const run = () => createRole(connections[desired.account].iam, { ...desired, tags: ownTag });
    await patiently(connections.made.size > 0, run, signal);
    connections.made.add(desired.name);
  },
});

const inlineStep = (edge: RoleEdge, name: string, document: unknown): Step => ({
  says: `put the policy ${name}`,
  run: async signal => {
    const { iam } = edge.connections[edge.desired.account];
    await patiently(isNew(edge), () => putInlinePolicy(iam, edge.desired.name, [name, document]), signal);
  },
});

const attachStep = (edge: RoleEdge, arn: string): Step => ({
  says: `attach ${arn}`,
  run: async signal => {
    const { desired, connections } = edge;
    const run = () => attachPolicy(connections[desired.account].iam, desired.name, arn);
    await patiently(isNew(edge) || connections.made.has(arn), run, signal);
  },
});

const creationSteps = (edge: RoleEdge): Step[] => [
  creation(edge),
  ...Object.entries(edge.desired.inlinePolicies).map(([name, document]) => inlineStep(edge, name, document)),
  ...edge.desired.managedPolicies.map(arn => attachStep(edge, arn)),
];

const changeSteps = (edge: RoleEdge, compared: RoleComparison, replace: boolean): Step[] => {
  const { desired, connections } = edge;
  const { iam } = connections[desired.account];
  const chosen = ({ merged, replaced }: PolicyComparison): unknown => (replace ? replaced : merged);
  const due = ({ differences }: PolicyComparison): boolean => differences.some(each => isDue(each, replace));
  const properties: Step = {
    says: 'change description and session duration',
    run: () => updateRole(iam, desired.name, desired),
  };
  const trust: Step = {
    says: 'put the trust',
    run: signal =>
      patiently(connections.made.size > 0, () => putTrust(iam, desired.name, chosen(compared.trust)), signal),
  };
  return [
    ...(compared.properties.length === 0 ? [] : [properties]),
    ...(due(compared.trust) ? [trust] : []),
    ...[...compared.inline].flatMap(([name, policy]) => (due(policy) ? [inlineStep(edge, name, chosen(policy))] : [])),
    ...compared.attached.map(({ after }) => attachStep(edge, String(after))),
  ];
};

const creationDifferences = (desired: DesiredRole): Difference[] => [
  { attribute: 'path', after: desired.path },
  { attribute: 'description', after: desired.description },
  { attribute: 'maxSessionSeconds', after: desired.maxSessionSeconds },
  ...comparePolicies('trust', { live: undefined, desired: desired.trust }).differences,
  ...Object.entries(desired.inlinePolicies).flatMap(
    ([name, document]) => comparePolicies(`policy ${name}`, { live: undefined, desired: document }).differences,
  ),
  ...desired.managedPolicies.map(arn => ({ attribute: 'attached policy', after: arn })),
];

const assessRole = async (desired: DesiredRole, connections: EstateConnections): Promise<Assessment> => {
  const edge = { desired, connections };
  const names = Object.keys(desired.inlinePolicies);
  const live = await readRole(connections[desired.account].iam, desired.name, names);
  if (live === undefined) {
    const remarks = desired.trustMode === 'keep-existing' ? ['nobody may assume it: no issuer is named for it'] : [];
    return { exists: false, differences: creationDifferences(desired), remarks, steps: () => creationSteps(edge) };
  }
  const compared = compareRole(desired, live);
  const policies = [compared.trust, ...compared.inline.values()].flatMap(({ differences }) => differences);
  return {
    exists: true,
    differences: [...compared.properties, ...policies, ...compared.attached],
    remarks: remarksOf(desired, live),
    steps: replace => changeSteps(edge, compared, replace),
  };
};

export const roleKind: ResourceKind<DesiredRole> = {
  nameOf: ({ name }) => `role ${name}`,
  assess: assessRole,
  removal: async (desired, connections) => {
    const { iam } = connections[desired.account];
    const live = await readRole(iam, desired.name, []);
    const exists = live !== undefined;
    const kept = live === undefined || isOurs(live.tags) ? null : notMadeHere;
    const step = { says: 'delete the role', run: () => deleteRole(iam, desired.name) };
    return { exists, kept, steps: exists && kept === null ? [step] : [] };
  },
};

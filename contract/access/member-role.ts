// The role in every account, whole: the same for the StackSet's template, for the management account, and for the files. Pure.
import { readingPolicy } from '../catalogue/policy.ts';
import type { DesiredManagedPolicy, DesiredRole, EstateFacts } from './estate.ts';
import { memberDenies, memberPolicies, memberPolicyName } from './member.ts';
import type { MemberFileName } from './own-files.ts';
import type { PolicyDocument } from './policy-document.ts';
import { memberTrust } from './trusts.ts';
import { viewOnlyAccess, widePolicy } from './wide-policy.ts';

/** A chained session ends after an hour whatever stands here; a longer one is for people who assume the role by hand. */
const sessionSeconds = { generated: 3_600, seed: 28_800 } as const;

export interface MemberRole {
  readonly path: string;
  readonly name: string;
  readonly description: string;
  readonly maxSessionSeconds: number;
  readonly trust: PolicyDocument;
  readonly inlinePolicies: Readonly<Record<string, PolicyDocument>>;
  /** Of AWS, by ARN. */
  readonly foreignPolicies: readonly string[];
  /** Made with the role, by name. */
  readonly ownPolicies: Readonly<Record<string, PolicyDocument>>;
}

const generatedRights = (facts: EstateFacts) => ({
  inlinePolicies: {
    'no-content': memberDenies(facts),
    ...(facts.member.states === null ? {} : { states: facts.member.states }),
  },
  foreignPolicies: [],
  ownPolicies: Object.fromEntries(
    memberPolicies(facts).map((document, index) => [memberPolicyName(facts, index), document as PolicyDocument]),
  ),
});

const wideRights = (facts: EstateFacts) => ({
  inlinePolicies: { [facts.member.name]: widePolicy },
  foreignPolicies: [viewOnlyAccess(facts)],
  ownPolicies: {},
});

/** What the user has written himself is the whole of it: nothing is denied that he allows. */
const ownRights = (facts: EstateFacts, policy: PolicyDocument) => ({
  inlinePolicies: { [facts.member.name]: policy },
  foreignPolicies: [],
  ownPolicies: {},
});

const rightsOf = (facts: EstateFacts) => {
  const { own, policySource } = facts.member;
  if (own.policy !== null) return ownRights(facts, own.policy);
  return policySource === 'seed' ? wideRights(facts) : generatedRights(facts);
};

export const memberRole = (facts: EstateFacts): MemberRole => {
  const { path, name, policySource, own } = facts.member;
  const rights = rightsOf(facts);
  return {
    path,
    name,
    description:
      own.properties?.description ?? 'Read by aws-inventory-orchestrator: what there is, never what is in it.',
    maxSessionSeconds: own.properties?.sessionDuration ?? sessionSeconds[policySource],
    trust: own.trust ?? memberTrust(facts),
    ...rights,
    foreignPolicies: own.properties?.managedPolicies ?? rights.foreignPolicies,
  };
};

/** In the management account, which a service-managed StackSet never reaches. */
export const directMemberRole = (facts: EstateFacts): readonly (DesiredManagedPolicy | DesiredRole)[] => {
  const { ownPolicies, foreignPolicies, ...role } = memberRole(facts);
  const account = 'billing' as const;
  const policies = Object.entries(ownPolicies).map(
    ([name, document]): DesiredManagedPolicy => ({
      kind: 'managed-policy',
      account,
      path: role.path,
      name,
      description: role.description,
      document,
    }),
  );
  const own = policies.map(
    ({ path, name }) => `arn:${facts.partition}:iam::${facts.billingAccountId}:policy${path}${name}`,
  );
  const managedPolicies = [...foreignPolicies, ...own];
  return [...policies, { kind: 'role', account, ...role, trustMode: 'merge', managedPolicies }];
};

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

/** One policy, however long: who reads these files puts it into the role as it is. */
export const memberFiles = (facts: EstateFacts): Readonly<Record<MemberFileName, string>> => {
  const role = memberRole(facts);
  const { own, policySource, actions } = facts.member;
  const policy = own.policy ?? (policySource === 'seed' ? widePolicy : readingPolicy(actions));
  return {
    trust: asJson(role.trust),
    policy: asJson(policy),
    properties: asJson({
      description: role.description,
      sessionDuration: role.maxSessionSeconds,
      path: role.path,
      managedPolicies: role.foreignPolicies,
    }),
  };
};

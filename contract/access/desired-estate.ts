// Facts → everything that `infrastructure apply` brings about, in the order in which one needs the other. Pure.
import { bucketPolicy, templateKey } from './bucket-policy.ts';
import type {
  DesiredBucket,
  DesiredObject,
  DesiredOidcProvider,
  DesiredResource,
  DesiredRole,
  DesiredStackSet,
  EstateAccount,
  EstateFacts,
} from './estate.ts';
import { directMemberRole, memberFiles } from './member-role.ts';
import { renderMemberTemplate } from './member-template.ts';
import { memberFileNames } from './own-files.ts';
import type { PolicyDocument } from './policy-document.ts';
import { exporterPolicy, orchestratorPolicy, runnerPolicy } from './role-statements.ts';
import { clusterTrust, type RolePurpose, testTwin } from './trusts.ts';

/** In one account only once, where both are the same. */
const accountsOf = (facts: EstateFacts): readonly EstateAccount[] =>
  facts.billingAccountId === facts.securityAccountId ? ['security'] : ['billing', 'security'];

const providers = (facts: EstateFacts): DesiredOidcProvider[] => {
  const issuers = [...new Set([...facts.issuers.prod, ...facts.issuers.test])];
  return accountsOf(facts).flatMap(account =>
    issuers.map(issuer => ({ kind: 'oidc-provider' as const, account, issuer, audience: facts.audience })),
  );
};

interface ProgramRole {
  readonly purpose: RolePurpose;
  readonly account: EstateAccount;
  readonly description: string;
  readonly policy: (facts: EstateFacts) => PolicyDocument;
}

const programRoles: readonly ProgramRole[] = [
  {
    purpose: 'orchestrator',
    account: 'billing',
    description: 'Lists the accounts of the Organization and closes runs of aws-inventory-orchestrator.',
    policy: orchestratorPolicy,
  },
  {
    purpose: 'runner',
    account: 'security',
    description: 'Assumes the role in every account and uploads reports of aws-inventory-orchestrator.',
    policy: runnerPolicy,
  },
  {
    purpose: 'exporter',
    account: 'security',
    description: 'Reads the results of aws-inventory-orchestrator.',
    policy: exporterPolicy,
  },
];

/** A role and its twin for test clusters, which may do the same. */
const rolesFor = (facts: EstateFacts, program: ProgramRole): DesiredRole[] => {
  const { purpose, account, description } = program;
  const production = facts.roles[purpose];
  const twin = testTwin(production);
  const roleOf = (name: string, issuers: readonly string[]): DesiredRole => ({
    kind: 'role',
    account,
    path: '/',
    name,
    description,
    maxSessionSeconds: 3_600,
    trust: clusterTrust(facts, { account, purpose, issuers }),
    // Without an issuer nothing is known of who is to be trusted: what somebody has put there by hand stays.
    trustMode: issuers.length === 0 ? 'keep-existing' : 'merge',
    inlinePolicies: { [name]: program.policy(facts) },
    managedPolicies: [],
  });
  return [roleOf(production, facts.issuers.prod), roleOf(twin, facts.issuers.test)];
};

const bucket = (facts: EstateFacts): DesiredBucket => ({
  kind: 'bucket',
  account: 'security',
  name: facts.bucket.name,
  region: facts.region,
  kmsKey: facts.bucket.kmsKey,
  lifecycle: facts.bucket.lifecycle,
  objectLock: facts.bucket.objectLock,
  policy: bucketPolicy(facts),
});

const memberObjects = (facts: EstateFacts): DesiredObject[] => {
  if (facts.cliBucket === null) return [];
  const files = memberFiles(facts);
  const target = { kind: 'object' as const, account: 'security' as const, bucket: facts.cliBucket };
  return memberFileNames.map(name => ({
    ...target,
    key: `aws/iam/${facts.member.name}-role/${name}.json`,
    body: files[name],
  }));
};

const stackSet = (facts: EstateFacts): DesiredStackSet[] => {
  const { rollOut, name, path } = facts.member;
  if (rollOut === null) return [];
  return [
    {
      kind: 'stack-set',
      account: rollOut.delegatedAdministrator === null ? 'billing' : 'security',
      name: rollOut.name,
      description: `The role ${path.slice(1)}${name} that aws-inventory-orchestrator reads accounts with`,
      region: facts.region,
      template: renderMemberTemplate(facts),
      templateObject: { bucket: facts.bucket.name, key: templateKey },
      organizationalUnits: rollOut.organizationalUnits,
      autoDeployment: rollOut.autoDeployment,
      delegatedAdministrator: rollOut.delegatedAdministrator,
      roleName: name,
    },
  ];
};

/** Throws settings-invalid for rights that are too long for a role. */
export const desiredEstate = (facts: EstateFacts): readonly DesiredResource[] => [
  ...providers(facts),
  ...programRoles.flatMap(program => rolesFor(facts, program)),
  bucket(facts),
  ...memberObjects(facts),
  ...(facts.member.rollOut === null ? [] : directMemberRole(facts)),
  ...stackSet(facts),
];

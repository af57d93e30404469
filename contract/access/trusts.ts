// Who may assume the roles: service accounts of clusters through their OIDC issuers, and the runners in every account. Pure.
import type { EstateAccount, EstateFacts } from './estate.ts';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

export const serviceAccounts = {
  orchestrator: 'aws-inventory-orchestrator-sa',
  runner: 'aws-inventory-runner-sa',
  exporter: 'aws-inventory-exporter-sa',
} as const;
export type RolePurpose = keyof typeof serviceAccounts;

export const accountIdOf = (facts: EstateFacts, account: EstateAccount): string =>
  account === 'billing' ? facts.billingAccountId : facts.securityAccountId;

export const providerArn = (facts: EstateFacts, account: EstateAccount, issuer: string): string =>
  `arn:${facts.partition}:iam::${accountIdOf(facts, account)}:oidc-provider/${issuer}`;

/** The Sid tells issuers apart, and stays the same whichever others there are. */
const sidOf = (issuer: string): string => `Cluster${issuer.replaceAll(/[^A-Za-z0-9]/g, '')}`;

interface TrustFacts {
  readonly account: EstateAccount;
  readonly purpose: RolePurpose;
  readonly issuers: readonly string[];
}

const issuerStatement = (facts: EstateFacts, { account, purpose }: TrustFacts, issuer: string): Statement => ({
  Sid: sidOf(issuer),
  Effect: 'Allow',
  Principal: { Federated: providerArn(facts, account, issuer) },
  Action: 'sts:AssumeRoleWithWebIdentity',
  // Without `aud` a token for another service would do; without `sub` any pod of the cluster.
  Condition: {
    StringEquals: {
      [`${issuer}:aud`]: facts.audience,
      [`${issuer}:sub`]: `system:serviceaccount:${facts.namespace}:${serviceAccounts[purpose]}`,
    },
  },
});

/** IAM takes no empty trust: who is not trusted yet is refused by name. */
export const nobody: Statement = {
  Sid: 'Nobody',
  Effect: 'Deny',
  Principal: { AWS: '*' },
  Action: 'sts:AssumeRole',
};

/** Trust of the project's own roles. Nobody may assume one for which no issuer is known. */
export const clusterTrust = (facts: EstateFacts, trust: TrustFacts): PolicyDocument =>
  trust.issuers.length === 0
    ? policyDocument(nobody)
    : policyDocument(...trust.issuers.map(issuer => issuerStatement(facts, trust, issuer)));

export const testTwin = (name: string): string => `${name}-Test`;

const runnerArns = (facts: EstateFacts): string[] =>
  [facts.roles.runner, testTwin(facts.roles.runner)].map(
    name => `arn:${facts.partition}:iam::${facts.securityAccountId}:role/${name}`,
  );

const memberConditions = ({ member, organizationId }: EstateFacts): Statement['Condition'] => {
  const equals = {
    ...(member.externalId === null ? {} : { 'sts:ExternalId': member.externalId }),
    ...(organizationId === null ? {} : { 'aws:PrincipalOrgID': organizationId }),
  };
  return {
    ...(Object.keys(equals).length === 0 ? {} : { StringEquals: equals }),
    StringLike: { 'sts:RoleSessionName': member.sessionNamePattern },
  };
};

/**
 * Trust of the role in every account. The account of the runners is the principal, and their roles a condition: a role that is made
 * anew, or is not there yet, would otherwise make IAM refuse or forget the trust.
 */
export const memberTrust = (facts: EstateFacts): PolicyDocument => {
  const conditions = memberConditions(facts);
  const principal = {
    Effect: 'Allow' as const,
    Principal: { AWS: `arn:${facts.partition}:iam::${facts.securityAccountId}:root` },
  };
  const onlyRunners = { ArnEquals: { 'aws:PrincipalArn': runnerArns(facts) } };
  const assume: Statement = {
    Sid: 'Runners',
    ...principal,
    Action: 'sts:AssumeRole',
    Condition: { ...conditions, ...onlyRunners },
  };
  if (!facts.member.sourceIdentity) return policyDocument(assume);
  const { 'sts:ExternalId': _external, ...rest } = conditions?.['StringEquals'] ?? {};
  const source: Statement = {
    Sid: 'RunnersName',
    ...principal,
    Action: 'sts:SetSourceIdentity',
    Condition: { ...(Object.keys(rest).length === 0 ? {} : { StringEquals: rest }), ...onlyRunners },
  };
  return policyDocument(assume, source);
};

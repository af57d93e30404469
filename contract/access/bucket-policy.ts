// The policy of the bucket of the reports: what it refuses to everybody, and what it lets other accounts' roles do. Pure.
import type { EstateFacts } from './estate.ts';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';
import { bucketArn, closingObjects, uploadRecords } from './role-statements.ts';
import { testTwin } from './trusts.ts';

const everything = (facts: EstateFacts): string[] => [bucketArn(facts), `${bucketArn(facts)}/*`];

const plainHttpDenied = (facts: EstateFacts): Statement => ({
  Sid: 'DenyPlainHttp',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: everything(facts),
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** AWS's own services act for the account, as for its access logs, and have no Organization. */
const strangersDenied = (facts: EstateFacts): Statement[] =>
  facts.organizationId === null
    ? []
    : [
        {
          Sid: 'DenyOtherOrganizations',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:*',
          Resource: everything(facts),
          Condition: {
            StringNotEqualsIfExists: { 'aws:PrincipalOrgID': facts.organizationId },
            // Nobody's requests carry neither of the two keys, and are refused too.
            BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
          },
        },
      ];

/** Who names no key gets the bucket's own: only another key, named in the request, is refused. */
const otherKeysDenied = (facts: EstateFacts): Statement[] =>
  facts.bucket.kmsKey?.startsWith('arn:')
    ? [
        {
          Sid: 'DenyOtherKeys',
          Effect: 'Deny',
          Principal: '*',
          Action: 's3:PutObject',
          Resource: `${bucketArn(facts)}/*`,
          Condition: {
            StringNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': facts.bucket.kmsKey },
            Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' },
          },
        },
      ]
    : [];

/** Of another account, the orchestrator needs the bucket's word beside its own role's. */
const orchestratorAllowed = (facts: EstateFacts): Statement[] => {
  if (facts.billingAccountId === facts.securityAccountId) return [];
  const { partition, billingAccountId, roles } = facts;
  const arns = [roles.orchestrator, testTwin(roles.orchestrator)].map(
    name => `arn:${partition}:iam::${billingAccountId}:role/${name}`,
  );
  // By condition: a role that is not there yet would make S3 refuse the policy, and one that is made anew would fall out of it.
  const who = {
    Effect: 'Allow' as const,
    Principal: { AWS: `arn:${partition}:iam::${billingAccountId}:root` },
    Condition: { ArnEquals: { 'aws:PrincipalArn': arns } },
  };
  return [
    {
      Sid: 'OrchestratorClosesRuns',
      ...who,
      Action: ['s3:GetObject', 's3:PutObject'],
      Resource: closingObjects(facts),
    },
    { Sid: 'OrchestratorReadsRecords', ...who, Action: ['s3:GetObject'], Resource: uploadRecords(facts) },
  ];
};

/** CloudFormation reads a template that is too long for a call with the rights of who asks it to. */
const templateReadable = (facts: EstateFacts): Statement[] => {
  const administrator = facts.member.rollOut?.delegatedAdministrator ?? facts.billingAccountId;
  if (facts.member.rollOut === null || administrator === facts.securityAccountId) return [];
  return [
    {
      Sid: 'StackSetReadsTemplate',
      Effect: 'Allow',
      Principal: { AWS: `arn:${facts.partition}:iam::${administrator}:root` },
      Action: ['s3:GetObject'],
      Resource: `${bucketArn(facts)}/${templateKey}`,
    },
  ];
};

/** Beside the reports, and under none of their prefixes. */
export const templateKey = 'infrastructure/inventory-role.template.json';

export const bucketPolicy = (facts: EstateFacts): PolicyDocument =>
  policyDocument(
    plainHttpDenied(facts),
    ...strangersDenied(facts),
    ...otherKeysDenied(facts),
    ...orchestratorAllowed(facts),
    ...templateReadable(facts),
  );

// What the project's own roles may do, and no more: one statement for each thing that a program does. Pure.
import type { EstateFacts } from './estate.ts';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

type StoreFacts = Pick<EstateFacts, 'partition' | 'region' | 'bucket'>;

export const bucketArn = ({ partition, bucket }: Pick<StoreFacts, 'partition' | 'bucket'>): string =>
  `arn:${partition}:s3:::${bucket.name}`;

/** Manifests, latest.json and upload records lie there; with it, everything but `recon_*`. */
const documentsPrefix = ({ bucket }: StoreFacts): string => bucket.otherPrefix ?? bucket.prefix;

const reportPrefixes = ({ bucket }: StoreFacts): string[] => [
  ...new Set([bucket.prefix, bucket.otherPrefix ?? bucket.prefix]),
];

const objects = (facts: StoreFacts, names: readonly string[]): string[] =>
  names.map(name => `${bucketArn(facts)}/${name}`);

/** China has a domain of its own. */
export const serviceDomain = (partition: string): string =>
  partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';

/** S3 asks for these in the name of who writes or reads; nobody else may use the key with them. */
const keyStatement = (facts: StoreFacts, Action: readonly string[]): Statement[] => {
  const { bucket, region, partition } = facts;
  if (bucket.kmsKey === null) return [];
  const isArn = bucket.kmsKey.startsWith('arn:');
  const Condition = { StringEquals: { 'kms:ViaService': `s3.${region}.${serviceDomain(partition)}` } };
  return [{ Sid: 'UseBucketKey', Effect: 'Allow', Action, Resource: isArn ? bucket.kmsKey : '*', Condition }];
};

/** The documents that a run closes with, as names below their bucket. */
export const closingObjects = (facts: StoreFacts): string[] => {
  const prefix = documentsPrefix(facts);
  return objects(facts, [`${prefix}/*/run_*.json`, `${prefix}/latest.json`]);
};

export const uploadRecords = (facts: StoreFacts): string[] =>
  objects(facts, [`${documentsPrefix(facts)}/*/upload_*.json`]);

export const orchestratorPolicy = (facts: EstateFacts): PolicyDocument =>
  policyDocument(
    { Sid: 'ListAccounts', Effect: 'Allow', Action: facts.organizationActions, Resource: '*' },
    { Sid: 'CloseRuns', Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject'], Resource: closingObjects(facts) },
    { Sid: 'ReadUploadRecords', Effect: 'Allow', Action: ['s3:GetObject'], Resource: uploadRecords(facts) },
    ...keyStatement(facts, ['kms:Decrypt', 'kms:GenerateDataKey']),
  );

/** Of `upload` alone. */
export const uploaderStatements = (facts: StoreFacts): Statement[] => [
  {
    Sid: 'UploadInventory',
    Effect: 'Allow',
    // S3 takes parts of a large report only from who may also give the whole up.
    Action: ['s3:AbortMultipartUpload', 's3:PutObject'],
    Resource: objects(
      facts,
      reportPrefixes(facts).map(prefix => `${prefix}/*`),
    ),
  },
  // Decrypt: S3 joins the parts of a large report.
  ...keyStatement(facts, ['kms:Decrypt', 'kms:GenerateDataKey']),
];

const memberRoleArn = ({ partition, member }: EstateFacts): string =>
  `arn:${partition}:iam::*:role${member.path}${member.name}`;

/** Without a role of a single account, a condition on the Organization holds for all that this statement names. */
const assumeStatement = (facts: EstateFacts): Statement => {
  const { member, organizationId } = facts;
  return {
    Sid: 'AssumeRole',
    Effect: 'Allow',
    Action: ['sts:AssumeRole', ...(member.sourceIdentity ? ['sts:SetSourceIdentity'] : [])],
    Resource: [memberRoleArn(facts)],
    ...(organizationId === null ? {} : { Condition: { StringEquals: { 'aws:ResourceOrgID': organizationId } } }),
  };
};

/** Roles that the settings name one by one may belong to accounts outside of the Organization. */
const otherRolesStatement = ({ member }: EstateFacts): Statement[] =>
  member.otherRoleArns.length === 0
    ? []
    : [
        {
          Sid: 'AssumeNamedRoles',
          Effect: 'Allow',
          Action: ['sts:AssumeRole', ...(member.sourceIdentity ? ['sts:SetSourceIdentity'] : [])],
          Resource: member.otherRoleArns,
        },
      ];

export const runnerPolicy = (facts: EstateFacts): PolicyDocument =>
  policyDocument(...uploaderStatements(facts), assumeStatement(facts), ...otherRolesStatement(facts));

export const exporterPolicy = (facts: EstateFacts): PolicyDocument =>
  policyDocument(
    {
      Sid: 'ReadResults',
      Effect: 'Allow',
      // A version too: latest.json names the one that a run has written.
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: objects(
        facts,
        reportPrefixes(facts).map(prefix => `${prefix}/*`),
      ),
    },
    ...keyStatement(facts, ['kms:Decrypt']),
  );

// The role in every account: what it may read, in as many managed policies as fit, and what it must never read. Pure.
import { managedPolicyCharacters, splitPolicy } from '../catalogue/policy.ts';
import { InventoryError } from '../errors.ts';
import type { EstateFacts } from './estate.ts';
import { type PolicyDocument, policyDocument, type Statement } from './policy-document.ts';

/** IAM's quota as it comes; it can be raised to twenty. */
const attachedPolicies = 10;

/** The content of what is listed, never needed for an inventory. Denied, so that no other policy of the role can give it. */
export const contentActions: readonly string[] = [
  'athena:GetQueryResults*',
  'codecommit:GitPull',
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:GetRecords',
  'dynamodb:PartiQL*',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
  'kinesis:GetRecords',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:StartQuery',
  'rds-data:*',
  'redshift-data:*',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
  'sts:AssumeRole',
];

const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;

/** Resources that the role's own reading of states names for an action, where no condition narrows it further. */
const exempt = (states: PolicyDocument | null, action: string): string[] =>
  (states?.Statement ?? [])
    .filter(({ Action, Condition }) => listOf(Action).includes(action) && Condition === undefined)
    .flatMap(({ Resource }) => listOf(Resource));

const butFor = (exempted: readonly string[]): Pick<Statement, 'Resource' | 'NotResource'> =>
  exempted.length === 0 ? { Resource: '*' } : { NotResource: exempted };

/** Inline policy of the role beside its managed ones: states that it reads itself are no content. */
export const memberDenies = ({ member: { states } }: Pick<EstateFacts, 'member'>): PolicyDocument => {
  const objects = exempt(states, 's3:GetObject');
  const throughS3 = { Condition: { StringNotLikeIfExists: { 'kms:ViaService': 's3.*' } } };
  return policyDocument(
    { Sid: 'NoContent', Effect: 'Deny', Action: contentActions, Resource: '*' },
    { Sid: 'NoObjects', Effect: 'Deny', Action: 's3:GetObject*', ...butFor(objects) },
    {
      Sid: 'NoDecryption',
      Effect: 'Deny',
      Action: 'kms:Decrypt',
      ...butFor(exempt(states, 'kms:Decrypt')),
      ...(objects.length === 0 ? {} : throughS3),
    },
  );
};

/** Throws settings-invalid when the rights take more managed policies than a role may have. */
export const memberPolicies = ({ member }: Pick<EstateFacts, 'member'>): readonly PolicyDocument[] => {
  const parts = splitPolicy(member.actions);
  if (parts.length <= attachedPolicies) return parts;
  throw new InventoryError(
    'settings-invalid',
    `The rights of the role in every account take ${parts.length} managed policies of ${managedPolicyCharacters} characters, and a role may have ${attachedPolicies}`,
    { remedy: 'Name fewer services or types in the section inventory of the settings, or exclude some.' },
  );
};

/** `aws-inventory-role-1`, … */
export const memberPolicyName = (facts: Pick<EstateFacts, 'member'>, index: number): string =>
  `${facts.member.name}-reads-${index + 1}`;

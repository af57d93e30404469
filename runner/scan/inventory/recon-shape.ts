// What an API answered, in the shape that aws-recon (the Ruby SDK) gives it. Pure.
import { hidden, hideEnvironment, isSecretMember } from './secret-members.ts';

/** The Ruby SDK's exceptions to its own rule for names. */
const irregularWords: Readonly<Record<string, string>> = {
  ARNs: 'arns',
  CNAMEs: 'cnames',
  ETag: 'etag',
  Ec2: 'ec2',
  ElastiCache: 'elasticache',
  iSCSI: 'iscsi',
  ACLs: 'acls',
  Md5s: 'md5s',
};
const irregular = new RegExp(Object.keys(irregularWords).join('|'), 'g');

const underscored = (name: string): string =>
  (
    name
      .replace(irregular, word => `_${irregularWords[word] ?? word}`)
      // An acronym ends where the next word begins: DBInstance is DB and Instance.
      .replace(/([A-Z0-9]+)([A-Z][a-z])/g, '$1_$2')
      .match(/[a-z0-9]+|[A-Z0-9]+[a-z]*/g) ?? [name]
  )
    .join('_')
    .toLowerCase();

const knownNames = new Map<string, string>();

/** `DBInstanceArn` → `db_instance_arn`, `Ipv6CidrBlock` → `ipv_6_cidr_block`, as the Ruby SDK names its members. */
export const reconName = (name: string): string => {
  let known = knownNames.get(name);
  if (known === undefined) {
    known = underscored(name);
    // Members of the SDK's structures: some thousands at most.
    knownNames.set(name, known);
  }
  return known;
};

/** `2026-11-22 04:05:06 UTC`: how Ruby's JSON writes a time. */
export const reconTime = (time: Date): string =>
  Number.isNaN(time.getTime()) ? '' : `${time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;

/** Members that are maps: their keys are the account's own words. */
const maps = new Set([
  'dockerLabels',
  'options',
  'driverOpts',
  'tags',
  'Tags',
  'UserPoolTags',
  'IdentityPoolTags',
  'SupportedLoginProviders',
  'Criterion',
  'CostFilters',
  'PlannedBudgetLimits',
  'StandardsInput',
  'signingParameters',
]);
/** Members that hold a policy as text; IAM percent-encodes it. EC2's plain one of the last name aws-recon leaves a text. */
const documents: Readonly<Record<string, RegExp>> = {
  AssumeRolePolicyDocument: /^[%{]/,
  Document: /^[%{]/,
  PolicyDocument: /^%/,
};
/** A policy as an object; null when it is none, as in aws-recon. */
const parseDocument = (text: string): unknown => {
  try {
    return JSON.parse(text.startsWith('%') ? decodeURIComponent(text.replaceAll('+', ' ')) : text);
  } catch {
    return null;
  }
};

const isMember = ([, value]: readonly [string, unknown]): boolean => value !== undefined;

const shapeMember = (name: string, value: unknown): unknown => {
  if (isSecretMember(name, value)) return hidden;
  if (typeof value === 'string' && documents[name]?.test(value)) return parseDocument(value);
  if (maps.has(name) && !Array.isArray(value)) return value;
  const environment = hideEnvironment(name, value);
  // Names of variables are the account's own words.
  if (environment !== undefined && name !== 'Environment' && !Array.isArray(environment)) return environment;
  return shapeValue(environment ?? value);
};

const shapeValue = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return reconTime(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(shapeValue);
  return reconShape(value);
};

/** A structure of the SDK with aws-recon's names: absent members left out, times as texts, policies as objects. */
export const reconShape = (fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(isMember)
      .map(([name, value]) => [reconName(name), shapeMember(name, value)]),
  );

/** A map of the API, such as a queue's attributes: names stay, policies become objects under aws-recon's names for them. */
export const reconAttributes = (attributes: Readonly<Record<string, string>>): Record<string, unknown> => {
  const { Policy: policy, EffectiveDeliveryPolicy: delivery, ...rest } = attributes;
  return {
    ...rest,
    ...(policy === undefined ? {} : { policy: parseDocument(policy) }),
    ...(delivery === undefined ? {} : { effective_delivery_policy: parseDocument(delivery) }),
  };
};

interface SdkTag {
  readonly Key?: string;
  readonly Value?: string;
  readonly key?: string;
  readonly value?: string;
}

const tagMembers = ['Tags', 'TagList', 'TagSet', 'tags', 'UserPoolTags', 'IdentityPoolTags', 'HostedZoneTags'];

/** The tags that a structure of the SDK carries, under whichever of AWS's names; none when it carries none. */
export const tagsOf = (fields: object): Record<string, string> => {
  const members = fields as Readonly<Record<string, unknown>>;
  const found = tagMembers.map(name => members[name]).find(value => value !== undefined && value !== null);
  if (found === undefined) return {};
  if (!Array.isArray(found)) return { ...(found as Record<string, string>) };
  const tags: readonly SdkTag[] = found;
  return Object.fromEntries(tags.map(tag => [tag.Key ?? tag.key ?? '', tag.Value ?? tag.value ?? '']));
};

// Beside the reduction of a state: which account and region an instance's own attributes name. Pure.
import { type Arn, parseArn } from '../../../../contract/catalogue/arn.ts';
import { accountAttributes, isMadeFromAfar, ofAnotherResource } from './foreign-arns.ts';

type Attributes = Readonly<Record<string, unknown>>;

export interface InstancePlace {
  /** undefined where the attributes do not tell; of global resources they never do. */
  readonly region: string | undefined;
  readonly account: string | undefined;
  /** Its ARN names no region: it lies in none. */
  readonly isGlobal: boolean;
  /** Its account may be another than the one whose credentials made it. */
  readonly isFromAfar: boolean;
}

/** Types whose attribute `region` names another one than their own, up to provider 5. */
const foreignRegion: ReadonlySet<string> = new Set([
  'aws_cloudformation_stack_set_instance',
  'aws_config_aggregate_authorization',
  'aws_dx_hosted_connection',
]);

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** `eu-west-1a`, and of local zones `us-west-2-lax-1a`. */
const zoneForm = /^([a-z]{2,}(?:-[a-z]+)+-\d+)(?:[a-z]$|-)/;
const queueForm = /^https:\/\/(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.[a-z0-9.-]+\/(\d{12})\//;
const accountForm = /^\d{12}$/;

const accountIn = (text: string | undefined): string | undefined =>
  text !== undefined && accountForm.test(text) ? text : undefined;

/** Its own ARN: ids that are made of several have a comma. */
const arnOf = (type: string, attributes: Attributes): Arn | undefined => {
  if (ofAnotherResource.has(type)) return undefined;
  const text = [attributes['arn'], attributes['id']]
    .map(textOf)
    .find(value => value?.startsWith('arn:') && !/[,|]/.test(value));
  return text === undefined ? undefined : parseArn(text);
};

/** By ARN, queue URL, `owner_id`, or by what names it of types whose ARN does not. */
const accountOf = (type: string, attributes: Attributes, arn: Arn | undefined): string | undefined => {
  const own = accountAttributes.get(type);
  if (own !== undefined) return own === null ? undefined : accountIn(textOf(attributes[own]));
  const queueOwner = queueForm.exec(textOf(attributes['id']) ?? '')?.[3];
  return accountIn(arn?.account) ?? queueOwner ?? accountIn(textOf(attributes['owner_id']));
};

/** By `region` (provider 6), ARN, queue URL, availability zone. */
export const instancePlace = (type: string, attributes: Attributes): InstancePlace => {
  const arn = arnOf(type, attributes);
  const [, sqs, legacy] = queueForm.exec(textOf(attributes['id']) ?? '') ?? [];
  // Of awscc it is a property of the resource, whatever that means there.
  const own = type.startsWith('awscc_') || foreignRegion.has(type) ? undefined : textOf(attributes['region']);
  const zone = zoneForm.exec(textOf(attributes['availability_zone']) ?? '')?.[1];
  return {
    region: own ?? (arn?.region || undefined) ?? sqs ?? legacy ?? zone,
    account: accountOf(type, attributes, arn),
    // Buckets have no region in their ARNs, and lie in one.
    isGlobal: arn !== undefined && arn.region === '' && arn.service !== 's3',
    isFromAfar: isMadeFromAfar(type, attributes),
  };
};

// ARNs, read and written: how a resource that two APIs show is known to be one, and what a foreign one is.
import { type ResourceType, resourceTypes, services } from './services.ts';
import { taggedTypes } from './tagged-types.ts';

export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for global services, and for S3. */
  readonly region: string;
  readonly account: string;
  /** Everything after the fifth colon. */
  readonly resource: string;
}

/** The parts of an ARN; undefined when it is none. */
export const parseArn = (text: string): Arn | undefined => {
  const [scheme, partition, service, region, account, ...rest] = text.split(':');
  if (scheme !== 'arn' || rest.length === 0 || service === undefined || service === '') return undefined;
  return {
    partition: partition ?? '',
    service,
    region: region ?? '',
    account: account ?? '',
    resource: rest.join(':'),
  };
};

/** One key for all ways in which APIs write the same ARN: EC2 leaves the account out of snapshots and images, or not. */
export const arnIdentity = (text: string): string => {
  const arn = parseArn(text);
  return arn === undefined ? text : `${arn.service}:${arn.region}:${arn.resource}`;
};

/** Fills `{name}` places; undefined when a value is missing, because half an ARN would name nothing. */
export const fillTemplate = (template: string, values: Readonly<Record<string, unknown>>): string | undefined => {
  let whole = true;
  const text = template.replace(/\{(\w+)\}/g, (_place, name: string) => {
    const value = values[name];
    if (typeof value === 'string') return value;
    whole = false;
    return '';
  });
  return whole ? text : undefined;
};

export interface ArnType {
  /** Of types that are listed natively. */
  readonly native: ResourceType | undefined;
  readonly reconService: string;
  readonly reconType: string;
  readonly cloudFormationType: string;
}

/** What an ARN alone says for templates of identifiers; a part that it lacks is undefined. */
interface IdentifierParts {
  readonly arn: string;
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** All that follows the type's prefix. */
  readonly path: string;
  /** The same, if it is one name: of what lies below a resource the ARN names another type. */
  readonly name: string | undefined;
  /** Its last name: IAM writes paths before it. */
  readonly last: string;
  /** The name for which `*` stands in the prefix, or the first of several. */
  readonly parent: string | undefined;
}

interface Candidate extends ArnType {
  readonly service: string;
  readonly arnPrefix: string;
  readonly identifier: string;
  readonly form: RegExp;
}

const escapeForm = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The prefix as a form that captures what `*` stands for, and all that follows. */
const formOf = (arnPrefix: string, identifier: string): RegExp => {
  const prefix = arnPrefix.split('*').map(escapeForm).join('(?<parent>[^/:]+)');
  return new RegExp(`^${prefix}(?<path>${identifier.includes('{name}') || arnPrefix === '' ? '[^/:]+' : '.+'})$`, 's');
};

const reconNames = new Map<string, string>(services.map(service => [service.key, service.reconName]));

const candidates: readonly Candidate[] = [
  ...resourceTypes.map((type: ResourceType) => ({
    native: type,
    service: type.service,
    arnPrefix: type.arnPrefix,
    reconService: reconNames.get(type.service) ?? type.service,
    reconType: type.reconType,
    cloudFormationType: type.cloudFormationType,
    identifier: type.identifier,
  })),
  ...taggedTypes.map(type => ({ native: undefined, ...type })),
]
  .map(type => ({ ...type, form: formOf(type.arnPrefix, type.identifier) }))
  .sort((a, b) => b.arnPrefix.length - a.arnPrefix.length);

const candidatesByService = Map.groupBy(candidates, candidate => candidate.service);

const words = (text: string): string[] => text.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
const pascal = (text: string): string =>
  words(text)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A type for an ARN of which no table knows anything: AWS writes `type/id`, `type:id`, or the id alone. */
const guessType = (arn: Arn): ArnType => {
  const type = /^\/?([A-Za-z][\w-]*)[/:]/.exec(arn.resource)?.[1] ?? 'resource';
  return {
    native: undefined,
    reconService: pascal(arn.service),
    reconType: words(type).join('_').toLowerCase(),
    cloudFormationType: `AWS::${pascal(arn.service)}::${pascal(type)}`,
  };
};

const candidateOf = (arn: Arn): Candidate | undefined =>
  candidatesByService.get(arn.service)?.find(candidate => candidate.form.test(arn.resource));

/** What kind of resource an ARN names. */
export const typeOfArn = (arn: Arn): ArnType => candidateOf(arn) ?? guessType(arn);

const partsOf = (text: string, arn: Arn, form: RegExp): IdentifierParts => {
  const { path = '', parent } = form.exec(arn.resource)?.groups ?? {};
  const names = path.split('/');
  const { partition, region, account } = arn;
  return {
    arn: text,
    partition,
    region,
    account,
    path,
    name: /[/:]/.test(path) ? undefined : path,
    last: names.at(-1) ?? path,
    parent: parent ?? (names.length > 1 ? names[0] : undefined),
  };
};

/** A resource's identifier, the same whichever API showed its ARN: CloudFormation's where the ARN tells it, or the ARN. */
export const identifierOf = (text: string): string => {
  const arn = parseArn(text);
  const candidate = arn && candidateOf(arn);
  if (arn === undefined || candidate === undefined) return text;
  return fillTemplate(candidate.identifier, { ...partsOf(text, arn, candidate.form) }) ?? text;
};

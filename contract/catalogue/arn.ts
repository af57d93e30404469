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
  /** What stands before the resource's own name in the last part of the ARN. */
  readonly arnPrefix: string;
  readonly reconService: string;
  readonly reconType: string;
  readonly cloudFormationType: string;
}

interface Candidate extends ArnType {
  readonly service: string;
}

const reconNames = new Map<string, string>(services.map(service => [service.key, service.reconName]));

const candidates: readonly Candidate[] = [
  ...resourceTypes.map((type: ResourceType) => ({
    native: type,
    service: type.service,
    arnPrefix: type.arnPrefix,
    reconService: reconNames.get(type.service) ?? type.service,
    reconType: type.reconType,
    cloudFormationType: type.cloudFormationType,
  })),
  ...taggedTypes.map(type => ({ native: undefined, ...type })),
].sort((a, b) => b.arnPrefix.length - a.arnPrefix.length);

const words = (text: string): string[] => text.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
const pascal = (text: string): string =>
  words(text)
    .map(word => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

/** A type for an ARN of which no table knows anything: AWS writes `type/id`, `type:id`, or the id alone. */
const guessType = (arn: Arn): ArnType => {
  const [arnPrefix = '', type = 'resource'] = /^\/?([A-Za-z][\w-]*)[/:]/.exec(arn.resource) ?? [];
  return {
    native: undefined,
    arnPrefix,
    reconService: pascal(arn.service),
    reconType: words(type).join('_').toLowerCase(),
    cloudFormationType: `AWS::${pascal(arn.service)}::${pascal(type)}`,
  };
};

/** What kind of resource an ARN names. */
export const typeOfArn = (arn: Arn): ArnType =>
  candidates.find(candidate => candidate.service === arn.service && arn.resource.startsWith(candidate.arnPrefix)) ??
  guessType(arn);

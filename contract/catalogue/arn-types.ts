// What kind of resource an ARN names, and by which identifier CloudFormation knows it.
import { type Arn, fillTemplate, parseArn } from './arn.ts';
import { nativeServices } from './native-services.ts';
import { type ReconNames, reconNamesOf } from './recon-names.ts';
import { identifierInArn, type RegistryType, registryTypes } from './registry.ts';
import { type ResourceType, resourceTypes } from './services.ts';
import { taggedTypes } from './tagged-types.ts';

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

const reconNames = new Map<string, string>(nativeServices.map(service => [service.key, service.reconName]));

const candidates: readonly Candidate[] = [
  ...resourceTypes.map((type: ResourceType) => ({
    native: type,
    service: type.arnService,
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

/** A type that only the registry knows, with the ARN that CloudFormation's specification gives it. */
interface RegistryCandidate {
  readonly names: ReconNames;
  readonly cloudFormationType: string;
  /** As its ARN writes it. */
  readonly service: string;
  readonly form: RegExp;
  /** Characters of the form that are not places: the more, the more exactly it fits. */
  readonly weight: number;
  /** Names in the form, whose values joined by `|` are the identifier. */
  readonly id: readonly string[];
}

const registryCandidate = ([type, row]: readonly [string, RegistryType]): RegistryCandidate[] => {
  const [, , service = '', , , ...rest] = row.arn?.split(':') ?? [];
  const resource = rest.join(':');
  if (service === '' || !resource.includes('{')) return [];
  const literals = resource.split(/\{\w+\}/);
  const names = [...resource.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  // A name that a template has twice would be no form.
  if (new Set(names).size < names.length) return [];
  // One name each: what lies below a resource has an ARN of its own kind.
  const places = names.map(name => `(?<${name}>[^/:]+)`);
  const form = new RegExp(`^${literals.map((text, at) => escapeForm(text) + (places[at] ?? '')).join('')}$`, 's');
  const inArn = identifierInArn(row);
  const id = inArn === undefined ? (row.id ?? []) : [inArn];
  return [{ names: reconNamesOf(type), cloudFormationType: type, service, form, weight: literals.join('').length, id }];
};

/** Made at the first ARN that no row of ours knows: a thousand forms, which most programs never need. */
let registryByService: Map<string, RegistryCandidate[]> | undefined;

const registryCandidateOf = (arn: Arn): RegistryCandidate | undefined => {
  registryByService ??= Map.groupBy(
    Object.entries(registryTypes)
      .flatMap(registryCandidate)
      .sort((a, b) => b.weight - a.weight),
    ({ service }) => service,
  );
  return registryByService.get(arn.service)?.find(({ form }) => form.test(arn.resource));
};

const registryArnType = (arn: Arn): ArnType | undefined => {
  const found = registryCandidateOf(arn);
  if (found === undefined) return undefined;
  const { names, cloudFormationType } = found;
  return { native: undefined, reconService: names.service, reconType: names.reconType, cloudFormationType };
};

/** What kind of resource an ARN names. */
export const typeOfArn = (arn: Arn): ArnType => candidateOf(arn) ?? registryArnType(arn) ?? guessType(arn);

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

/** CloudFormation's identifier, where the ARN has all of its parts. */
const registryIdentifier = (arn: Arn): string | undefined => {
  const found = registryCandidateOf(arn);
  const parts = found?.id.map(name => found.form.exec(arn.resource)?.groups?.[name]);
  return parts !== undefined && parts.length > 0 && parts.every(part => part !== undefined)
    ? parts.join('|')
    : undefined;
};

/** A resource's identifier, the same whichever API showed its ARN: CloudFormation's where the ARN tells it, or the ARN. */
export const identifierOf = (text: string): string => {
  const arn = parseArn(text);
  if (arn === undefined) return text;
  const candidate = candidateOf(arn);
  if (candidate === undefined) return registryIdentifier(arn) ?? text;
  return fillTemplate(candidate.identifier, { ...partsOf(text, arn, candidate.form) }) ?? text;
};

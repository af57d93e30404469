// Every resource type that CloudFormation knows, generated (npm run generate): identifier, ARN, tags, and how it is listed.
import registry from './registry.json' with { type: 'json' };

/** How Cloud Control lists a type. */
export interface RegistryList {
  /** IAM actions of its handler, without those that write or read contents; beside them cloudformation:ListResources. */
  readonly actions: readonly string[];
  /** The type below whose resources it has to be listed, one by one. */
  readonly below?: string;
  /** The inputs that such a resource answers. */
  readonly keys?: readonly string[];
  /** Inputs with fixed values: one listing for each. */
  readonly each?: Readonly<Record<string, readonly string[]>>;
  /** The input that takes the account's own id. */
  readonly account?: string;
}

export interface RegistryType {
  /** Properties of its primary identifier, in order. */
  readonly id?: readonly string[];
  /** Template over {partition}, {region}, {account} and the type's properties. */
  readonly arn?: string;
  /** The property that holds its tags; absent where it can have none. */
  readonly tags?: string;
  /** Absent where Cloud Control cannot list it. */
  readonly list?: RegistryList;
}

export const registryTypes: Readonly<Record<string, RegistryType>> = registry;

export const registryType = (type: string): RegistryType | undefined =>
  Object.hasOwn(registryTypes, type) ? registryTypes[type] : undefined;

const suffixes = /(identifier|id|name)$/i;
const kindOfName = (name: string): string =>
  (suffixes.exec(name)?.[1] ?? name).toLowerCase().replace('identifier', 'id');
const standsForAll = 'ResourceId';

/**
 * The one name in a type's ARN that is its identifier, whatever the template calls it: `{CanaryName}` for a `Name`. A name
 * is no id: of some services the ARN has an id of its own beside the name.
 */
export const identifierInArn = ({ arn = '', id = [] }: RegistryType): string | undefined => {
  const names = [...arn.matchAll(/\{(\w+)\}/g)].flatMap(([, name = '']) =>
    ['partition', 'region', 'account'].includes(name) ? [] : [name],
  );
  const [name, property] = [names[0], id[0]];
  if (names.length !== 1 || id.length !== 1 || name === undefined || property === undefined) return undefined;
  return name === standsForAll || kindOfName(name) === kindOfName(property) ? name : undefined;
};

// One state as driftctl can read it: an own document per region, each resource once, without secrets. Pure.

import { hideSecrets } from '../../inventory/secret-members.ts';
import { isMembers, type Members } from '../members.ts';
import { type AttributeForms, completeAttributes } from './complete-attributes.ts';
import { placeResources, type StateInstance } from './place-resources.ts';
import { driftctlTypes } from './supported-types.ts';

export interface SplitOrder {
  readonly account: string;
  /** Those that are scanned; global resources go with the first. */
  readonly regions: readonly string[];
  /** By Terraform type; undefined leaves all attributes as they are. */
  readonly forms: Readonly<Record<string, AttributeForms>> | undefined;
  /** Keys of resources that other states have declared; those of this one are added. */
  readonly declared: Set<string>;
}

/** What of a state driftctl does not get, and what was changed for it. */
export interface SplitFacts {
  /** Declared a second time: driftctl would call the second one missing. */
  readonly repeated: number;
  /** Of other accounts. */
  readonly foreign: number;
  /** Terraform's addresses without their instance keys, of resources whose region nothing tells. */
  readonly unplaced: readonly string[];
  /** By region that is not scanned. */
  readonly elsewhere: ReadonlyMap<string, number>;
  /** Names of completed attributes by type. */
  readonly completed: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface SplitState {
  /** State documents by region. */
  readonly documents: ReadonlyMap<string, object>;
  readonly facts: SplitFacts;
}

interface Instance extends StateInstance {
  readonly resource: Members;
  readonly instance: Members;
}

const listOf = (value: unknown): Members[] => (Array.isArray(value) ? value.filter(isMembers) : []);

const textOf = (members: Members, name: string): string => {
  const value = members[name];
  return typeof value === 'string' ? value : '';
};

/** Of any registry; `-` and `provider.aws` are what states say that were never applied since Terraform 0.12. */
const awsProvider = /\/(?:hashicorp|opentofu|-)\/aws"\]|(?:^|\.)provider\.aws(?:\.|$)/;

const instancesOf = (document: Members): Instance[] =>
  listOf(document['resources'])
    .filter(resource => resource['mode'] === 'managed' && driftctlTypes.has(textOf(resource, 'type')))
    .flatMap(resource =>
      listOf(resource['instances']).flatMap(instance => {
        const provider = textOf(instance, 'provider') || textOf(resource, 'provider');
        const attributes = instance['attributes'];
        // Deposed objects are on their way out, and not what the state says that there is.
        if (textOf(instance, 'deposed') !== '' || !awsProvider.test(provider) || !isMembers(attributes)) return [];
        if (textOf(attributes, 'id') === '') return [];
        return [{ type: textOf(resource, 'type'), provider, attributes, resource, instance }];
      }),
    );

/** Names of one thing under two types. */
const aliases: Readonly<Record<string, string>> = { aws_alb: 'aws_lb', aws_alb_listener: 'aws_lb_listener' };

/** Terraform makes up the ids of these, so that two states give the same attachment two of them. */
const ownKeys: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role_policy_attachment: ['role', 'policy_arn'],
  aws_iam_user_policy_attachment: ['user', 'policy_arn'],
  aws_iam_group_policy_attachment: ['group', 'policy_arn'],
};

/** Of these, newer providers have another id than the one that driftctl finds in AWS. */
const formerIds: Readonly<Record<string, string>> = { aws_db_instance: 'identifier' };

const withFormerId = (type: string, attributes: Members): Members => {
  const former = textOf(attributes, formerIds[type] ?? '');
  return former === '' ? attributes : { ...attributes, id: former };
};

const keyOf = ({ type, attributes }: StateInstance, region: string): string => {
  const names = ownKeys[type] ?? ['id'];
  return [aliases[type] ?? type, region, ...names.map(name => textOf(attributes, name))].join('\n');
};

/** Paths of the top that the state marks as sensitive, in both forms in which Terraform has written them. */
const sensitiveNames = (instance: Members): Set<string> => {
  const paths = Array.isArray(instance['sensitive_attributes']) ? instance['sensitive_attributes'] : [];
  return new Set(
    paths.flatMap((path: unknown) => {
      const first: unknown = Array.isArray(path) ? path[0] : path;
      const value = isMembers(first) ? first['value'] : first;
      return typeof value === 'string' ? [value] : [];
    }),
  );
};

const pick = (members: Members, names: readonly string[]): Members =>
  Object.fromEntries(names.flatMap(name => (members[name] === undefined ? [] : [[name, members[name]]])));

/** driftctl compares ids: a copy on disk needs no passwords. */
const withoutSecrets = (attributes: Members, sensitive: ReadonlySet<string>): Members => ({
  ...(hideSecrets(attributes) as Members),
  ...Object.fromEntries([...sensitive].filter(name => name in attributes).map(name => [name, null])),
  ...pick(attributes, ['id', 'arn']),
});

/** One of a resource's instances, on its own: the reader puts those of one address together. */
const writeInstance = (one: Instance, attributes: Members): Members => ({
  ...pick(one.resource, ['module', 'type', 'name', 'each']),
  mode: 'managed',
  // Plain, whatever alias, module or key the configuration has: driftctl has one provider.
  provider: 'provider["registry.terraform.io/hashicorp/aws"]',
  instances: [
    { ...pick(one.instance, ['index_key', 'schema_version', 'status']), attributes, sensitive_attributes: [] },
  ],
});

const writeDocument = (document: Members, resources: readonly Members[]): object => ({
  version: 4,
  // Of a version that every driftctl of these years reads: what wrote the state may be newer, or OpenTofu.
  terraform_version: '1.5.7',
  serial: typeof document['serial'] === 'number' ? document['serial'] : 1,
  lineage: textOf(document, 'lineage'),
  outputs: {},
  resources,
});

const addressOf = ({ resource }: Instance): string =>
  [textOf(resource, 'module'), textOf(resource, 'type'), textOf(resource, 'name')]
    .filter(part => part !== '')
    .join('.');

/** Where an instance goes: a region that is scanned, or why not. */
const regionFor = (found: string | undefined, regions: readonly string[]): string | undefined =>
  found === 'global' || (found === undefined && regions.length === 1) ? regions[0] : found;

const prepareInstance = (one: Instance, { forms }: SplitOrder) =>
  completeAttributes(
    withFormerId(one.type, withoutSecrets(one.attributes, sensitiveNames(one.instance))),
    forms?.[one.type] ?? {},
  );

/** Splits a parsed state of version 4; what in it has no form that is known is left out. */
export const splitState = (document: object, order: SplitOrder): SplitState => {
  const state = document as Members;
  const instances = instancesOf(state);
  const places = placeResources(instances);
  const resources = new Map<string, Members[]>(order.regions.map(region => [region, []]));
  const elsewhere = new Map<string, number>();
  const completed = new Map<string, Set<string>>();
  const unplaced: string[] = [];
  let [repeated, foreign] = [0, 0];
  for (const [index, one] of instances.entries()) {
    const { region: found, account = order.account } = places[index] ?? { region: undefined };
    const region = regionFor(found, order.regions);
    const key = keyOf(one, region ?? '');
    const there = resources.get(region ?? '');
    if (account !== order.account) foreign += 1;
    else if (region === undefined) unplaced.push(addressOf(one));
    else if (there === undefined) elsewhere.set(region, (elsewhere.get(region) ?? 0) + 1);
    else if (order.declared.has(key)) repeated += 1;
    else {
      order.declared.add(key);
      const { attributes, changed } = prepareInstance(one, order);
      if (changed.length > 0) completed.set(one.type, new Set([...(completed.get(one.type) ?? []), ...changed]));
      there.push(writeInstance(one, attributes));
    }
  }
  const filled = [...resources].filter(([, those]) => those.length > 0);
  const documents = new Map(filled.map(([region, those]) => [region, writeDocument(state, those)]));
  return { documents, facts: { repeated, foreign, unplaced, elsewhere, completed } };
};

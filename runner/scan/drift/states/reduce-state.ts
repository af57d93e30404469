// From a state's document to what the drift engine joins: its AWS instances, with few of their attributes. Pure.
import { isMembers } from '../members.ts';
import type { DeclaredResource } from '../resources.ts';
import { instanceAddress, resourceAddress, sensitivePaths } from './instance-address.ts';
import { instancePlace } from './instance-place.ts';
import type { ParsedState, StateDocument, StateInstance, StateResource } from './state-document.ts';

export interface ReduceOrder {
  /** Where the state lies, as it is shown. */
  readonly location: string;
  /** The account that is scanned. */
  readonly account: string;
  /** Names of the attributes that identify, or are compared, of a type. */
  readonly keep: (type: string) => ReadonlySet<string>;
  /** Those of them that are kept as null too: that they are not set means something. None when left out. */
  readonly keepUnset?: ((type: string) => ReadonlySet<string>) | undefined;
}

export interface ReducedState {
  readonly resources: readonly DeclaredResource[];
  /** Addresses of instances that could not be understood. */
  readonly skipped: readonly string[];
  /** Instances that belong to other accounts, by account. */
  readonly foreign: ReadonlyMap<string, number>;
  /** Whether one of those says that the state is of its account: what only was made there from afar does not. */
  readonly namesOthers: boolean;
  /** Managed instances of other providers. */
  readonly elsewhere: number;
  /** The state with nothing in it but the instances of `resources`. */
  readonly document: StateDocument;
}

/** `provider["registry.opentofu.org/hashicorp/aws"].west`, in a module or not; `provider.aws` of Terraform 0.12. */
const providerForm = /(?:^|\.)provider(?:\.(aws|awscc)(?:\.|$)|\["(?:[^"]*\/)?(aws|awscc)"\])/;

const providerOf = ({ provider }: StateResource): 'aws' | 'awscc' | undefined => {
  const [, legacy, own] = providerForm.exec(provider) ?? [];
  return (own ?? legacy) as 'aws' | 'awscc' | undefined;
};

type Attributes = Readonly<Record<string, unknown>>;

const attributesOf = ({ attributes, attributes_flat: flat }: StateInstance): Attributes | undefined => {
  if (isMembers(attributes)) return attributes;
  // `tags.%`, `ingress.0.from_port`: only what is whole can be read without a schema.
  if (attributes !== undefined && attributes !== null) return undefined;
  return isMembers(flat) ? Object.fromEntries(Object.entries(flat).filter(([name]) => !name.includes('.'))) : undefined;
};

const keepOf = (attributes: Attributes, type: string, { keep, keepUnset }: ReduceOrder): Attributes => {
  const kept: Record<string, unknown> = {};
  const unset = keepUnset?.(type);
  for (const name of keep(type)) {
    const value = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (value !== undefined && (value !== null || unset?.has(name))) kept[name] = value;
  }
  return kept;
};

/** An instance on its way from the state's document to a declaration. */
interface Entry {
  readonly resource: StateResource;
  readonly instance: StateInstance;
  readonly declared: DeclaredResource;
  readonly isGlobal: boolean;
  readonly isFromAfar: boolean;
}

const readEntry = (resource: StateResource, instance: StateInstance, order: ReduceOrder): Entry | undefined => {
  const provider = providerOf(resource);
  const address = isMembers(instance) ? instanceAddress(resource, instance.index_key) : undefined;
  const attributes = isMembers(instance) ? attributesOf(instance) : undefined;
  if (provider === undefined || address === undefined || attributes === undefined) return undefined;
  const { id } = attributes;
  const { isGlobal, isFromAfar, ...place } = instancePlace(resource.type, attributes);
  const declared: DeclaredResource = {
    source: { source: order.location, namespace: resource.module ?? '', internal_name: resource.name, address },
    type: resource.type,
    provider,
    id: typeof id === 'string' || typeof id === 'number' ? String(id) : '',
    ...place,
    attributes: keepOf(attributes, resource.type, order),
    sensitive: sensitivePaths(instance.sensitive_attributes),
  };
  return { resource, instance, declared, isGlobal, isFromAfar };
};

/** Of these no region is told because they lie in none, and many have no ARN that would say so. */
const globalForm =
  /^aws(cc)?_(iam|cloudfront|organizations|route53_(record|zone|health|query|key|delegation|hosted|traffic|cidr|vpc)|globalaccelerator|waf_|shield|budgets|ce_|account_|networkmanager)/;

const onlyOne = (values: Iterable<string | undefined>): string | undefined => {
  const named = new Set(values);
  named.delete(undefined);
  return named.size === 1 ? [...named][0] : undefined;
};

/**
 * A configured provider works in one account and, before provider 6, in one region: what some of its resources say of
 * both holds for those that are silent.
 */
const completeSiblings = (entries: readonly Entry[]): Entry[] => {
  const region = onlyOne(entries.map(({ declared }) => declared.region));
  const account = onlyOne(entries.map(({ declared, isFromAfar }) => (isFromAfar ? undefined : declared.account)));
  return entries.map(entry => {
    const { declared, isGlobal } = entry;
    const silent = isGlobal || globalForm.test(declared.type) ? undefined : region;
    const place = { region: declared.region ?? silent, account: declared.account ?? account };
    return { ...entry, declared: { ...declared, ...place } };
  });
};

const isCurrent = (instance: StateInstance): boolean =>
  !isMembers(instance) || instance.deposed === undefined || instance.deposed === null || instance.deposed === '';

/** The document's resources with the instances of the entries alone. */
const resourcesOf = (entries: readonly Entry[]): StateResource[] =>
  [...Map.groupBy(entries, ({ resource }) => resource)].map(([resource, own]) => ({
    ...resource,
    instances: own.map(({ instance }) => instance),
  }));

/** Whose types Terraform has nobody else make: with a provider that is not understood they are not somebody else's. */
const isOfAws = ({ type }: StateResource): boolean => /^aws(cc)?_/.test(type);

const readEntries = (document: StateDocument, order: ReduceOrder) => {
  const entries: Entry[] = [];
  const skipped: string[] = [];
  let elsewhere = 0;
  for (const resource of document.resources) {
    if (resource.mode !== 'managed') continue;
    const instances = resource.instances.filter(isCurrent);
    if (providerOf(resource) === undefined && !isOfAws(resource)) elsewhere += instances.length;
    else {
      for (const instance of instances) {
        const entry = readEntry(resource, instance, order);
        if (entry !== undefined) entries.push(entry);
        else skipped.push(addressOfBroken(resource, instance));
      }
    }
  }
  return { entries, skipped, elsewhere };
};

const addressOfBroken = (resource: StateResource, instance: StateInstance): string =>
  (isMembers(instance) ? instanceAddress(resource, instance.index_key) : undefined) ?? resourceAddress(resource);

/** Data sources, deposed objects and other providers' resources are no part of it. */
export const reduceState = ({ document, broken }: ParsedState, order: ReduceOrder): ReducedState => {
  const { entries, skipped, elsewhere } = readEntries(document, order);
  const byProvider = Map.groupBy(entries, ({ resource }) => resource.provider);
  const foreign = new Map<string, number>();
  let namesOthers = false;
  const own: Entry[] = [];
  for (const entry of [...byProvider.values()].flatMap(completeSiblings)) {
    const { account } = entry.declared;
    if (account === undefined || account === order.account) own.push(entry);
    else {
      foreign.set(account, (foreign.get(account) ?? 0) + 1);
      namesOthers ||= !entry.isFromAfar;
    }
  }
  return {
    resources: own.map(({ declared }) => declared),
    skipped: [...broken, ...skipped],
    foreign,
    namesOthers,
    elsewhere,
    document: { ...document, resources: resourcesOf(own) },
  };
};

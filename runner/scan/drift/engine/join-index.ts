// What was found, by everything that a state may call it. Pure.

import { globalRegion } from '../../../../contract/catalogue/services.ts';
import { type TerraformType, terraformType } from '../../../../contract/drift/terraform-types.ts';
import type { FoundResource } from '../resources.ts';

/** One resource in most cases: only names that regions share have more. */
type Entry = FoundResource | FoundResource[];

export interface FoundIndex {
  /** Each resource once, though two listings may have shown it. */
  readonly all: readonly FoundResource[];
  /** The first resource that one of the keys names, in the region where there are several; undefined when none is. */
  readonly find: (
    row: Pick<TerraformType, 'family' | 'scope'>,
    keys: readonly string[],
    place: Place,
  ) => FoundResource | undefined;
}

export interface Place {
  /** As the state tells it: nothing in another region is meant. */
  readonly region: string | undefined;
  /** As the rest of the state lets guess: it decides between several. */
  readonly likely: string | undefined;
}

const families = new Map<string, string>();

/** Under which a found resource is looked up. */
export const familyOf = ({ type, resourceType }: Pick<FoundResource, 'type' | 'resourceType'>): string => {
  const name = type ?? resourceType;
  let family = families.get(name);
  if (family === undefined) {
    family = (type === undefined ? undefined : terraformType(type)?.family) ?? resourceType;
    families.set(name, family);
  }
  return family;
};

const choose = (entry: Entry, isGlobal: boolean, { region, likely }: Place): FoundResource | undefined => {
  const several = Array.isArray(entry) ? entry : [entry];
  if (isGlobal) return several[0];
  const fits = (found: FoundResource, wanted: string) => found.region === wanted || found.region === globalRegion;
  if (region !== undefined) return several.find(found => fits(found, region));
  return (likely === undefined ? undefined : several.find(found => fits(found, likely))) ?? several[0];
};

/** Two listings that show one resource give it the same names; its id alone may be one of many. */
const isSame = (entry: Entry | undefined, { region, keys }: FoundResource): boolean => {
  const known = entry === undefined || Array.isArray(entry) ? (entry ?? []) : [entry];
  return known.some(other => other.region === region && keys.every(key => other.keys.includes(key)));
};

const addTo = (entries: Map<string, Entry>, key: string, found: FoundResource): void => {
  const entry = entries.get(key);
  if (entry === undefined) entries.set(key, found);
  else if (Array.isArray(entry)) entry.push(found);
  else entries.set(key, [entry, found]);
};

/** A queue's URL has had three hosts, and states keep the one of their day; its path alone is its name. */
const queueUrl = /^https?:\/\/(?:sqs\.[a-z0-9-]+|[a-z0-9-]+\.queue|queue)\.amazonaws\.com(?:\.cn)?\/(?=\d{12}\/)/;

const canonicalKey = (key: string): string => (key.startsWith('http') ? key.replace(queueUrl, 'queue:') : key);

export const indexFound = (found: Iterable<FoundResource>): FoundIndex => {
  const index = new Map<string, Map<string, Entry>>();
  const all: FoundResource[] = [];
  for (const resource of found) {
    const family = familyOf(resource);
    let keys = index.get(family);
    if (keys === undefined) {
      keys = new Map();
      index.set(family, keys);
    }
    if (isSame(keys.get(canonicalKey(resource.keys.at(-1) ?? resource.id)), resource)) continue;
    all.push(resource);
    for (const key of new Set(resource.keys.map(canonicalKey))) addTo(keys, key, resource);
  }
  return {
    all,
    find: (row, keys, place) => {
      const entries = index.get(row.family);
      if (entries === undefined) return undefined;
      for (const key of keys) {
        const entry = entries.get(canonicalKey(key));
        const chosen = entry === undefined ? undefined : choose(entry, row.scope === 'global', place);
        if (chosen !== undefined) return chosen;
      }
      return undefined;
    },
  };
};

// What is there, and who has found it: the union of the contestants' findings, the seeds and the model, thing by thing.
import { arnIdentity, parseArn } from '../../contract/catalogue/arn.ts';
import { catalogueType } from '../../contract/catalogue/catalogue.ts';
import type { InventoryRecord } from '../../contract/catalogue/inventory-record.ts';
import { globalRegion } from '../../contract/catalogue/services.ts';
import type { ModelledResource } from './cloud-control-model.ts';
import type { ListAllFindings, ListedThing } from './list-all.ts';
import { reasonOfNoise } from './no-resources.ts';

export type Contestant = 'ours' | 'list-all' | 'tagging';

/** One resource of the account. */
export interface Known {
  /** Service, region and identifier, for people. */
  readonly label: string;
  /** Names of its service, as ARNs and types have them. */
  readonly namespaces: readonly string[];
  /** `global` where it belongs to none. */
  readonly region: string;
  /** Whatever tells it apart within its service and region. */
  readonly identifiers: ReadonlySet<string>;
  readonly held: 'moto' | 'model';
  readonly foundBy: Set<Contestant>;
}

export interface Findings {
  readonly ours: readonly InventoryRecord[];
  readonly tagging: readonly string[];
  readonly listAll: ListAllFindings;
  /** Names of each of its services. */
  readonly namespaces: ReadonlyMap<string, readonly string[]>;
  readonly seeded: readonly string[];
  readonly modelled: readonly ModelledResource[];
}

export interface Coverage {
  readonly known: readonly Known[];
  /** Records of ours that say the same resource again. */
  readonly repeated: readonly string[];
  /** What was listed and is no resource of the account, by why. */
  readonly noise: ReadonlyMap<string, readonly ListedThing[]>;
}

/** The last part of an ARN, a URL or a path names a thing too. */
const forms = (identifier: string): string[] => {
  const tail =
    identifier
      .replace(/[:/]\*$/, '')
      .split(/[/:]/)
      .at(-1) ?? '';
  return [identifier, arnIdentity(identifier), tail].filter(text => text !== '');
};

const namespaceOfType = (type: string): string => (type.split('::')[1] ?? '').toLowerCase();

const knownOf = (record: InventoryRecord, held: Known['held']): Known => {
  const arn = String(record.resource['arn'] ?? '');
  const texts = [arn, record.resourceId, record.name ?? ''].filter(text => text !== '');
  return {
    label: `${record.resourceType} ${record.region} ${arn || record.resourceId}`,
    namespaces: [parseArn(arn)?.service ?? '', namespaceOfType(record.resourceType)].filter(text => text !== ''),
    // An ARN without a region: any region may show it.
    region: parseArn(arn)?.region === '' ? globalRegion : record.region,
    identifiers: new Set(texts.flatMap(forms)),
    held,
    foundBy: new Set(['ours']),
  };
};

const modelKey = (type: string, region: string, identifier: string): string =>
  `${type} ${catalogueType(type)?.scope === 'global' ? globalRegion : region} ${identifier}`;

const knownModelled = ({ type, region, identifier }: ModelledResource): Known => ({
  label: modelKey(type, region, identifier),
  namespaces: [namespaceOfType(type)],
  region,
  identifiers: new Set([identifier]),
  held: 'model',
  foundBy: new Set(),
});

/** Finds what is known by its service, its region and an identifier. */
const indexKnown = () => {
  const index = new Map<string, Known[]>();
  return {
    add: (known: Known): void => {
      for (const namespace of known.namespaces) {
        for (const identifier of known.identifiers) {
          const key = `${namespace} ${identifier}`;
          index.set(key, [...(index.get(key) ?? []), known]);
        }
      }
    },
    find: (namespaces: readonly string[], region: string | null, identifiers: readonly string[]): Known[] => {
      const here = (known: Known) => region === null || known.region === region || known.region === globalRegion;
      for (const identifier of identifiers) {
        const found = namespaces.flatMap(namespace => index.get(`${namespace} ${identifier}`) ?? []).filter(here);
        if (found.length > 0) return found;
      }
      return [];
    },
  };
};

type Index = ReturnType<typeof indexKnown>;

const arnKnown = (arn: string): Known => {
  const { service = '', region = '' } = parseArn(arn) ?? {};
  const namespaces = [service];
  return {
    label: arn,
    namespaces,
    region: region || globalRegion,
    identifiers: new Set(forms(arn)),
    held: 'moto',
    foundBy: new Set(),
  };
};

/** Notes an ARN that somebody saw, and makes it known where nobody else did. */
const noteArn = (index: Index, known: Known[], { arn, by }: { arn: string; by: Contestant | null }): void => {
  const { service = '', region = '' } = parseArn(arn) ?? {};
  const found = index.find([service], region || null, [arn, arnIdentity(arn)]);
  const those = found.length > 0 ? found : [arnKnown(arn)];
  if (found.length === 0) {
    for (const each of those) {
      known.push(each);
      index.add(each);
    }
  }
  if (by !== null) for (const each of those) each.foundBy.add(by);
};

const thingKnown = (thing: ListedThing, namespaces: readonly string[]): Known => ({
  label: `${thing.service} ${thing.operation} ${thing.list} ${thing.region ?? globalRegion} ${thing.identifiers[0] ?? ''}`,
  namespaces,
  region: parseArn(thing.identifiers[0] ?? '')?.region === '' ? globalRegion : (thing.region ?? globalRegion),
  identifiers: new Set(thing.identifiers.flatMap(forms)),
  held: 'moto',
  foundBy: new Set(),
});

const noteThings = (findings: Findings, index: Index, known: Known[]): Map<string, ListedThing[]> => {
  const noise = new Map<string, ListedThing[]>();
  for (const thing of findings.listAll.things) {
    const namespaces = findings.namespaces.get(thing.service) ?? [thing.service];
    const found = index.find(namespaces, thing.region, thing.identifiers.flatMap(forms));
    for (const each of found) each.foundBy.add('list-all');
    if (found.length > 0) continue;
    const reason = reasonOfNoise(thing);
    if (reason !== undefined) {
      noise.set(reason, [...(noise.get(reason) ?? []), thing]);
      continue;
    }
    const missed = thingKnown(thing, namespaces);
    missed.foundBy.add('list-all');
    known.push(missed);
    index.add(missed);
  }
  return noise;
};

/** In the peer's favour: any text of its answers for the service and region that is one of the identifiers will do. */
const searchTexts = ({ listAll, namespaces }: Findings, known: readonly Known[]): void => {
  const texts = [...listAll.texts].map(([key, seen]) => {
    const [service = '', region = ''] = key.split(' ');
    return { names: namespaces.get(service) ?? [service], region, seen };
  });
  for (const each of known) {
    const isThere = texts.some(
      ({ names, region, seen }) =>
        (region === '' || each.region === globalRegion || region === each.region) &&
        names.some(name => each.namespaces.includes(name)) &&
        [...each.identifiers].some(identifier => seen.has(identifier)),
    );
    if (isThere) each.foundBy.add('list-all');
  }
};

export const compareFindings = (findings: Findings): Coverage => {
  const byModelKey = new Map(
    findings.modelled.map(each => [modelKey(each.type, each.region, each.identifier), knownModelled(each)]),
  );
  const known: Known[] = [...byModelKey.values()];
  const index = indexKnown();
  const seen = new Set<string>();
  const repeated: string[] = [];
  for (const record of findings.ours) {
    const modelled = byModelKey.get(`${record.resourceType} ${record.region} ${record.resourceId}`);
    if (modelled !== undefined) {
      modelled.foundBy.add('ours');
      continue;
    }
    const own = knownOf(record, 'moto');
    const key = `${record.resourceType} ${record.region} ${arnIdentity(String(record.resource['arn'] || record.resourceId))}`;
    if (seen.has(key)) repeated.push(own.label);
    else {
      seen.add(key);
      known.push(own);
      index.add(own);
    }
  }
  for (const arn of findings.seeded) if (parseArn(arn) !== undefined) noteArn(index, known, { arn, by: null });
  for (const arn of findings.tagging) noteArn(index, known, { arn, by: 'tagging' });
  const noise = noteThings(findings, index, known);
  searchTexts(findings, known);
  return { known, repeated, noise };
};

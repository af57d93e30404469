// The part of the bench's account that moto cannot hold: some types that Cloud Control lists, with what lies below them.
import { type CatalogueType, catalogue } from '../../contract/catalogue/catalogue.ts';
import { homeOfType, isAnsweredIn } from '../../contract/catalogue/global-scope.ts';
import { registryType } from '../../contract/catalogue/registry.ts';
import { arnOfControlled } from '../../runner/scan/inventory/cloud-control-record.ts';
import { answerInput, type ParentResource } from '../../runner/scan/inventory/parent-book.ts';
import type { AccountModel, ModelResource, RegionModel, TypeModel } from '../../test/servers/account-model.ts';

export interface ModelPlace {
  readonly account: string;
  readonly regions: readonly string[];
}

/** What the model holds, as a listing has to show it. */
export interface ModelledResource {
  readonly type: string;
  readonly region: string;
  readonly identifier: string;
}

/** Types without parents, spread over the whole catalogue; as many below some of them as there are. */
const roots = 65;
const children = 50;
/** More than a page of Cloud Control. */
const largeEvery = 25;
const largeCount = 25;

const kebab = (name: string): string => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

const controlled = catalogue.filter(({ tier, list }) => tier === 'cloud-control' && list !== undefined);

/** The types of the model, parents before what lies below them. */
const chooseTypes = (): readonly CatalogueType[] => {
  const childrenOf = Map.groupBy(controlled, ({ list }) => list?.below ?? '');
  const free = childrenOf.get('') ?? [];
  const step = free.length / roots;
  const spread = Array.from({ length: roots }, (_, at) => free[Math.floor(at * step)]);
  const parents = free.filter(({ type }) => childrenOf.has(type)).slice(0, children);
  const chosen = new Set([...parents, ...spread].filter(type => type !== undefined));
  const below: CatalogueType[] = [];
  for (const { type } of chosen) if (below.length < children) below.push(...(childrenOf.get(type) ?? []).slice(0, 2));
  return [...chosen, ...below];
};

const makeValue = (
  property: string,
  { type, region }: { type: CatalogueType; region: string },
  number: number,
): string => `${kebab(type.type.split('::').slice(1).join('-'))}-${kebab(property)}-${region}-${number}`;

interface Made {
  readonly resource: ModelResource;
  readonly parent: ParentResource;
}

type Place = ModelPlace & { readonly type: CatalogueType; readonly region: string };

/** One resource, listed under these inputs: its identifier names its own properties and those of its parent. */
const makeResource = (place: Place, number: number, under: Readonly<Record<string, string>>): Made => {
  const { type, region, account } = place;
  const names = (registryType(type.type)?.id ?? ['Id']).map(name => name.split('/').at(-1) ?? name);
  const own = Object.fromEntries(names.map(name => [name, under[name] ?? makeValue(name, place, number)]));
  const identifier = names.map(name => own[name]).join('|');
  const properties = { ...own };
  const where = { partition: 'aws', region, account };
  const arn = arnOfControlled(type.type, { identifier, properties: { ...under, ...properties } }, where);
  const members = { ...under, ...properties };
  return { resource: { identifier, properties, under }, parent: { arn, id: identifier, members } };
};

/** Fixed inputs of the type; the first value of each that the region answers. */
const fixedInputs = ({ type, region, account }: Place): Record<string, string> => ({
  ...(type.list?.account === undefined ? {} : { [type.list.account]: account }),
  ...Object.fromEntries(
    Object.entries(type.list?.each ?? {}).map(([input, values]) => [
      input,
      values.find(value => isAnsweredIn(region, input, value)) ?? '',
    ]),
  ),
});

const inputsUnder = (place: Place, parents: ReadonlyMap<string, readonly Made[]>): Record<string, string>[] => {
  const { below, keys = [] } = place.type.list ?? {};
  const fixed = fixedInputs(place);
  if (below === undefined) return [fixed];
  const models = (parents.get(below) ?? []).slice(0, 2).flatMap(({ parent }) => {
    const answers = keys.map(key => [key, answerInput(key, parent)] as const);
    const inputs = Object.fromEntries(answers.filter((pair): pair is [string, string] => pair[1] !== undefined));
    return Object.keys(inputs).length === keys.length ? [{ ...fixed, ...inputs }] : [];
  });
  // Parents that answer alike would show the same children twice.
  return [...new Map(models.map(model => [JSON.stringify(model), model])).values()];
};

const makeType = (place: Place, made: ReadonlyMap<string, readonly Made[]>, index: number): Made[] => {
  const isLarge = index % largeEvery === 0 && place.type.list?.below === undefined;
  const count = isLarge ? largeCount : 1 + (index % 3);
  const all = inputsUnder(place, made).flatMap((under, parent) =>
    Array.from({ length: count }, (_, at) => makeResource(place, parent * count + at, under)),
  );
  // Where the parent alone is the identifier there is one below it.
  return [...new Map(all.map(each => [each.parent.id, each])).values()];
};

/** The model of one region; of what is global only where it is asked. */
const modelRegion = (types: readonly CatalogueType[], region: string, place: ModelPlace) => {
  const made = new Map<string, readonly Made[]>();
  const models: Record<string, TypeModel> = {};
  for (const [index, type] of types.entries()) {
    if (type.scope === 'global' && homeOfType(type.type, 'aws') !== region) continue;
    const here = { ...place, type, region };
    const resources = makeType(here, made, index);
    made.set(type.type, resources);
    const { below, keys = [], each = {}, account } = type.list ?? {};
    const required = [
      ...(below === undefined ? [] : keys),
      ...Object.keys(each),
      ...(account === undefined ? [] : [account]),
    ];
    models[type.type] = { resources: resources.map(({ resource }) => resource), required };
  }
  return models;
};

/** An account of about 150 types of which moto knows none, and the list of all that it holds. */
export const buildModel = (place: ModelPlace): { model: AccountModel; resources: ModelledResource[] } => {
  const types = chooseTypes();
  const regions: Record<string, RegionModel> = {};
  const resources: ModelledResource[] = [];
  const homes = types.flatMap(({ type, scope }) => (scope === 'global' ? [homeOfType(type, 'aws') ?? ''] : []));
  for (const region of new Set([...place.regions, ...homes])) {
    const here = place.regions.includes(region) ? types : types.filter(({ scope }) => scope === 'global');
    const models = modelRegion(here, region, place);
    regions[region] = { types: models };
    for (const [type, model] of Object.entries(models)) {
      for (const { identifier = '' } of model.resources ?? []) resources.push({ type, region, identifier });
    }
  }
  return { model: { regions }, resources };
};

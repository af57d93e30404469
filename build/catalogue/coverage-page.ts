// The tables of docs/coverage.md, from the catalogue.
import { type CatalogueType, catalogue, unlistedTypes } from '../../contract/catalogue/catalogue.ts';
import { namespaceOf } from '../../contract/catalogue/global-scope.ts';
import { inventoryActions, splitPolicy } from '../../contract/catalogue/policy.ts';

const isNative = ({ tier }: CatalogueType): boolean => tier === 'native';

const byService = (types: readonly CatalogueType[]): [string, CatalogueType[]][] =>
  [...Map.groupBy(types, ({ service }) => service)].sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));

/** `VPC` where the namespace is in the heading, `EKS::Cluster` where it is another. */
const shortName = (type: string, namespace: string): string =>
  namespaceOf(type) === namespace ? type.split('::').slice(2).join('::') : type.replace('AWS::', '');

const list = (types: readonly CatalogueType[], namespace: string): string =>
  types.map(({ type }) => shortName(type, namespace)).join(', ') || '–';

export const renderCoverageSummary = (): string => {
  const native = catalogue.filter(isNative);
  const rows = [
    ['types that the inventory lists', catalogue.length],
    ['of them by calls of their own service', native.length],
    ['services with such calls', new Set(native.map(({ native: row }) => row?.service)).size],
    ['of them through Cloud Control', catalogue.length - native.length],
    ['of those, below another resource', catalogue.filter(({ list: how }) => how?.below !== undefined).length],
    ['global types, asked for once', catalogue.filter(({ scope }) => scope === 'global').length],
    ['types that can have tags', catalogue.filter(({ taggable }) => taggable).length],
    ['IAM actions of the whole policy, all of them reading', inventoryActions(catalogue).length],
    ['managed policies that hold them', splitPolicy(inventoryActions(catalogue)).length],
    ['types of CloudFormation that nothing lists', unlistedTypes.length],
  ];
  return `| what | count |\n|---|---|\n${rows.map(([what, count]) => `| ${what} | ${count} |\n`).join('')}`;
};

export const renderCoverageTable = (): string => {
  const rows = byService(catalogue).map(([service, types]) => {
    const namespace = namespaceOf(types[0]?.type ?? '');
    const scope = new Set(types.map(each => each.scope)).size > 1 ? 'both' : (types[0]?.scope ?? '');
    const rest = types.filter(type => !isNative(type));
    return `| ${service} | \`${namespace}\` | ${scope} | ${list(types.filter(isNative), namespace)} | ${list(rest, namespace)} |\n`;
  });
  return `| service | namespace | scope | by its own calls | through Cloud Control |\n|---|---|---|---|---|\n${rows.join('')}`;
};

export const renderUnlisted = (): string => {
  const groups = [...Map.groupBy(unlistedTypes, namespaceOf)].sort(([a], [b]) => (a < b ? -1 : 1));
  return groups
    .map(
      ([namespace, types]) =>
        `- \`${namespace}\`: ${types.map(type => type.split('::').slice(2).join('::')).join(', ')}\n`,
    )
    .join('');
};

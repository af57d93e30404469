// Records, declarations and cells for tests of the join, with as little said of each as it needs.
import type { InventoryRecord } from '../../../../../contract/catalogue/inventory-record.ts';
import { terraformType } from '../../../../../contract/drift/terraform-types.ts';
import type { Cell } from '../../../../../contract/scan-report.ts';
import { identify } from '../../../../../runner/scan/drift/engine/identity.ts';
import { type JoinFacts, joinResources } from '../../../../../runner/scan/drift/engine/join.ts';
import { partsOf } from '../../../../../runner/scan/drift/engine/parts.ts';
import type { DeclaredResource, FoundResource, JoinedResource } from '../../../../../runner/scan/drift/resources.ts';

export const account = '111111111111';
export const region = 'eu-west-1';

export const recordOf = (
  resourceType: string,
  resourceId: string,
  { resource = {}, ...more }: Partial<Omit<InventoryRecord, 'resource'>> & { readonly resource?: object } = {},
): InventoryRecord => ({
  account,
  service: 'Any',
  region,
  resource: { type: 'any', arn: '', ...resource },
  timestamp: '2026-11-22 04:05:06 UTC',
  resourceType,
  resourceId,
  name: null,
  createdAt: null,
  tags: {},
  sources: ['native'],
  ...more,
});

/** A found resource with its description, as readFound gives it. */
export const foundOf = (...record: Parameters<typeof recordOf>): FoundResource => {
  const whole = recordOf(...record);
  const found = identify(whole);
  if (found === undefined) throw new TypeError(`${whole.resourceType} is no resource of its own`);
  return { ...found, description: whole.resource };
};

/** A found resource, and what it tells of its parts. */
export const wholeOf = (...record: Parameters<typeof recordOf>): FoundResource[] => {
  const found = foundOf(...record);
  return [found, ...partsOf(found, undefined)];
};

export const declaredOf = (
  type: string,
  id: string,
  {
    state = 'tfstate://one.tfstate',
    ...more
  }: Partial<Omit<DeclaredResource, 'source'>> & { readonly state?: string } = {},
): DeclaredResource => ({
  source: { source: state, namespace: '', internal_name: id, address: `${type}.${id}` },
  type,
  provider: type.startsWith('awscc_') ? 'awscc' : 'aws',
  id,
  region,
  account,
  attributes: {},
  sensitive: [],
  ...more,
});

export const cellOf = (type: string, more: Partial<Cell> = {}): Cell => ({
  type,
  service: 'Any',
  tier: 'native',
  outcome: 'listed',
  resources: 1,
  region,
  ...more,
});

/** Cells as if all that the declarations may be was listed, in the region and in `global`. */
const allCells = (declared: readonly DeclaredResource[]): Cell[] =>
  declared
    .flatMap(({ type }) => terraformType(type) ?? [])
    .flatMap(({ resourceType, whole }) => [resourceType, whole ?? resourceType])
    .flatMap(type => [cellOf(type), cellOf(type, { region: 'global' })]);

export const join = (facts: Partial<JoinFacts>): JoinedResource[] =>
  joinResources({
    declared: [],
    found: [],
    cells: allCells(facts.declared ?? []),
    regions: [region],
    account,
    unread: new Map(),
    ...facts,
  });

/** Each joined resource as one text: what became of it, its type, its id. */
export const outcomes = (joined: readonly JoinedResource[]): string[] =>
  joined
    .map(({ declared, found, unseen }) => {
      const { type, id } = declared ?? found ?? {};
      const both = declared !== undefined && found !== undefined;
      const state = both ? 'managed' : declared === undefined ? 'unmanaged' : unseen === null ? 'missing' : 'unknown';
      return `${state} ${type} ${id}`;
    })
    .sort();

// What states declare meets what was found: one row for each resource, with everything that both say of it. Pure.
import type { Cell } from '../../../../contract/scan-report.ts';
import type { DeclaredResource, FoundResource, JoinedResource } from '../resources.ts';
import { createDefaults } from './join-defaults.ts';
import { type FoundIndex, indexFound, type Place } from './join-index.ts';
import { createSight, type Sight } from './join-unseen.ts';
import type { Claim } from './parts-claim.ts';
import { claimsOf } from './parts-declared.ts';

export interface JoinFacts {
  readonly declared: readonly DeclaredResource[];
  /** Resources of the inventory, and their parts. */
  readonly found: readonly FoundResource[];
  readonly cells: readonly Cell[];
  /** Those that were scanned. */
  readonly regions: readonly string[];
  readonly account: string;
  /** By key of a detail, or that and the detail's name: why it could not be read, and so what it would tell of parts. */
  readonly unread: ReadonlyMap<string, string>;
}

/** A joined resource while more declarations of it may come. */
type Row = { -readonly [Name in keyof JoinedResource]: JoinedResource[Name] };

/** Of almost all rows, so that fifty thousand empty lists are one. */
const none: readonly DeclaredResource[] = [];

const rowOf = (declared: DeclaredResource, found: FoundResource | undefined, unseen: string | null = null): Row => ({
  declared,
  alsoDeclared: none,
  found,
  unseen,
});

/** Doubts are few: fifty thousand rows need no member for them. */
const withDoubt = (row: Row, sight: Sight): Row => {
  const doubt = row.found?.taggedOnly === true ? sight.doubtOf(row.found) : undefined;
  return doubt === undefined ? row : { ...row, doubt };
};

/** The one region that a state's resources name; undefined when they name several, or none. */
const regionsOfStates = (declared: readonly DeclaredResource[]): Map<string, string | undefined> => {
  const regions = new Map<string, string | undefined>();
  for (const { source, region } of declared) {
    if (region === undefined) continue;
    const known = regions.get(source.source);
    regions.set(
      source.source,
      known === undefined && !regions.has(source.source) ? region : known === region ? region : undefined,
    );
  }
  return regions;
};

const isSameInstance = (one: DeclaredResource, other: DeclaredResource): boolean =>
  one.source.source === other.source.source && one.source.address === other.source.address;

/** Parts that a facet of a whole stands for: there as long as the whole is. */
const facetOf = ({ declared, row }: Claim, whole: FoundResource): FoundResource => ({
  resourceType: row?.resourceType ?? whole.resourceType,
  type: declared.type,
  id: declared.id,
  keys: [declared.id],
  arn: '',
  region: whole.region,
  name: null,
  tags: {},
  description: undefined,
  partOf: whole.id,
});

interface Join {
  readonly index: FoundIndex;
  readonly sight: Sight;
  readonly isDefault: (found: FoundResource) => boolean;
  readonly likely: ReadonlyMap<string, string | undefined>;
  /** Rows of what was found, and of what was not, by what the first declaration is looked up by. */
  readonly rows: Map<FoundResource, Row>;
  readonly absent: Map<string, Row>;
  readonly facets: Map<string, Row>;
  /** Groups, with a direction, whose rules stand in resources of their own: what they hold themselves is only what Terraform read. */
  readonly ruledGroups: Set<string>;
}

const addTo = <Key>(rows: Map<Key, Row>, key: Key, row: Row): void => {
  const known = rows.get(key);
  if (known === undefined) rows.set(key, row);
  else if (row.declared === undefined) return;
  else if (known.declared === undefined) known.declared = row.declared;
  else if (!isSameInstance(known.declared, row.declared)) known.alsoDeclared = [...known.alsoDeclared, row.declared];
};

const absentKey = ({ row, keys, declared }: Claim, { region, likely }: Place): string => {
  const where = row?.scope === 'global' ? '' : (region ?? likely ?? '');
  return `${row?.family ?? declared.type} ${where} ${keys[0] ?? declared.source.source + declared.source.address}`;
};

const placeOf = ({ likely }: Join, { region, source }: DeclaredResource): Place => ({
  region,
  likely: likely.get(source.source),
});

const joinAbsent = (join: Join, claim: Claim, place: Place): void => {
  const { declared, row } = claim;
  const whole = row?.presence === 'always' ? join.sight.wholeOf(claim, place) : undefined;
  const key = absentKey(claim, place);
  if (whole !== undefined) addTo(join.facets, key, rowOf(declared, facetOf(claim, whole)));
  else addTo(join.absent, key, rowOf(declared, undefined, join.sight.unseen(claim, place)));
};

/** As the key of a rule begins. */
const ruledGroup = ({ type, attributes }: DeclaredResource): string => {
  const isEgress = attributes['type'] === 'egress' || type.includes('_egress');
  return `${attributes['security_group_id']}|${isEgress ? 'egress' : 'ingress'}`;
};

const joinOwn = (join: Join, claim: Claim): void => {
  const { declared, row } = claim;
  const place = placeOf(join, declared);
  if (row?.whole === 'AWS::EC2::SecurityGroup') join.ruledGroups.add(ruledGroup(declared));
  const found = row === undefined ? undefined : join.index.find(row, claim.keys, place);
  if (found === undefined) joinAbsent(join, claim, place);
  else addTo(join.rows, found, rowOf(declared, found));
};

/** What stands inside a resource counts when nothing declares it by itself, and AWS did not make it anyway. */
const joinInline = (join: Join, claim: Claim): void => {
  const { declared, row, inline } = claim;
  if (row === undefined) return;
  const place = placeOf(join, declared);
  const found = join.index.find(row, claim.keys, place);
  if (found !== undefined) {
    if (!join.rows.has(found) && !join.isDefault(found)) join.rows.set(found, rowOf(declared, found));
    return;
  }
  const key = absentKey(claim, place);
  if (inline === 'optional' || join.absent.has(key) || join.sight.unseen(claim, place) !== null) return;
  join.absent.set(key, rowOf(declared, undefined));
};

const isOverruled = ({ ruledGroups }: Join, { row, keys: [key = ''] }: Claim): boolean =>
  row?.family === 'AWS::EC2::SecurityGroupRule' && ruledGroups.has(key.split('|', 2).join('|'));

const joinDeclared = (join: Join, declared: readonly DeclaredResource[]): void => {
  // Only the few resources with parts are gone through twice: all of them as claims would not fit into the memory.
  const withParts: DeclaredResource[] = [];
  for (const each of declared) {
    let hasParts = false;
    for (const claim of claimsOf(each)) {
      if (claim.inline === undefined) joinOwn(join, claim);
      else hasParts = true;
    }
    if (hasParts) withParts.push(each);
  }
  for (const whole of withParts) {
    for (const claim of claimsOf(whole)) {
      if (claim.inline !== undefined && !isOverruled(join, claim)) joinInline(join, claim);
    }
  }
};

/**
 * Every resource once: with its declaration, with what was found, or with both. A declaration that nothing was found for
 * says in `unseen` why nobody could look; with null it is missing. What AWS makes by itself stands here only if declared.
 */
export const joinResources = (facts: JoinFacts): JoinedResource[] => {
  const index = indexFound(facts.found);
  const join: Join = {
    index,
    sight: createSight({ ...facts, index }),
    isDefault: createDefaults(index.all),
    likely: regionsOfStates(facts.declared),
    rows: new Map(),
    absent: new Map(),
    facets: new Map(),
    ruledGroups: new Set(),
  };
  joinDeclared(join, facts.declared);
  const joined: Row[] = [...join.rows.values(), ...join.facets.values(), ...join.absent.values()];
  for (const found of index.all) {
    if (!join.rows.has(found) && !join.isDefault(found))
      joined.push({ declared: undefined, alsoDeclared: none, found, unseen: null });
  }
  return joined.map(row => withDoubt(row, join.sight));
};

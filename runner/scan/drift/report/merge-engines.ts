// Two engines over one account: where they disagree, and driftctl's own document with what only our report knows. Pure.
import type {
  Disagreement,
  DriftItem,
  DriftReport,
  DriftVerdict,
  EngineOutcome,
} from '../../../../contract/drift/drift-report.ts';
import type { DriftctlDocument, DriftctlItem } from '../../../../contract/drift/driftctl-document.ts';
import { driftctlTypes, isSeenEverywhere } from '../driftctl/supported-types.ts';
import { mergeAlerts } from './alerts.ts';

/** Names of one and the same thing: driftctl takes the first for the second. */
const sameTypes: Readonly<Record<string, string>> = { aws_alb: 'aws_lb', aws_alb_listener: 'aws_lb_listener' };

/** Of which the provider has made its resource id the `id` since 5.0: driftctl knows the name that it is called by. */
const knownByName: ReadonlySet<string> = new Set(['aws_db_instance']);

const keyOf = ({ type, id, name }: Pick<DriftItem, 'type' | 'id' | 'name'>): string =>
  `${sameTypes[type] ?? type}\n${knownByName.has(type) ? (name ?? id) : id}`;

type DriftctlVerdict = 'managed' | 'unmanaged' | 'missing' | 'absent';

/** What driftctl can say of a resource without contradicting our verdict: it knows neither stacks nor services. */
const agreeing: Readonly<Record<DriftVerdict, readonly DriftctlVerdict[]>> = {
  managed: ['managed'],
  changed: ['managed'],
  unmanaged: ['unmanaged'],
  missing: ['missing'],
  'managed-by-stack': ['unmanaged'],
  'managed-by-service': ['unmanaged', 'absent'],
  unknown: ['absent'],
};

interface Said<Item, Word> {
  readonly item: Item;
  readonly verdict: Word;
}

type Index<Item, Word> = ReadonlyMap<string, readonly Said<Item, Word>[]>;

/** By type and id: one id may be in several regions. */
const indexLists = <Item extends Pick<DriftItem, 'id' | 'type' | 'name'>, Word>(
  lists: readonly (readonly [Word, readonly Item[]])[],
): Index<Item, Word> =>
  Map.groupBy(
    lists.flatMap(([verdict, items]) => items.map(item => ({ item, verdict }))),
    ({ item }) => keyOf(item),
  );

const ourIndex = (report: DriftReport): Index<DriftItem, DriftVerdict> =>
  indexLists([
    ['managed', report.managed],
    ['unmanaged', report.unmanaged],
    ['managed-by-stack', report.managed_by_stack],
    ['managed-by-service', report.managed_by_service],
    ['missing', report.missing],
    ['unknown', report.unknown],
  ]);

const theirIndex = (document: DriftctlDocument): Index<DriftctlItem, DriftctlVerdict> =>
  indexLists((['managed', 'unmanaged', 'missing'] as const).map(verdict => [verdict, document[verdict]] as const));

type Placed = Pick<DriftItem, 'id' | 'type' | 'region' | 'name'>;

/** The other's word on the same resource: of its region, or where one of them does not tell regions apart. */
const counterpart = <Item extends Placed, Word>(
  index: Index<Item, Word>,
  placed: Placed,
): Said<Item, Word> | undefined => {
  const { type, region } = placed;
  const same = index.get(keyOf(placed)) ?? [];
  const isLoose = region === undefined || region === 'global' || isSeenEverywhere(type);
  return (
    same.find(({ item }) => item.region === region) ??
    same.find(({ item }) => isLoose || item.region === undefined || item.region === 'global')
  );
};

export interface EngineFacts {
  readonly ours: DriftReport;
  readonly document: DriftctlDocument;
  /** How driftctl fared: of regions where it did not end with 0 or 1 it has said nothing. */
  readonly driftctl: EngineOutcome;
  /** Whether our rules have taken such a resource out of our lists; none when left out. */
  readonly ignores?: (item: Placed) => boolean;
}

/** Whether driftctl had a look at such a resource at all. */
const isSeen = ({ document, driftctl }: EngineFacts, { type, region }: Placed): boolean => {
  if (!driftctlTypes.has(type) || Object.hasOwn(document.alerts, type)) return false;
  const runs = driftctl.runs ?? [];
  const own = region === undefined || region === 'global' ? runs : runs.filter(run => run.region === region);
  return runs.length === 0 || own.some(({ exit }) => exit === 0 || exit === 1);
};

const disagreement = (item: Placed, ours: string, driftctl: string): Disagreement => ({
  id: item.id,
  type: item.type,
  ...(item.region === undefined ? {} : { region: item.region }),
  ours,
  driftctl,
});

/** Of the types that driftctl supports, and could list, the resources of which the two say different things. */
export const findDisagreements = (facts: EngineFacts): Disagreement[] => {
  const ours = ourIndex(facts.ours);
  const theirs = theirIndex(facts.document);
  const found: Disagreement[] = [];
  for (const { item, verdict } of [...ours.values()].flat()) {
    const said = counterpart(theirs, item)?.verdict ?? 'absent';
    if (agreeing[verdict].includes(said) || !isSeen(facts, item)) continue;
    found.push(disagreement(item, verdict, said));
  }
  for (const { item, verdict } of [...theirs.values()].flat()) {
    if (counterpart(ours, item) !== undefined || facts.ignores?.(item) === true) continue;
    found.push(disagreement(item, 'absent', verdict));
  }
  return found.sort((a, b) => (`${a.type} ${a.id}` < `${b.type} ${b.id}` ? -1 : 1));
};

/** Our report, with driftctl's word beside it where that is another, and what driftctl could not see. */
export const mergeEngines = (facts: EngineFacts): DriftReport => {
  const alerts = mergeAlerts(facts.document.alerts);
  const told = Object.keys(alerts).length === 0 ? {} : { alerts };
  return {
    ...facts.ours,
    engines: facts.ours.engines.map(each => (each.engine === 'driftctl' ? { ...each, ...told } : each)),
    disagreements: findDisagreements(facts),
  };
};

/** What our report has beside driftctl's lists. */
export interface DriftctlFrame extends Pick<DriftReport, 'account' | 'regions' | 'engines' | 'sources' | 'ignored'> {
  readonly document: DriftctlDocument;
  /** Our own report, from which items get what driftctl does not tell; undefined where our engine did not run. */
  readonly ours: DriftReport | undefined;
  readonly disagreements: readonly Disagreement[];
}

/** driftctl's item as it is; keys that it does not have are ours. */
const enrich = (
  item: DriftctlItem,
  verdict: DriftVerdict,
  frame: DriftctlFrame,
  known: Index<DriftItem, unknown>,
): DriftItem => {
  const { arn, name, region, resource_type, managed_by } = counterpart(known, item)?.item ?? ({} as Partial<DriftItem>);
  const own = { arn, name, region, resource_type, managed_by };
  const told = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  return { ...told, account: frame.account, verdict, ...item };
};

/**
 * A report whose lists and counts are driftctl's own, with added keys alone. Keys of the document that nobody knows are kept.
 */
export const reportOfDriftctl = (frame: DriftctlFrame): DriftReport => {
  const { document, ours } = frame;
  const known = ours === undefined ? new Map() : ourIndex(ours);
  const { total_changed: changed, total_unmanaged: unmanaged, total_missing: missing } = document.summary;
  const differences = document.differences.map(({ res, changelog }) => ({
    res: enrich(res, 'changed', frame, known),
    changelog: changelog as DriftReport['differences'][number]['changelog'],
  }));
  return {
    ...document,
    schemaVersion: 1,
    account: frame.account,
    regions: frame.regions,
    engine: 'driftctl',
    engines: frame.engines,
    drift_detected: changed + unmanaged + missing > 0,
    options: document.options ?? { deep: false, only_managed: false, only_unmanaged: false },
    summary: {
      total_managed_by_stack: 0,
      total_managed_by_service: 0,
      total_unknown: 0,
      total_ignored: 0,
      drifted_resources: changed,
      missing_resources: missing,
      unmanaged_resources: unmanaged,
      ...document.summary,
    },
    managed: document.managed.map(item => enrich(item, 'managed', frame, known)),
    unmanaged: document.unmanaged.map(item => enrich(item, 'unmanaged', frame, known)),
    missing: document.missing.map(item => enrich(item, 'missing', frame, known)),
    differences,
    managed_by_stack: [],
    managed_by_service: [],
    unknown: [],
    drifted_resources: differences.map(({ res }) => ({
      resource_id: res.id,
      resource_type: res.type,
      drift_type: 'changed',
    })),
    alerts: mergeAlerts(document.alerts),
    sources: frame.sources,
    ignored: frame.ignored,
    disagreements: [...frame.disagreements],
  };
};

// The documents of driftctl's runs, one per region, as one document. Pure.
import type { DriftAlerts } from '../../../../contract/drift/drift-report.ts';
import {
  coverageOf,
  type DriftctlDifference,
  type DriftctlDocument,
  type DriftctlItem,
  summarizeDocument,
} from '../../../../contract/drift/driftctl-document.ts';
import { isGlobalType, isSeenEverywhere } from './supported-types.ts';

export interface RegionDocument {
  readonly region: string;
  readonly document: DriftctlDocument;
}

export interface MergeOrder {
  readonly documents: readonly RegionDocument[];
  /** By path of a state file that was made for driftctl: the state that it is a part of. */
  readonly locations: ReadonlyMap<string, string>;
  /** States that were read. */
  readonly states: number;
}

const scheme = 'tfstate://';

/** The item as a reader of the states knows it: with the region, and the state's own location instead of our copy's. */
const placeItem = (item: DriftctlItem, region: string, { locations }: MergeOrder): DriftctlItem => {
  const path = item.source?.source.replace(scheme, '') ?? '';
  const source = item.source === undefined ? {} : { source: { ...item.source, source: locations.get(path) ?? path } };
  return { ...item, ...source, region: isGlobalType(item.type) ? 'global' : region };
};

type List = 'managed' | 'unmanaged' | 'missing';

const lists: readonly List[] = ['managed', 'unmanaged', 'missing'];

const keyOf = ({ type, id, region = '' }: DriftctlItem): string =>
  [type, id, isSeenEverywhere(type) ? '' : region].join('\n');

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrder = (items: readonly DriftctlItem[]): DriftctlItem[] =>
  items.toSorted(
    (a, b) => compareTexts(a.type, b.type) || compareTexts(a.id, b.id) || compareTexts(a.region ?? '', b.region ?? ''),
  );

/** Within one run an id may stand twice; of several runs what is seen everywhere stands once, as managed before all. */
const unite = (order: MergeOrder): Record<List, DriftctlItem[]> => {
  const seenIn = new Map<string, string>();
  const united: Record<List, DriftctlItem[]> = { managed: [], unmanaged: [], missing: [] };
  for (const list of lists) {
    for (const { region, document } of order.documents) {
      for (const item of document[list].map(one => placeItem(one, region, order))) {
        const place = `${list} ${region}`;
        const first = isSeenEverywhere(item.type) ? (seenIn.get(keyOf(item)) ?? place) : place;
        if (first !== place) continue;
        seenIn.set(keyOf(item), place);
        united[list].push(item);
      }
    }
  }
  return { managed: inOrder(united.managed), unmanaged: inOrder(united.unmanaged), missing: inOrder(united.missing) };
};

const uniteDifferences = (order: MergeOrder): DriftctlDifference[] =>
  order.documents.flatMap(({ region, document }) =>
    document.differences.map(difference => ({ ...difference, res: placeItem(difference.res, region, order) })),
  );

/** Paths of our copies, in which alerts name a state that could not be read. */
const nameStates = (message: string, locations: ReadonlyMap<string, string>): string =>
  message.replace(/(?:tfstate:\/\/)?(\/[^\s"',;]+\.tfstate)/g, (all, path: string) => locations.get(path) ?? all);

const uniteAlerts = ({ documents, locations }: MergeOrder): DriftAlerts => {
  const alerts: Record<string, { message: string }[]> = {};
  for (const { region, document } of documents)
    for (const [type, messages] of Object.entries(document.alerts)) {
      const place = isGlobalType(type) ? 'global' : region;
      const texts = messages.map(({ message }) => ({ message: `${place}: ${nameStates(message, locations)}` }));
      alerts[type] = [...(alerts[type] ?? []), ...texts];
    }
  return alerts;
};

const latest = (dates: readonly string[]): string =>
  dates.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? '';

/**
 * The union of the lists, each item with its region (`global` where it has none), sorted; figures and coverage of it;
 * alerts with their region before them; the sum of the scans' seconds. undefined of no document.
 */
export const mergeDocuments = (order: MergeOrder): DriftctlDocument | undefined => {
  const first = order.documents[0]?.document;
  if (first === undefined) return undefined;
  const union = { ...unite(order), differences: uniteDifferences(order) };
  const summary = { ...summarizeDocument(union), total_iac_source_count: order.states };
  const documents = order.documents.map(({ document }) => document);
  return {
    ...(first.options === undefined ? {} : { options: first.options }),
    summary,
    ...union,
    coverage: coverageOf(summary.total_managed, summary.total_resources),
    alerts: uniteAlerts(order),
    provider_name: first.provider_name,
    provider_version: first.provider_version,
    scan_duration: documents.reduce((sum, { scan_duration }) => sum + scan_duration, 0),
    date: latest(documents.map(({ date }) => date)),
  };
};

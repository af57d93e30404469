// Everything the engine knows → drift.json. Pure: the clock's words come from the caller.
import type {
  Disagreement,
  DriftAlerts,
  DriftChange,
  DriftItem,
  DriftReport,
  DriftSummary,
  DriftVerdict,
  EngineOutcome,
  ExcusedListing,
  Ignored,
  StateRead,
} from '../../../../contract/drift/drift-report.ts';
import { coverageOf } from '../../../../contract/drift/driftctl-document.ts';
import type { JudgedResource } from '../resources.ts';
import { alertsOfUnknown, mergeAlerts } from './alerts.ts';
import { compareItems, itemOf } from './items.ts';
import { judgeStates } from './judge-states.ts';

export interface ReportFacts {
  readonly account: string;
  readonly regions: readonly string[];
  /** What applyIgnoreRules left. */
  readonly judged: readonly JudgedResource[];
  readonly ignored: readonly Ignored[];
  /** Resources that the rules took out. */
  readonly hidden: number;
  readonly reads: readonly StateRead[];
  /** Of stacks, details and whoever else could not see all; those of states and of what is unknown are added here. */
  readonly alerts: DriftAlerts;
  /** Listings that failed as expected. */
  readonly excused?: readonly ExcusedListing[];
  readonly engines: readonly EngineOutcome[];
  readonly disagreements?: readonly Disagreement[];
  readonly providerVersion?: string;
  readonly seconds: number;
  readonly date: Date;
}

interface Listed {
  readonly item: DriftItem;
  readonly changes: readonly DriftChange[];
}

const drifted = ({ item, changes }: Listed): DriftReport['drifted_resources'][number] => ({
  resource_id: item.id,
  resource_type: item.type,
  drift_type: 'changed',
  ...(item.region === undefined ? {} : { region: item.region }),
  ...(item.account === undefined ? {} : { account: item.account }),
  ...(item.source?.address === undefined ? {} : { address: item.source.address }),
  changes: changes.map(({ path }) => path.join('.')),
});

/** The counts, from the lists that they count. */
const summarize = (
  lists: Pick<
    DriftReport,
    'managed' | 'unmanaged' | 'missing' | 'differences' | 'managed_by_stack' | 'managed_by_service' | 'unknown'
  >,
  { reads, hidden }: Pick<ReportFacts, 'reads' | 'hidden'>,
): DriftSummary => ({
  total_resources: lists.managed.length + lists.unmanaged.length + lists.missing.length,
  total_changed: lists.differences.length,
  total_unmanaged: lists.unmanaged.length,
  total_missing: lists.missing.length,
  total_managed: lists.managed.length,
  total_iac_source_count: reads.filter(({ outcome }) => outcome === 'read' || outcome === 'empty').length,
  total_managed_by_stack: lists.managed_by_stack.length,
  total_managed_by_service: lists.managed_by_service.length,
  total_unknown: lists.unknown.length,
  total_ignored: hidden,
  drifted_resources: lists.differences.length,
  missing_resources: lists.missing.length,
  unmanaged_resources: lists.unmanaged.length,
});

const listsOf = (judged: readonly JudgedResource[], account: string) => {
  const listed = judged.map(each => ({ item: itemOf(each, account), changes: each.changes }));
  listed.sort((a, b) => compareItems(a.item, b.item));
  const byVerdict = Map.groupBy(listed, ({ item }) => item.verdict);
  const itemsOf = (verdict: DriftVerdict): DriftItem[] => (byVerdict.get(verdict) ?? []).map(({ item }) => item);
  const changed = byVerdict.get('changed') ?? [];
  return {
    managed: listed
      .filter(({ item }) => item.verdict === 'managed' || item.verdict === 'changed')
      .map(({ item }) => item),
    unmanaged: itemsOf('unmanaged'),
    missing: itemsOf('missing'),
    differences: changed.map(({ item, changes }) => ({ res: item, changelog: [...changes] })),
    managed_by_stack: itemsOf('managed-by-stack'),
    managed_by_service: itemsOf('managed-by-service'),
    unknown: itemsOf('unknown'),
    drifted_resources: changed.map(drifted),
  };
};

/** Without a state nobody can say that none declares it. */
const withoutStates = (judged: JudgedResource): JudgedResource =>
  judged.verdict === 'unmanaged'
    ? { ...judged, verdict: 'unknown', reason: 'no state could be read, so nothing tells whether one declares it' }
    : judged;

/**
 * Our engine's report. Where none of the states could be read (judgeStates says so beforehand) nothing is called unmanaged:
 * it is unknown.
 */
export const buildReport = (facts: ReportFacts): DriftReport => {
  const states = judgeStates(facts.reads);
  const judged = states.outcome === 'failed' ? facts.judged.map(withoutStates) : facts.judged;
  const lists = listsOf(judged, facts.account);
  const summary = summarize(lists, facts);
  return {
    schemaVersion: 1,
    account: facts.account,
    regions: [...facts.regions],
    engine: 'ours',
    engines: [...facts.engines],
    drift_detected: summary.total_changed + summary.total_unmanaged + summary.total_missing > 0,
    options: { deep: true, only_managed: false, only_unmanaged: false },
    summary,
    coverage: coverageOf(summary.total_managed, summary.total_resources),
    ...lists,
    alerts: mergeAlerts(states.alerts, facts.alerts, alertsOfUnknown(lists.unknown)),
    ...(facts.excused === undefined || facts.excused.length === 0 ? {} : { excused: [...facts.excused] }),
    sources: [...facts.reads],
    ignored: [...facts.ignored],
    disagreements: [...(facts.disagreements ?? [])],
    provider_name: 'aws+tf',
    provider_version: facts.providerVersion ?? '',
    scan_duration: facts.seconds,
    date: facts.date.toISOString(),
  };
};

/** An alert is never a clean result: with one, nobody has seen everything. */
export const outcomeOfReport = (
  report: Pick<DriftReport, 'alerts' | 'drift_detected' | 'sources'>,
): Extract<EngineOutcome['outcome'], 'in-sync' | 'drift' | 'partial' | 'failed'> => {
  if (judgeStates(report.sources).outcome === 'failed') return 'failed';
  if (Object.keys(report.alerts).length > 0) return 'partial';
  return report.drift_detected ? 'drift' : 'in-sync';
};

// Our engine over one account: what is there with its parts, joined with what the states declare, judged, and reported.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { readStackResources, type StackAnswer } from '../../../clients/aws/stacks.ts';
import { detailedTypes } from '../../../contract/drift/detail-questions.ts';
import type { DriftAlerts, DriftReport, EngineOutcome, StateRead } from '../../../contract/drift/drift-report.ts';
import type { Cell } from '../../../contract/scan-report.ts';
import { comparedResourceTypes, compareResource } from './changes/compare.ts';
import { separatelyDeclared } from './changes/separate.ts';
import { type Details, detailKey, detailOf, unreadDetails } from './details.ts';
import { joinResources } from './engine/join.ts';
import { judgeResources } from './engine/judge.ts';
import { ownedByDescription } from './engine/owners.ts';
import { partsOf } from './engine/parts.ts';
import { readFound } from './engine/read-found.ts';
import { applyIgnoreRules, createIgnores, type IgnoreRules } from './ignore-rules.ts';
import { readDetails } from './read-details.ts';
import { mergeAlerts } from './report/alerts.ts';
import { alertsOfCells, excusedListings, wantedCells } from './report/blind-listings.ts';
import { buildReport, outcomeOfReport } from './report/build-report.ts';
import type { DeclaredResource, FoundResource } from './resources.ts';

export interface Comparison {
  readonly account: string;
  /** Those that the inventory asked. */
  readonly regions: readonly string[];
  readonly declared: readonly DeclaredResource[];
  readonly reads: readonly StateRead[];
  /** output.json, and what the listings could see. */
  readonly reportFile: string;
  readonly cells: readonly Cell[];
  readonly rules: IgnoreRules;
  readonly connection: AwsConnection;
  readonly signal: AbortSignal;
  /** Seconds since the comparison began. */
  readonly elapsed: () => number;
  /** RFC 3339, UTC. */
  readonly date: string;
}

const stackAlerts = ({ failures }: StackAnswer): DriftAlerts => {
  if (failures.length === 0) return {};
  const messages = failures.map(({ region, message }) => ({
    message: `${region}: stacks could not be read: ${message}`,
  }));
  return { aws_cloudformation_stack: messages };
};

interface Seen {
  readonly found: readonly FoundResource[];
  readonly details: Details;
  readonly stacks: StackAnswer;
  readonly alerts: DriftAlerts;
}

/** Wholes of the inventory, and their parts as far as listings and details tell of them. */
const lookAround = async (comparison: Comparison): Promise<Seen> => {
  const { declared, connection, signal, regions } = comparison;
  const declaredTypes = new Set(declared.map(({ type }) => type));
  const described = new Set([...detailedTypes, ...ownedByDescription, ...comparedResourceTypes(declaredTypes)]);
  const wholes = await readFound(comparison.reportFile, { describe: type => described.has(type) });
  const [{ details, alerts }, stacks] = await Promise.all([
    readDetails({ found: wholes, declaredTypes, connection, signal }),
    readStackResources({ connection, regions, signal }),
  ]);
  const parts = wholes.flatMap(whole => partsOf(whole, details.get(detailKey(whole))));
  return { found: [...wholes, ...parts], details, stacks, alerts: mergeAlerts(alerts, stackAlerts(stacks)) };
};

/** Throws report-unreadable, and the system's errors; what AWS refuses is an alert of the report. */
export const compareAccount = async (comparison: Comparison): Promise<DriftReport> => {
  const { account, regions, declared, cells, reads } = comparison;
  const { found, details, stacks, alerts } = await lookAround(comparison);
  const joined = joinResources({ declared, found, cells, regions, account, unread: unreadDetails(details) });
  const separate = separatelyDeclared(declared);
  const judged = judgeResources({
    joined,
    stacks: stacks.resources,
    regions: new Set(regions),
    unreadStackRegions: new Set(stacks.failures.map(({ region }) => region)),
    compare: pair =>
      compareResource({
        ...pair,
        detail: detailOf(details, pair.found),
        separate: separate(pair.declared),
      }),
  });
  const today = comparison.date.slice(0, 10);
  const left = applyIgnoreRules(judged, comparison.rules, today);
  const wanted = wantedCells(cells, createIgnores(comparison.rules, today));
  const report = buildReport({
    ...{ account, regions, reads, ...left },
    alerts: mergeAlerts(alerts, alertsOfCells(wanted)),
    excused: excusedListings(wanted),
    ...{ engines: [], seconds: comparison.elapsed(), date: new Date(comparison.date) },
  });
  const engine: EngineOutcome = { engine: 'ours', outcome: outcomeOfReport(report), seconds: comparison.elapsed() };
  return { ...report, engines: [engine] };
};

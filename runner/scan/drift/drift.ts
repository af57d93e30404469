// The comparison of one account from order to report: states, then our engine and driftctl over them side by side.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { startStopwatch, timestamp } from '../../../clients/clock.ts';
import { redactValues } from '../../../clients/redaction.ts';
import type { DriftReport, EngineOutcome } from '../../../contract/drift/drift-report.ts';
import { parseDriftignore } from '../../../contract/drift/driftignore.ts';
import type { IgnoreRule } from '../../../contract/drift/ignore-rule.ts';
import { parseStateLocation } from '../../../contract/drift/state-location.ts';
import { identityAttributes } from '../../../contract/drift/terraform-types.ts';
import { type ErrorCode, errorCatalogue } from '../../../contract/error-catalogue.ts';
import { driftFile } from '../../../contract/names.ts';
import type { Cell } from '../../../contract/scan-report.ts';
import { clearPlace, placeFile } from '../place-file.ts';
import type { Verdict } from '../verdict.ts';
import { type DriftctlBeside, openDriftctl } from './ask-driftctl.ts';
import { comparedAttributes, comparedUnset } from './changes/compare.ts';
import { compareAccount } from './compare-account.ts';
import type { DriftctlResult } from './driftctl/run-driftctl.ts';
import { createIgnores } from './ignore-rules.ts';
import { judgeStates } from './report/judge-states.ts';
import { mergeEngines, reportOfDriftctl } from './report/merge-engines.ts';
import { type LoadedStates, loadStates } from './states/load-states.ts';
import { judgeDrift } from './verdict.ts';

export interface DriftOrder {
  readonly account: string;
  /** Those that the inventory asked. */
  readonly regions: readonly string[];
  /** `available`: both where driftctl is there. */
  readonly engine: 'ours' | 'driftctl' | 'both' | 'available';
  /** Places of states, filled in. */
  readonly from: readonly string[];
  readonly stateHeaders: Readonly<Record<string, string>>;
  readonly ignore: readonly IgnoreRule[];
  /** Text of a .driftignore. */
  readonly driftignore: string | undefined;
  /** output.json. */
  readonly reportFile: string;
  readonly cells: readonly Cell[];
  /** drift.json goes here. */
  readonly reportsDirectory: string;
  /** Of the account; undefined leaves driftctl to the connection's credentials. */
  readonly credentialsFile: string | undefined;
}

export interface DriftEdges {
  readonly connection: AwsConnection;
  /** With whose credentials states are read. */
  readonly stateConnection: AwsConnection;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  /** From now until the report has to be there. */
  readonly seconds: number;
  /** Values that must stand in nothing that is written. */
  readonly secrets: readonly string[];
  /** Bytes that this process and those it starts may have; 0 or undefined where nothing limits them. */
  readonly memory?: number | undefined;
}

export interface DriftResult {
  /** Stands in drift.json too; undefined when a comparison would be worth nothing. */
  readonly report: DriftReport | undefined;
  readonly verdict: Verdict;
  readonly seconds: number;
}

const attributesKept = (type: string): ReadonlySet<string> =>
  new Set([...identityAttributes(type), ...comparedAttributes(type)]);

const readAll = (order: DriftOrder, edges: DriftEdges, beside: DriftctlBeside | undefined): Promise<LoadedStates> =>
  loadStates({
    locations: order.from.map(parseStateLocation),
    access: {
      aws: edges.stateConnection,
      headers: order.stateHeaders,
      environment: edges.environment,
      signal: edges.signal,
    },
    account: order.account,
    keep: attributesKept,
    keepUnset: comparedUnset,
    ...(beside?.tap === undefined ? {} : { tap: beside.tap }),
  });

type Ignores = ReturnType<typeof createIgnores>;

const notAsked: EngineOutcome = { engine: 'driftctl', outcome: 'not-asked' };

/** Both engines' words as one report: ours with the disagreements, or driftctl's own where it alone was asked. */
const mergeReports = (
  order: DriftOrder,
  { ours, theirs, ignores }: { ours: DriftReport; theirs: DriftctlResult | undefined; ignores: Ignores },
): DriftReport => {
  if (theirs === undefined) return { ...ours, engines: [...ours.engines, notAsked] };
  const { engine: driftctl, document } = theirs;
  const engines = [...ours.engines, driftctl];
  if (document === undefined) return { ...ours, engines };
  const merged = mergeEngines({ ours: { ...ours, engines }, document, driftctl, ignores });
  if (order.engine !== 'driftctl') return merged;
  const { account, regions, sources, ignored, disagreements } = merged;
  return reportOfDriftctl({
    document,
    ours: merged,
    ...{ account, regions, engines, sources, ignored, disagreements },
  });
};

const failed = (code: ErrorCode, message: string): Omit<DriftResult, 'seconds'> => ({
  report: undefined,
  verdict: { outcome: 'failed', code, message, remedy: errorCatalogue[code].remedy },
});

/** Whoever asks for driftctl alone gets its word or none. */
const withoutDriftctl = ({ outcome, message = outcome }: EngineOutcome): Omit<DriftResult, 'seconds'> =>
  failed(outcome === 'absent' ? 'driftctl-absent' : 'driftctl-failed', `driftctl: ${message}`);

/** Gives the report as it was written: without a secret that some name or message of it held. */
const writeReport = async (
  directory: string,
  report: DriftReport,
  secrets: readonly string[],
): Promise<DriftReport> => {
  const hidden = join(directory, '.drift.partial');
  await clearPlace(hidden);
  const text = JSON.stringify(report);
  const clean = redactValues(text, secrets);
  await writeFile(hidden, clean);
  await placeFile(hidden, join(directory, driftFile));
  return clean === text ? report : (JSON.parse(clean) as DriftReport);
};

interface Running {
  readonly order: DriftOrder;
  readonly edges: DriftEdges;
  /** Empty, and ours. */
  readonly directory: string;
  readonly elapsed: () => number;
  readonly date: string;
}

const compare = async (running: Running): Promise<Omit<DriftResult, 'seconds'>> => {
  const { order, edges, directory, elapsed, date } = running;
  const { account, regions, driftignore, credentialsFile, reportFile, cells } = order;
  const { connection, environment, signal } = edges;
  const ended = new AbortController();
  const ask = {
    ...{ account, regions, driftignore, credentialsFile, connection, environment, directory },
    signal: AbortSignal.any([signal, ended.signal]),
    memory: order.engine === 'available' ? edges.memory : undefined,
    secrets: edges.secrets,
  };
  const beside = order.engine === 'ours' ? undefined : await openDriftctl(ask);
  const { reads, resources: declared } = await readAll(order, edges, beside);
  signal.throwIfAborted();
  const states = judgeStates(reads);
  if (states.outcome === 'failed') return failed('states-unreadable', states.message ?? 'no state could be read');
  const rules = { rules: order.ignore, driftignore: parseDriftignore(driftignore ?? '') };
  const comparison = { account, regions, declared, reads, reportFile, cells, rules, connection, signal };
  const asked = beside?.run(edges.seconds - elapsed());
  const ours = await compareAccount({ ...comparison, elapsed, date }).catch(async (thrown: unknown) => {
    // Nobody waits for its word any more, and its directory goes.
    ended.abort();
    await asked;
    throw thrown;
  });
  const theirs = await asked;
  if (order.engine === 'driftctl' && theirs !== undefined && theirs.document === undefined) {
    return withoutDriftctl(theirs.engine);
  }
  const report = mergeReports(order, { ours, theirs, ignores: createIgnores(rules, date.slice(0, 10)) });
  const verdict = judgeDrift(report);
  return { report: verdict.outcome === 'failed' ? undefined : report, verdict };
};

/**
 * Leaves drift.json, unless the comparison would be worth nothing: a report without drift would be believed. Throws usage for
 * places that are none, report-unreadable, and the system's errors.
 */
export const runDrift = async (order: DriftOrder, edges: DriftEdges): Promise<DriftResult> => {
  const elapsed = startStopwatch();
  const place = join(order.reportsDirectory, driftFile);
  // Of a comparison before, in the same directory: it would pass for this one's.
  await clearPlace(place);
  // Hidden, so that nobody takes it for a report.
  const directory = await mkdtemp(join(order.reportsDirectory, '.drift-'));
  try {
    const result = await compare({ order, edges, directory, elapsed, date: timestamp() });
    const { report } = result;
    const written = report === undefined ? report : await writeReport(order.reportsDirectory, report, edges.secrets);
    return { ...result, report: written, seconds: elapsed() };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};

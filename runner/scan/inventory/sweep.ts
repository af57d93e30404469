// The sweep of one account: the Tagging API and every service of every region as cells, some of them at a time.
import pLimit from 'p-limit';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { type AwsErrorFacts, type AwsErrorKind, describeAwsError } from '../../../clients/aws/errors.ts';
import { listEnabledRegions } from '../../../clients/aws/inventory/regions.ts';
import { startStopwatch } from '../../../clients/clock.ts';
import {
  catalogueService,
  globalRegion,
  regionsAction,
  type ServiceKey,
  services,
} from '../../../contract/catalogue/services.ts';
import type { Cell } from '../../../contract/scan-report.ts';
import { type CellTally, judgeCell, judgeSweep } from './cell-outcome.ts';
import {
  listServiceCell,
  listTaggingCell,
  type SweepContext,
  type TaggingCell,
  tallyTagging,
  writeRemaining,
} from './cells.ts';
import type { ReportFile } from './report-file.ts';
import { createTagWitness } from './tag-witness.ts';

export interface SweepOrder {
  readonly account: string;
  readonly partition: string;
  readonly regions: 'enabled' | readonly string[];
  readonly services: 'all' | readonly ServiceKey[];
  /** Resources of a type and region to write at most; null writes all. */
  readonly maxPerType: number | null;
}

export interface Sweep {
  readonly order: SweepOrder;
  readonly connection: AwsConnection;
  readonly report: ReportFile;
  /** Aborts when the sweep has to come to its end; the report then holds what was listed until then. */
  readonly signal: AbortSignal;
  /** Why it aborted, in the cells' words. */
  readonly stopReason: () => string;
}

export interface SweepResult {
  readonly cells: readonly Cell[];
  readonly credentialsExpired: boolean;
}

/** Cells in flight: each holds a client and a page, and a small account's scan must leave room for others on its node. */
const cellsAtOnce = 24;

interface RegionChoice {
  readonly regions: readonly string[];
  /** True when the account itself named them as switched on. */
  readonly areEnabled: boolean;
  /** The cell of the question itself, when it was not answered. */
  readonly unanswered: readonly CellTally[];
}

/** What says why the question was refused; of any other answer nobody knows which regions it leaves unseen. */
const refusals: readonly AwsErrorKind[] = ['denied', 'throttled', 'credentials-expired'];

const noRegion: AwsErrorFacts = describeAwsError({
  name: 'NoRegions',
  message: 'the account named no region as enabled',
});

const askRegions = async (connection: AwsConnection, signal: AbortSignal): Promise<string[] | AwsErrorFacts> => {
  try {
    const regions = await listEnabledRegions(connection, signal);
    return regions.length === 0 ? noRegion : regions;
  } catch (thrown) {
    const failure = describeAwsError(thrown);
    return refusals.includes(failure.kind) ? failure : { ...failure, kind: 'other' };
  }
};

/** Without an answer the connection's own region is looked at, and the cell says that others may exist. */
const chooseRegions = async ({ order, connection, signal, stopReason }: Sweep): Promise<RegionChoice> => {
  if (order.regions !== 'enabled') {
    const regions = [...new Set(order.regions)].filter(name => name !== globalRegion);
    return { regions, areEnabled: false, unanswered: [] };
  }
  const stopwatch = startStopwatch();
  const answer = await askRegions(connection, signal);
  if (Array.isArray(answer)) return { regions: answer, areEnabled: true, unanswered: [] };
  const failures = signal.aborted ? [] : [{ ...answer, action: answer.action ?? regionsAction }];
  const stopped = signal.aborted ? stopReason() : undefined;
  const service = catalogueService('ec2').reconName;
  const tally = { region: globalRegion, service, resources: 0, pages: 0, truncated: 0, seconds: stopwatch() };
  return { regions: [connection.region], areEnabled: false, unanswered: [{ ...tally, failures, stopped }] };
};

const chooseServices = (order: SweepOrder): readonly ServiceKey[] =>
  order.services === 'all' ? services.map(service => service.key) : order.services;

/** What expired in one cell is expired in all: asking on would only bring more refusals into the account's logs. */
const stopWhenExpired = <Tally extends CellTally>(context: SweepContext, tally: Tally): Tally => {
  if (tally.failures.some(failure => failure.kind === 'credentials-expired')) {
    context.stopExpired();
  }
  return tally;
};

type RunCell = <Tally extends CellTally>(cell: () => Promise<Tally>) => Promise<Tally>;

interface RegionRun {
  readonly tagged: Promise<TaggingCell>;
  readonly tallies: Promise<CellTally[]>;
}

/** One region's cells, its tags first; what only the Tagging API saw is written when the services had their turn. */
const runRegion = (context: SweepContext, region: string, run: RunCell): RegionRun => {
  const tagged = run(() => listTaggingCell(context, region));
  const native = context.services
    .filter(key => catalogueService(key).scope === 'regional')
    .map(key => run(() => listServiceCell(context, { key, region, tagged })));
  const finish = async () => {
    const tallies = await Promise.all(native);
    await writeRemaining(context, region, [await tagged]);
    return tallies;
  };
  return { tagged, tallies: finish() };
};

const runCells = async (context: SweepContext, choice: RegionChoice): Promise<CellTally[]> => {
  const limit = pLimit(cellsAtOnce);
  const run: RunCell = cell => limit(async () => stopWhenExpired(context, await cell()));
  // Region by region, so that only the tags of a few are in memory; the global services wait for the tags of all.
  const regions = choice.regions.map(region => runRegion(context, region, run));
  const allTagged = Promise.all(regions.map(({ tagged }) => tagged));
  // Whoever waits for it gets the error too; when nobody does, it comes with the region.
  allTagged.catch(() => undefined);
  const global = context.services
    .filter(key => catalogueService(key).scope === 'global')
    .map(key => run(() => listServiceCell(context, { key, region: globalRegion, tagged: allTagged })));
  const native = await Promise.all([...regions.map(({ tallies }) => tallies), Promise.all(global)]);
  const tagging = await allTagged;
  await writeRemaining(context, globalRegion, tagging);
  return [...choice.unanswered, ...tagging.map(tallyTagging), ...native.flat()];
};

/** Lists everything that the order names into the report, which it leaves open. Never throws for what an API answers. */
export const runSweep = async (sweep: Sweep): Promise<SweepResult> => {
  const end = new AbortController();
  let expired = false;
  const context: SweepContext = {
    place: { partition: sweep.order.partition, account: sweep.order.account },
    services: chooseServices(sweep.order),
    everyService: sweep.order.services === 'all',
    limit: sweep.order.maxPerType ?? Number.POSITIVE_INFINITY,
    connection: sweep.connection,
    report: sweep.report,
    witness: createTagWitness(),
    signal: AbortSignal.any([sweep.signal, end.signal]),
    stopReason: () => (expired ? 'not finished: the credentials expired during the scan' : sweep.stopReason()),
    stopExpired: () => {
      expired = true;
      end.abort();
    },
  };
  const choice = await chooseRegions(sweep);
  for (const tally of choice.unanswered) stopWhenExpired(context, tally);
  try {
    const tallies = await runCells(context, choice);
    return {
      cells: judgeSweep(tallies.map(judgeCell), choice.areEnabled ? choice.regions : []),
      credentialsExpired: expired,
    };
  } finally {
    // After an error of our own, a full disk say, the other cells would hold the process until they end.
    end.abort();
  }
};

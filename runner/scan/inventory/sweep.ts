// The sweep of one account: the Tagging API and every service of every region as cells, some of them at a time.
import pLimit from 'p-limit';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { describeAwsError } from '../../../clients/aws/errors.ts';
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
import { listServiceCell, listTaggingCell, type SweepContext, writeRemaining } from './cells.ts';
import { createTagWitness } from './record.ts';
import type { ReportFile } from './report-file.ts';

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
  /** The cell of the question itself, when it was not answered. */
  readonly unanswered: readonly CellTally[];
}

/** Without an answer the connection's own region is looked at, and the cell says that others may exist. */
const chooseRegions = async ({ order, connection, signal, stopReason }: Sweep): Promise<RegionChoice> => {
  if (order.regions !== 'enabled') {
    return { regions: [...new Set(order.regions)].filter(name => name !== globalRegion), unanswered: [] };
  }
  const stopwatch = startStopwatch();
  try {
    return { regions: await listEnabledRegions(connection, signal), unanswered: [] };
  } catch (thrown) {
    const failure = describeAwsError(thrown);
    const action = failure.action ?? regionsAction;
    const tally = { region: globalRegion, service: catalogueService('ec2').reconName, resources: 0, truncated: 0 };
    const stopped = signal.aborted ? { failures: [], stopped: stopReason() } : { failures: [{ ...failure, action }] };
    return { regions: [connection.region], unanswered: [{ ...tally, seconds: stopwatch(), ...stopped }] };
  }
};

const chooseServices = (order: SweepOrder): readonly ServiceKey[] =>
  order.services === 'all' ? services.map(service => service.key) : order.services;

/** What expired in one cell is expired in all: asking on would only bring more refusals into the account's logs. */
const stopWhenExpired = (context: SweepContext, tally: CellTally): CellTally => {
  if (tally.failures.some(failure => failure.kind === 'credentials-expired')) {
    context.stopExpired();
  }
  return tally;
};

const runCells = async (context: SweepContext, choice: RegionChoice): Promise<CellTally[]> => {
  const limit = pLimit(cellsAtOnce);
  const run = (cell: () => Promise<CellTally>) => limit(async () => stopWhenExpired(context, await cell()));
  // Queued first, because the cells of services wait for their region's tags before they write.
  const tagging = new Map(choice.regions.map(region => [region, run(() => listTaggingCell(context, region))]));
  const allTagged = Promise.all(tagging.values());
  const native = context.services.flatMap(key =>
    catalogueService(key).scope === 'global'
      ? [run(() => listServiceCell(context, { key, region: globalRegion, tagged: allTagged }))]
      : [...tagging].map(([region, tagged]) => run(() => listServiceCell(context, { key, region, tagged }))),
  );
  const nativeTallies = await Promise.all(native);
  const taggingTallies = await writeRemaining(context, await allTagged);
  return [...choice.unanswered, ...taggingTallies, ...nativeTallies];
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
    return { cells: judgeSweep(tallies.map(judgeCell)), credentialsExpired: expired };
  } finally {
    // After an error of our own, a full disk say, the other cells would hold the process until they end.
    end.abort();
  }
};

// The sweep of one account: the Tagging API, every service and Cloud Control in every region, some of them at a time.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { createRequestRates, type RequestRates } from '../../../clients/aws/request-rates.ts';
import { catalogue } from '../../../contract/catalogue/catalogue.ts';
import {
  type AcceptedOutcome,
  acceptedReason,
  fitsPattern,
  isSelected,
  selectTypes,
  type TypeSelection,
} from '../../../contract/catalogue/selection.ts';
import { blindOutcomes, type Cell, type Requests } from '../../../contract/scan-report.ts';
import { judgeCell } from './cell-outcome.ts';
import { doubtEmpty, noHints, readHints } from './hints.ts';
import { judgeSweep } from './judge-sweep.ts';
import { createParentBook } from './parent-book.ts';
import { chooseRegions } from './region-choice.ts';
import type { ReportFile } from './report-file.ts';
import { noteExpiry, type SweepContext } from './sweep-context.ts';
import { runParts } from './sweep-parts.ts';
import { createTagWitness } from './tag-witness.ts';

export interface SweepOrder {
  readonly account: string;
  readonly partition: string;
  readonly regions: 'enabled' | readonly string[];
  readonly selection: TypeSelection;
  readonly accepted: readonly AcceptedOutcome[];
  /** Resources of a type and region to write at most; null writes all. */
  readonly maxPerType: number | null;
}

export interface Sweep {
  readonly order: SweepOrder;
  readonly connection: AwsConnection;
  readonly report: ReportFile;
  /** A new file for the tags that wait; the caller removes it. */
  readonly tagFile: string;
  /** Aborts when the sweep has to come to its end; the report then holds what was listed until then. */
  readonly signal: AbortSignal;
  /** Why it aborted, in the cells' words. */
  readonly stopReason: () => string;
  /** Told of every part that has ended, for whoever watches. */
  readonly progress?: ((done: number, parts: number) => void) | undefined;
}

export interface SweepResult {
  readonly cells: readonly Cell[];
  readonly requests: Requests;
  readonly credentialsExpired: boolean;
}

/** Requests in flight of the whole scan: each holds a page, and many accounts are scanned at once. */
const inFlight = 64;
/** Calls of one service in one region, and of Cloud Control there. */
const perService = 8;
const summarize = (rates: RequestRates): Requests => {
  const report = rates.report();
  const sum = (count: (rate: (typeof report)[number]) => number): number =>
    report.reduce((total, rate) => total + count(rate), 0);
  return {
    requests: sum(rate => rate.requests),
    throttled: sum(rate => rate.throttled),
    throttledSeconds: Math.round(sum(rate => rate.throttledSeconds) * 1000) / 1000,
    slowed: report.filter(({ throttled }) => throttled > 0),
  };
};

/** Marks what settings expect; only what would make the account partial needs an excuse. */
const accept = (cell: Cell, accepted: readonly AcceptedOutcome[]): Cell => {
  if (!blindOutcomes.includes(cell.outcome)) return cell;
  const reason = acceptedReason(cell, accepted);
  return reason === undefined ? cell : { ...cell, accepted: reason };
};

/** Whether a type belongs into the report: chosen ones, and where nothing is narrowed also what no tier lists. */
const reportedBy = (selection: TypeSelection): ((type: string) => boolean) => {
  const chosen = new Set(catalogue.filter(type => isSelected(type, selection)).map(({ type }) => type));
  const known = new Set(catalogue.map(({ type }) => type));
  const isNarrow = selection.services !== 'all' || selection.types.length > 0;
  return type => {
    if (known.has(type)) return chosen.has(type);
    return !isNarrow && !selection.exclude.some(pattern => fitsPattern(type, pattern));
  };
};

const openContext = (sweep: Sweep, end: AbortController, expiry: { expired: boolean }): SweepContext => {
  const { order } = sweep;
  const types = selectTypes(order.selection);
  const signal = AbortSignal.any([sweep.signal, end.signal]);
  return {
    place: { partition: order.partition, account: order.account },
    types,
    isReported: reportedBy(order.selection),
    limit: order.maxPerType ?? Number.POSITIVE_INFINITY,
    connection: sweep.connection,
    rates: createRequestRates({ inFlight, perService }, signal),
    report: sweep.report,
    witness: createTagWitness(sweep.tagFile, new Set(types.map(({ type }) => type))),
    parents: createParentBook(types),
    shared: new Set(),
    signal,
    stopReason: () => (expiry.expired ? 'not finished: the credentials expired during the scan' : sweep.stopReason()),
    stopExpired: () => {
      expiry.expired = true;
      end.abort();
    },
  };
};

/** A scan of a few types has no use for them. */
const askHints = ({ order, connection }: Sweep, { rates, signal }: SweepContext, regions: readonly string[]) => {
  const { services, types } = order.selection;
  return services === 'all' && types.length === 0
    ? readHints({ connection, rates, regions, signal })
    : Promise.resolve(noHints);
};

/** Lists everything that the order names into the report, which it leaves open. Never throws for what an API answers. */
export const runSweep = async (sweep: Sweep): Promise<SweepResult> => {
  const end = new AbortController();
  const expiry = { expired: false };
  const { order, connection, signal, stopReason } = sweep;
  const choice = await chooseRegions({ regions: order.regions, connection, signal, stopReason });
  const context = openContext(sweep, end, expiry);
  for (const { failures } of choice.unanswered) for (const failure of failures) noteExpiry(context, failure);
  try {
    const hints = askHints(sweep, context, choice.regions);
    const tallies = await runParts(context, { choice, hints, progress: sweep.progress });
    const cells = judgeSweep(tallies.map(judgeCell), choice.areEnabled ? choice.regions : []);
    const known = await hints;
    const reported = cells.filter(cell => cell.tier === 'account' || context.isReported(cell.type));
    return {
      cells: reported.map(cell => accept(doubtEmpty(cell, known), order.accepted)),
      requests: summarize(context.rates),
      credentialsExpired: expiry.expired,
    };
  } finally {
    // After an error of our own, a full disk say, the other cells would hold the process until they end.
    end.abort();
    context.witness.close();
  }
};

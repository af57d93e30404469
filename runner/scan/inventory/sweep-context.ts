// What every cell of a sweep shares, and how its records are counted and capped.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { type AwsErrorFacts, describeAwsError } from '../../../clients/aws/errors.ts';
import type { RequestRates } from '../../../clients/aws/request-rates.ts';
import { parseArn } from '../../../contract/catalogue/arn.ts';
import type { CatalogueType } from '../../../contract/catalogue/catalogue.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import type { CellPlace, CellTally } from './cell-outcome.ts';
import type { ParentBook } from './parent-book.ts';
import type { RecordPlace } from './record.ts';
import type { ReportFile } from './report-file.ts';
import type { TagWitness } from './tag-witness.ts';

export interface SweepContext {
  readonly place: Omit<RecordPlace, 'region'>;
  /** Types that are listed; those that only lead to others are not reported. */
  readonly types: readonly CatalogueType[];
  /** Whether a type belongs into the report, one of no tier included. */
  readonly isReported: (type: string) => boolean;
  /** Records of a type in a region. */
  readonly limit: number;
  readonly connection: AwsConnection;
  readonly rates: RequestRates;
  readonly report: ReportFile;
  readonly witness: TagWitness;
  readonly parents: ParentBook;
  /** ARNs without a region that a regional listing showed: another region may show the same. */
  readonly shared: Set<string>;
  readonly signal: AbortSignal;
  readonly stopReason: () => string;
  /** Ends the whole sweep: its credentials are worth nothing any more. */
  readonly stopExpired: () => void;
}

/** What a cell has counted so far. */
export interface Counts {
  resources: number;
  pages: number;
  truncated: number;
  readonly failures: AwsErrorFacts[];
}

export const newCounts = (): Counts => ({ resources: 0, pages: 0, truncated: 0, failures: [] });

/** Whether one more record may be written; what may not is counted. */
export const takeRoom = (counts: Counts, limit: number): boolean => {
  if (counts.resources < limit) {
    counts.resources += 1;
    return true;
  }
  counts.truncated += 1;
  return false;
};

export const tallyOf = (place: CellPlace, counts: Counts, stopped?: string): CellTally => ({
  ...place,
  ...counts,
  stopped,
});

/** Runs a walk to its end, or to the end of the sweep; resolves to why it was stopped, undefined at its own end. */
export const runToEnd = async (context: SweepContext, run: () => Promise<void>): Promise<string | undefined> => {
  if (context.signal.aborted) return context.stopReason();
  try {
    await run();
    return undefined;
  } catch (thrown) {
    if (!context.signal.aborted) throw thrown;
    return context.stopReason();
  }
};

/** What expired in one cell is expired in all: asking on would only bring more refusals into the account's logs. */
export const noteExpiry = (context: SweepContext, failure: AwsErrorFacts): void => {
  if (failure.kind === 'credentials-expired') context.stopExpired();
};

/** Why not all resources of a type are known, in the words in which the types below it then fail; null when all are. */
export const whyUnseen = (type: string, counts: Counts, stopped: string | undefined): AwsErrorFacts | null => {
  const failure = counts.failures[0];
  if (failure === undefined && stopped === undefined) return null;
  const facts = failure ?? describeAwsError({ name: 'ParentsUnseen', message: stopped });
  return { ...facts, message: `it lies below ${type}, of which not all could be listed: ${facts.message}` };
};

/** Whether another region has shown the resource already: what belongs to no region some services list in each. */
export const isRepeated = (context: SweepContext, arn: string, region: string): boolean => {
  if (region === globalRegion || arn === '' || parseArn(arn)?.region !== '') return false;
  if (context.shared.has(arn)) return true;
  context.shared.add(arn);
  return false;
};

// One cell of the sweep: walks a service or the Tagging API in one region, writes the records, and counts.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { type AwsErrorFacts, describeAwsError } from '../../../clients/aws/errors.ts';
import type { ListedPage } from '../../../clients/aws/inventory/listing.ts';
import { serviceListing } from '../../../clients/aws/inventory/services.ts';
import { walkTagged } from '../../../clients/aws/inventory/tagging.ts';
import { type ListingFailure, walkService } from '../../../clients/aws/inventory/walk.ts';
import { startStopwatch } from '../../../clients/clock.ts';
import {
  catalogueService,
  globalRegion,
  resourceType,
  type ServiceKey,
  taggingAction,
  taggingName,
} from '../../../contract/catalogue/services.ts';
import type { CellTally } from './cell-outcome.ts';
import { nativeRecord, type RecordPlace, resourceArn, type TaggedArn, taggedRecord } from './record.ts';
import type { ReportFile } from './report-file.ts';
import type { TagWitness } from './tag-witness.ts';

export interface SweepContext {
  readonly place: Omit<RecordPlace, 'region'>;
  readonly services: readonly ServiceKey[];
  /** True when nothing narrows the services, so that the Tagging API's others belong into the report too. */
  readonly everyService: boolean;
  /** Records of a type in a region. */
  readonly limit: number;
  readonly connection: AwsConnection;
  readonly report: ReportFile;
  readonly witness: TagWitness;
  readonly signal: AbortSignal;
  readonly stopReason: () => string;
  /** Ends the whole sweep: its credentials are worth nothing any more. */
  readonly stopExpired: () => void;
}

export interface ServiceCell {
  readonly key: ServiceKey;
  readonly region: string;
  /** Settles when the tags that belong to this cell's resources are known, as far as they can be. */
  readonly tagged: Promise<unknown>;
}

interface Counts {
  resources: number;
  pages: number;
  truncated: number;
  failures: AwsErrorFacts[];
  readonly perType: Map<string, number>;
}

const newCounts = (): Counts => ({ resources: 0, pages: 0, truncated: 0, failures: [], perType: new Map() });

/** Whether one more of the type may be written; what may not is counted. */
const takeRoom = (counts: Counts, type: string, limit: number): boolean => {
  const before = counts.perType.get(type) ?? 0;
  counts.perType.set(type, before + 1);
  if (before < limit) return true;
  counts.truncated += 1;
  return false;
};

const writePage = async (context: SweepContext, page: ListedPage, cell: { region: string; counts: Counts }) => {
  const { counts, region } = cell;
  const type = resourceType(page.type);
  counts.pages += 1;
  const place = { ...context.place, region };
  for (const listed of page.items) {
    if (takeRoom(counts, page.type, context.limit)) {
      await context.report.write(
        nativeRecord({ type, place, listed, takeTags: context.witness.take, seen: new Date() }),
      );
      counts.resources += 1;
    } else {
      // Seen is seen: otherwise the Tagging API would bring back what the cap left out.
      context.witness.take(resourceArn(type, place, listed));
    }
  }
};

interface Walk {
  readonly region: string;
  readonly service: string;
  readonly counts: Counts;
  readonly run: () => Promise<void>;
}

/** Runs a walk to its end, or to the end of the sweep; whatever an API answered is in the tally. */
const tallyWalk = async (context: SweepContext, { region, service, counts, run }: Walk): Promise<CellTally> => {
  const stopwatch = startStopwatch();
  let stopped: string | undefined;
  try {
    if (context.signal.aborted) stopped = context.stopReason();
    else await run();
  } catch (thrown) {
    if (!context.signal.aborted) throw thrown;
    stopped = context.stopReason();
  }
  const { resources, pages, truncated, failures } = counts;
  return { region, service, resources, pages, truncated, failures, seconds: stopwatch(), stopped };
};

/** EC2 and S3 refuse without naming the action; the catalogue knows which one the row needs. */
const withAction = ({ types, failure, describing }: ListingFailure): AwsErrorFacts => {
  if (failure.kind !== 'denied' || failure.action !== null) return failure;
  const needed = types.flatMap(type => resourceType(type).actions);
  return { ...failure, action: (describing ? needed.at(-1) : needed[0]) ?? null };
};

/** Lists one service in one region, or the whole account's where it is global. */
export const listServiceCell = (context: SweepContext, { key, region, tagged }: ServiceCell): Promise<CellTally> => {
  const counts = newCounts();
  // A global service is asked where the scan began; its records say `global`.
  const asked = region === globalRegion ? context.connection.region : region;
  const run = async () => {
    const options = { abortSignal: context.signal, limit: context.limit };
    const connection = { ...context.connection, region: asked };
    for await (const step of walkService(serviceListing(key), connection, options)) {
      if ('failure' in step) {
        counts.failures.push(withAction(step));
      } else {
        await tagged;
        await writePage(context, step, { region: asked, counts });
      }
    }
  };
  return tallyWalk(context, { region, service: catalogueService(key).reconName, counts, run });
};

/** A Tagging API's cell, which goes on counting while its records are written. */
export interface TaggingCell extends CellTally {
  readonly counts: Counts;
}

/** The cell's final tally, with what a cap left out of its records. */
export const tallyTagging = ({ counts, ...tally }: TaggingCell): CellTally => ({
  ...tally,
  truncated: counts.truncated,
});

const writeTagged = async (context: SweepContext, { region, arn, tags }: TaggedArn, counts: Counts): Promise<void> => {
  const record = taggedRecord(arn, { place: { ...context.place, region }, tags, seen: new Date() });
  if (record === undefined) return;
  if (takeRoom(counts, record.resourceType, context.limit)) await context.report.write(record);
};

/** Reads the tags of one region. What no listed service can show is written at once, the rest by `writeRemaining`. */
export const listTaggingCell = async (context: SweepContext, region: string): Promise<TaggingCell> => {
  const counts = newCounts();
  const run = async () => {
    const connection = { ...context.connection, region };
    const services = context.everyService ? 'all' : context.services;
    try {
      for await (const page of walkTagged(connection, { services, abortSignal: context.signal })) {
        counts.pages += 1;
        counts.resources += page.length;
        for (const { arn, tags } of page) {
          const tagged = { region, arn, tags };
          if (!context.witness.hold(tagged)) await writeTagged(context, tagged, counts);
        }
      }
    } catch (thrown) {
      if (context.signal.aborted) throw thrown;
      const failure = describeAwsError(thrown);
      counts.failures.push({
        ...failure,
        action: failure.action ?? (failure.kind === 'denied' ? taggingAction : null),
      });
    }
  };
  const tally = await tallyWalk(context, { region, service: taggingName, counts, run });
  return { ...tally, counts };
};

/** Writes what the Tagging API alone has seen of a region, or of the global services, and forgets it. */
export const writeRemaining = async (
  context: SweepContext,
  region: string,
  cells: readonly TaggingCell[],
): Promise<void> => {
  const countsByRegion = new Map(cells.map(cell => [cell.region, cell.counts]));
  for (const tagged of context.witness.release(region)) {
    const counts = countsByRegion.get(tagged.region);
    if (counts !== undefined) await writeTagged(context, tagged, counts);
  }
};

// Reads the Tagging API in one region: tags for what is listed, and the only witness of what is not.
import { describeAwsError } from '../../../clients/aws/errors.ts';
import { walkTagged } from '../../../clients/aws/inventory/tagging.ts';
import { taggingAction, taggingName } from '../../../contract/catalogue/services.ts';
import type { CellTally } from './cell-outcome.ts';
import { type TaggedArn, taggedRecord } from './record.ts';
import { type Counts, newCounts, noteExpiry, runToEnd, type SweepContext, takeRoom, tallyOf } from './sweep-context.ts';

/** A Tagging API's cell, which goes on counting while its records are written. */
export interface TaggingCell {
  readonly region: string;
  /** Of the tagged resources that were shown. */
  readonly counts: Counts;
  readonly stopped: string | undefined;
  /** Of the records that were written, by type. */
  readonly written: Map<string, Counts>;
}

/** The cell's final tally, with what a cap left out of its records. */
export const tallyTagging = ({ region, counts, stopped, written }: TaggingCell): CellTally => {
  const truncated = [...written.values()].reduce((sum, each) => sum + each.truncated, 0);
  const place = { region, type: taggingName, service: taggingName, tier: 'account', host: taggingName } as const;
  return tallyOf(place, { ...counts, truncated }, stopped);
};

const writeTagged = async (context: SweepContext, { region, arn, tags }: TaggedArn, cell: TaggingCell) => {
  const record = taggedRecord(arn, { place: { ...context.place, region }, tags, seen: new Date() });
  if (record === undefined || !context.isReported(record.resourceType)) return;
  const counts = cell.written.get(record.resourceType) ?? newCounts();
  cell.written.set(record.resourceType, counts);
  if (takeRoom(counts, context.limit)) await context.report.write(record);
};

/** Reads the tags of one region. What no listed type can be is written at once, the rest by `writeRemaining`. */
export const listTaggingCell = async (context: SweepContext, region: string): Promise<TaggingCell> => {
  const counts = newCounts();
  const cell = { region, counts, written: new Map<string, Counts>(), stopped: undefined as string | undefined };
  const run = async (): Promise<void> => {
    const place = { connection: { ...context.connection, region }, rates: context.rates };
    try {
      for await (const page of walkTagged(place, context.signal)) {
        counts.pages += 1;
        counts.resources += page.length;
        const given = context.witness.hold(page.map(tagged => ({ region, ...tagged })));
        for (const tagged of given) await writeTagged(context, tagged, cell);
      }
    } catch (thrown) {
      if (context.signal.aborted) throw thrown;
      const failure = describeAwsError(thrown);
      noteExpiry(context, failure);
      const action = failure.action ?? (failure.kind === 'denied' ? taggingAction : null);
      counts.failures.push({ ...failure, action });
    }
  };
  cell.stopped = await runToEnd(context, run);
  return cell;
};

/** Writes what the Tagging API alone has seen of a region, or of the global services, and forgets it. */
export const writeRemaining = async (
  context: SweepContext,
  region: string,
  cells: readonly TaggingCell[],
): Promise<void> => {
  const byRegion = new Map(cells.map(cell => [cell.region, cell]));
  for (let rest = context.witness.release(region); rest.length > 0; rest = context.witness.release(region)) {
    for (const tagged of rest) {
      const cell = byRegion.get(tagged.region);
      if (cell !== undefined) await writeTagged(context, tagged, cell);
    }
  }
};

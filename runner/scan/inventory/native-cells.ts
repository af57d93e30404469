// Lists one service in one region by its own calls: writes the records, and counts each of its types by itself.
import type { AwsErrorFacts } from '../../../clients/aws/errors.ts';
import type { ListedItem, ListedPage } from '../../../clients/aws/inventory/listing.ts';
import { serviceListing } from '../../../clients/aws/inventory/services.ts';
import { type ListingFailure, walkService } from '../../../clients/aws/inventory/walk.ts';
import type { CatalogueType } from '../../../contract/catalogue/catalogue.ts';
import { homeRegion } from '../../../contract/catalogue/global-scope.ts';
import type { NativeService } from '../../../contract/catalogue/native-service.ts';
import { globalRegion, type ResourceType, resourceType } from '../../../contract/catalogue/services.ts';
import type { CellTally } from './cell-outcome.ts';
import { nativeRecord, shapeResource } from './record.ts';
import {
  type Counts,
  isRepeated,
  newCounts,
  noteExpiry,
  runToEnd,
  type SweepContext,
  takeRoom,
  tallyOf,
  whyUnseen,
} from './sweep-context.ts';

export interface NativeUnit {
  readonly service: NativeService;
  /** An AWS region, or `global`. */
  readonly region: string;
  /** The types of it that are wanted. */
  readonly types: readonly CatalogueType[];
}

/** EC2 and S3 refuse without naming the action; the catalogue knows which one the row needs. */
const withAction = (key: string, { failure, describing }: ListingFailure): AwsErrorFacts => {
  if (failure.kind !== 'denied' || failure.action !== null) return failure;
  const { actions } = resourceType(key);
  return { ...failure, action: (describing ? actions.at(-1) : actions[0]) ?? null };
};

interface NativePlace {
  readonly unit: NativeUnit;
  /** The region that is asked. */
  readonly asked: string;
  readonly counts: Counts;
}

const writeItem = async (
  context: SweepContext,
  { type, listed }: { type: ResourceType; listed: ListedItem },
  { unit, asked, counts }: NativePlace,
): Promise<void> => {
  const place = { ...context.place, region: asked };
  const resource = shapeResource(type, place, listed);
  const { arn, id } = resource.key;
  if (isRepeated(context, arn, unit.region)) return;
  context.parents.note(unit.region, type.cloudFormationType, {
    arn,
    id,
    members: listed.fields as Readonly<Record<string, unknown>>,
  });
  const { take: takeTags } = context.witness;
  if (context.isReported(type.cloudFormationType) && takeRoom(counts, context.limit)) {
    await context.report.write(nativeRecord({ type, place, listed, resource, takeTags, seen: new Date() }));
  } else {
    // Seen is seen: otherwise the Tagging API would bring back what the cap left out.
    takeTags(resource.key, asked);
  }
};

const writePage = async (context: SweepContext, page: ListedPage, place: NativePlace): Promise<void> => {
  const type = resourceType(page.type);
  place.counts.pages += 1;
  for (const listed of page.items) await writeItem(context, { type, listed }, place);
};

/** A global service is asked in its only region, or where the scan began; its records say `global`. */
const askedRegion = (context: SweepContext, { region, service }: NativeUnit): string => {
  if (region !== globalRegion) return region;
  const home = service.home === undefined ? undefined : homeRegion(context.place.partition, service.home);
  return home ?? context.connection.region;
};

/** Lists the unit's types; every one of them has a tally at the end. */
export const listNativeUnit = async (context: SweepContext, unit: NativeUnit): Promise<CellTally[]> => {
  const byKey = new Map(
    unit.types.flatMap(type => (type.native === undefined ? [] : [[type.native.key, type] as const])),
  );
  const counts = new Map([...byKey.keys()].map(key => [key, newCounts()]));
  const asked = askedRegion(context, unit);
  const run = async (): Promise<void> => {
    const place = { connection: { ...context.connection, region: asked }, rates: context.rates };
    const options = { abortSignal: context.signal, limit: context.limit, types: new Set(byKey.keys()) };
    const listing = await serviceListing(unit.service.key);
    for await (const step of walkService(listing, place, options)) {
      if ('failure' in step) {
        noteExpiry(context, step.failure);
        for (const key of step.types) counts.get(key)?.failures.push(withAction(key, step));
      } else {
        const counted = counts.get(step.type);
        if (counted !== undefined) await writePage(context, step, { unit, asked, counts: counted });
      }
    }
  };
  const stopped = await runToEnd(context, run);
  return [...counts].map(([key, counted]) => {
    const { cloudFormationType: type } = resourceType(key);
    context.parents.close(unit.region, type, whyUnseen(type, counted, stopped));
    const { key: host, reconName } = unit.service;
    return tallyOf({ region: unit.region, type, service: reconName, tier: 'native', host }, counted, stopped);
  });
};

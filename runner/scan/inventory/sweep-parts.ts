// The parts of a sweep: in each region its tags first, then its services and Cloud Control side by side; what is global last.
import pLimit from 'p-limit';
import type { CatalogueType } from '../../../contract/catalogue/catalogue.ts';
import { nativeServices } from '../../../contract/catalogue/native-services.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import type { CellTally } from './cell-outcome.ts';
import { listCloudControlUnit } from './cloud-control-cells.ts';
import type { Hints } from './hints.ts';
import { listNativeUnit } from './native-cells.ts';
import type { RegionChoice } from './region-choice.ts';
import type { SweepContext } from './sweep-context.ts';
import { listTaggingCell, type TaggingCell, tallyTagging, writeRemaining } from './tagging-cells.ts';

/** Services that are walked at once: each holds a client and its connections. */
const unitsAtOnce = 32;

type Units = Map<string, CatalogueType[]>;

interface RegionPlan {
  readonly region: string;
  readonly native: Units;
  readonly cloudControl: readonly CatalogueType[];
}

const planRegion = (region: string, types: readonly CatalogueType[]): RegionPlan => {
  const scope = region === globalRegion ? 'global' : 'regional';
  const here = types.filter(type => type.scope === scope);
  return {
    region,
    native: Map.groupBy(
      here.filter(({ native }) => native !== undefined),
      ({ native }) => native?.service ?? '',
    ),
    cloudControl: here.filter(({ tier }) => tier === 'cloud-control'),
  };
};

type Run = <Result>(part: () => Promise<Result>) => Promise<Result>;

interface RegionRun {
  /** Settles when the tags that belong to the region are known. */
  readonly tagged: Promise<readonly TaggingCell[]>;
  readonly hints: Promise<Hints>;
  readonly run: Run;
  /** Counts a part that has ended. */
  readonly track: Run;
}

/** What is known to be there is asked for first: a scan that ends early has then seen most. */
const orderTypes = (types: readonly CatalogueType[], region: string, hints: Hints): CatalogueType[] =>
  types.toSorted((a, b) => hints.countOf(region, b.type) - hints.countOf(region, a.type));

/** The parts of one region, which begin when the tags that belong to it are known. */
const runRegion = async (
  context: SweepContext,
  plan: RegionPlan,
  { tagged, hints, run, track }: RegionRun,
): Promise<CellTally[]> => {
  const cells = await tagged;
  const native = nativeServices.flatMap(service => {
    const types = plan.native.get(service.key);
    if (types === undefined) return [];
    return [track(() => run(() => listNativeUnit(context, { service, region: plan.region, types })))];
  });
  const { region, cloudControl } = plan;
  const listControlled = async (): Promise<CellTally[]> =>
    listCloudControlUnit(context, { region, types: orderTypes(cloudControl, region, await hints) });
  const controlled = cloudControl.length === 0 ? [] : [track(listControlled)];
  const tallies = (await Promise.all([...native, ...controlled])).flat();
  await writeRemaining(context, region, cells);
  return tallies;
};

export interface SweepParts {
  readonly choice: RegionChoice;
  readonly hints: Promise<Hints>;
  /** Told of every part that has ended, for whoever watches. */
  readonly progress: ((done: number, parts: number) => void) | undefined;
}

/** Runs all parts; every type of every region has a tally at the end. Throws errors of our own alone. */
export const runParts = async (
  context: SweepContext,
  { choice, hints, progress }: SweepParts,
): Promise<CellTally[]> => {
  const plans = [globalRegion, ...choice.regions].map(region => planRegion(region, context.types));
  const counts = plans.map(({ native, cloudControl }) => native.size + (cloudControl.length > 0 ? 1 : 0));
  const parts = choice.regions.length + counts.reduce((sum, count) => sum + count, 0);
  let done = 0;
  const track: Run = async part => {
    const result = await part();
    done += 1;
    progress?.(done, parts);
    return result;
  };
  const run: Run = pLimit(unitsAtOnce);
  const tagging = choice.regions.map(region => track(() => run(() => listTaggingCell(context, region))));
  const allTagged = Promise.all(tagging);
  // Whoever waits for it gets the error too; when nobody does, it comes with the region.
  allTagged.catch(() => undefined);
  // The global types wait for the tags of all regions: any of them may show theirs.
  const regional = plans.map(plan => {
    const at = choice.regions.indexOf(plan.region);
    const own = tagging[at];
    const tagged = own === undefined ? allTagged : own.then(cell => [cell]);
    return runRegion(context, plan, { tagged, hints, run, track });
  });
  const tallies = (await Promise.all(regional)).flat();
  // Resources of no region that a regional type's listing would have taken are known to be left by now.
  await writeRemaining(context, globalRegion, await allTagged);
  return [...choice.unanswered, ...(await allTagged).map(tallyTagging), ...tallies];
};

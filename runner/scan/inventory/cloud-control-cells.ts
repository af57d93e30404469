// Lists through Cloud Control what no call of its own lists, in one region: parents before children, some types at a time.
import pLimit from 'p-limit';
import type { AwsErrorFacts, AwsErrorKind } from '../../../clients/aws/errors.ts';
import {
  type CloudControlResource,
  describeListError,
  type OpenCloudControl,
  openCloudControl,
} from '../../../clients/aws/inventory/cloud-control.ts';
import { type CatalogueType, cloudControlAction } from '../../../contract/catalogue/catalogue.ts';
import { homeOfType, isAnsweredIn } from '../../../contract/catalogue/global-scope.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import { type CellTally, isMissingHost, unknownCredentials } from './cell-outcome.ts';
import {
  arnOfControlled,
  type ControlledResource,
  controlledKey,
  controlledRecord,
  identifierParts,
} from './cloud-control-record.ts';
import type { Model } from './parent-book.ts';
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

export interface CloudControlUnit {
  /** An AWS region, or `global`. */
  readonly region: string;
  readonly types: readonly CatalogueType[];
}

/** Types of a region that are asked about at once; their calls wait for their turn anyway. */
const typesAtOnce = 16;

/** Parents of one type that are asked about at once: one type with thousands of them must not hold up all others. */
const parentsAtOnce = 4;

/** So many refusals in a row say that a type's parents refuse all. */
const refusalsInRow = 10;

interface TypeWalk {
  readonly context: SweepContext;
  readonly client: OpenCloudControl;
  readonly type: CatalogueType;
  /** As cells and records say it. */
  readonly region: string;
  /** The region that is asked. */
  readonly asked: string;
  readonly counts: Counts;
  /** Called at every page. */
  readonly answered: () => void;
}

const writeResource = async (walk: TypeWalk, { identifier, properties }: CloudControlResource, model: Model) => {
  const { context, type, counts, region, asked } = walk;
  const resource: ControlledResource = { identifier, properties: { ...model, ...properties } };
  const place = { ...context.place, region: asked };
  const arn = arnOfControlled(type.type, resource, place);
  if (isRepeated(context, arn, region)) return;
  const members = { ...identifierParts(type.type, identifier), ...resource.properties };
  context.parents.note(region, type.type, { arn, id: identifier, members });
  if (context.isReported(type.type) && takeRoom(counts, context.limit)) {
    const take = context.witness.take;
    await context.report.write(controlledRecord({ type, place, resource, takeTags: take, seen: new Date() }));
  } else {
    context.witness.take(controlledKey({ type, place, resource }), asked);
  }
};

const listModel = async (walk: TypeWalk, model: Model | undefined): Promise<void> => {
  const { client, context, type, counts } = walk;
  for await (const page of client.list({ type: type.type, model, abortSignal: context.signal })) {
    counts.pages += 1;
    walk.answered();
    for (const resource of page) await writeResource(walk, resource, model ?? {});
  }
};

/** Every combination of the fixed inputs that the region answers. */
const fixedModels = ({ context, type, asked }: TypeWalk): Model[] => {
  const { each = {}, account } = type.list ?? {};
  const own: Model = account === undefined ? {} : { [account]: context.place.account };
  return Object.entries(each).reduce<Model[]>(
    (models, [input, values]) =>
      models.flatMap(model =>
        values.filter(value => isAnsweredIn(asked, input, value)).map(value => ({ ...model, [input]: value })),
      ),
    [own],
  );
};

/** The models under which the type is listed; undefined inputs mean one listing without any. */
const modelsOf = async (walk: TypeWalk): Promise<readonly (Model | undefined)[]> => {
  const { context, type, region, counts } = walk;
  const fixed = fixedModels(walk);
  if (type.list?.below === undefined) return fixed.map(model => (Object.keys(model).length === 0 ? undefined : model));
  const parents = await context.parents.parentsOf(region, type);
  if (parents.end !== null) counts.failures.push(parents.end);
  // No parent, no child: that is an answer too.
  else if (parents.models.length === 0) counts.pages += 1;
  counts.truncated += parents.truncated;
  return parents.models.flatMap(model => fixed.map(each => ({ ...model, ...each })));
};

const withAction = (failure: AwsErrorFacts): AwsErrorFacts =>
  failure.kind === 'denied' && failure.action === null ? { ...failure, action: cloudControlAction } : failure;

/** Codes of a parent that was deleted since it was listed, and of a type of which the account has never had any. */
const isNothingThere = ({ code }: AwsErrorFacts): boolean => code === 'ResourceNotFoundException';

type Run = (call: () => Promise<void>) => Promise<void>;

const listType = async (walk: TypeWalk, run: Run): Promise<void> => {
  const { context, counts } = walk;
  let refusals = 0;
  const listOne = async (model: Model | undefined): Promise<void> => {
    if (refusals >= refusalsInRow) return;
    try {
      await listModel(walk, model);
      refusals = 0;
    } catch (thrown) {
      if (context.signal.aborted) throw thrown;
      const failure = describeListError(thrown);
      if (isNothingThere(failure)) {
        counts.pages += 1;
        return;
      }
      noteExpiry(context, failure);
      counts.failures.push(withAction(failure));
      refusals += 1;
    }
  };
  const models = await modelsOf(walk);
  await pLimit(parentsAtOnce).map(models, model => run(() => listOne(model)));
};

const refusesAll: readonly AwsErrorKind[] = ['credentials-expired', 'no-credentials'];

/** What every other type of the region would be answered too: Cloud Control is not there, or may not be asked at all. */
const isForAll = (failure: AwsErrorFacts): boolean =>
  refusesAll.includes(failure.kind) ||
  isMissingHost(failure) ||
  unknownCredentials.test(failure.code) ||
  /^(UnknownOperationException|InvalidAction)$/.test(failure.code) ||
  (failure.kind === 'denied' && failure.action === cloudControlAction);

/** The first answer of a region, for which all types but one wait: a thousand times the same refusal tells nothing. */
interface Opening {
  readonly first: CatalogueType | undefined;
  /** Resolves to what all are refused with; undefined when they are worth asking. */
  readonly decided: Promise<AwsErrorFacts | undefined>;
  readonly decide: (refusal: AwsErrorFacts | undefined) => void;
}

const openUnit = (types: readonly CatalogueType[]): Opening => {
  const { promise, resolve } = Promise.withResolvers<AwsErrorFacts | undefined>();
  const first = types.find(({ list }) => list?.below === undefined);
  if (first === undefined) resolve(undefined);
  return { first, decided: promise, decide: resolve };
};

const listCell = async (walk: TypeWalk, opening: Opening, run: Run): Promise<CellTally> => {
  const { context, type, region, counts } = walk;
  const listRest = async (): Promise<void> => {
    const refusal = await opening.decided;
    if (refusal === undefined) await listType(walk, run);
    else counts.failures.push(refusal);
  };
  const listFirst = (): Promise<void> =>
    listType(walk, run).finally(() => opening.decide(counts.failures.find(isForAll)));
  const stopped = await runToEnd(context, type === opening.first ? listFirst : listRest);
  context.parents.close(region, type.type, whyUnseen(type.type, counts, stopped));
  const place = { region, type: type.type, service: type.service, host: 'cloudcontrol' };
  return tallyOf({ ...place, tier: 'cloud-control' }, counts, stopped);
};

/** Lists the unit's types, of whom those without parents begin as soon as the first is answered. */
const listTypes = async (
  context: SweepContext,
  unit: CloudControlUnit,
  { asked, types }: { asked: string; types: readonly CatalogueType[] },
): Promise<CellTally[]> => {
  const client = openCloudControl({ ...context.connection, region: asked }, context.rates);
  const limit = pLimit(typesAtOnce);
  const opening = openUnit(types);
  const walkOf = (type: CatalogueType): TypeWalk => ({
    context,
    client,
    type,
    region: unit.region,
    asked,
    counts: newCounts(),
    answered: () => opening.decide(undefined),
  });
  try {
    return await Promise.all(types.map(type => listCell(walkOf(type), opening, limit)));
  } finally {
    client.close();
  }
};

/** Lists all types of a unit; the global ones each in the region that speaks for them. */
export const listCloudControlUnit = async (context: SweepContext, unit: CloudControlUnit): Promise<CellTally[]> => {
  const askedFor = ({ type }: CatalogueType): string =>
    unit.region === globalRegion
      ? (homeOfType(type, context.place.partition) ?? context.connection.region)
      : unit.region;
  const groups = [...Map.groupBy(unit.types, askedFor)];
  return (await Promise.all(groups.map(([asked, types]) => listTypes(context, unit, { asked, types })))).flat();
};

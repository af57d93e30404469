// CloudFormation's own answer to who manages what: the resources of every stack, for the owners of the drift engine.
import {
  CloudFormationClient,
  paginateListStackResources,
  paginateListStacks,
  type StackResourceSummary,
  StackStatus,
  type StackSummary,
} from '@aws-sdk/client-cloudformation';
import pLimit from 'p-limit';
import { type AwsConnection, clientConfiguration } from './connection.ts';
import { describeAwsError } from './errors.ts';
import { createRequestRates, type RequestRates } from './request-rates.ts';

export interface StackResource {
  readonly region: string;
  /** The stack's name. */
  readonly stack: string;
  /** Its ARN. */
  readonly stackId: string;
  /** CloudFormation's type. */
  readonly resourceType: string;
  /** An id, an ARN, a URL or a name, as the type has it. */
  readonly physicalId: string;
}

export interface StackFailure {
  readonly region: string;
  /** One line: what was refused, what that means for the report, and who can mend it. */
  readonly message: string;
}

export interface StackOrder {
  readonly connection: AwsConnection;
  readonly regions: readonly string[];
  readonly signal: AbortSignal;
}

export interface StackAnswer {
  readonly resources: readonly StackResource[];
  readonly failures: readonly StackFailure[];
}

/** ListStacks lets some ten calls a second pass, ListStackResources some more: beyond that it only throttles. */
const limits = { inFlight: 24, perService: 6 };
const regionsAtOnce = 8;
const stacksAtOnce = 6;

const goneStacks: readonly string[] = [StackStatus.DELETE_COMPLETE];
/** Without a filter the stacks of the last ninety days that are no more would fill the pages. */
const livingStacks = Object.values(StackStatus).filter(status => !goneStacks.includes(status));

/** Deleted, or left behind on purpose: the stack does not manage it any more. */
const goneResources: readonly string[] = ['DELETE_COMPLETE', 'DELETE_SKIPPED'];

const isOfStack = ({ PhysicalResourceId, ResourceStatus, ResourceType }: StackResourceSummary): boolean =>
  Boolean(PhysicalResourceId) && Boolean(ResourceType) && !goneResources.includes(ResourceStatus ?? '');

/** A stack that went away since it was listed has no resources. */
const isGone = (message: string): boolean => /does not exist/.test(message);

interface RegionalClient {
  readonly client: CloudFormationClient;
  readonly region: string;
  readonly signal: AbortSignal;
}

const listStacks = async ({ client, signal }: RegionalClient): Promise<StackSummary[]> => {
  const stacks: StackSummary[] = [];
  const pages = paginateListStacks({ client }, { StackStatusFilter: livingStacks }, { abortSignal: signal });
  for await (const page of pages) stacks.push(...(page.StackSummaries ?? []));
  return stacks;
};

const listResources = async (place: RegionalClient, stack: StackSummary): Promise<StackResource[]> => {
  const { StackName: name = '', StackId: stackId = '' } = stack;
  const found: StackResource[] = [];
  const input = { StackName: stackId || name };
  try {
    for await (const page of paginateListStackResources({ client: place.client }, input, {
      abortSignal: place.signal,
    })) {
      for (const resource of (page.StackResourceSummaries ?? []).filter(isOfStack)) {
        const { ResourceType: resourceType = '', PhysicalResourceId: physicalId = '' } = resource;
        found.push({ region: place.region, stack: name, stackId, resourceType, physicalId });
      }
    }
  } catch (thrown) {
    if (!isGone(describeAwsError(thrown).message)) throw thrown;
  }
  return found;
};

const remedies: Partial<Record<string, string>> = {
  denied: 'grant the role cloudformation:ListStacks and cloudformation:ListStackResources',
  throttled: 'retry the account when less else is calling CloudFormation',
  unavailable: 'retry the account',
};

/** Regions where the service or the region is not to be had have no stacks. */
const withoutStacks: readonly string[] = ['not-enabled', 'not-in-region'];

const failureOf = (region: string, call: string, thrown: unknown): StackFailure[] => {
  const { kind, code, message } = describeAwsError(thrown);
  if (withoutStacks.includes(kind)) return [];
  const remedy = remedies[kind] ?? 'read the error';
  return [
    {
      region,
      message: `${call} in ${region}: ${code}: ${message}. Resources of stacks there are known by their tags alone: ${remedy}.`,
    },
  ];
};

/** Stacks whose resources could be read are kept when others could not; one failure a region, the first. */
const readRegion = async (place: RegionalClient): Promise<StackAnswer> => {
  let stacks: StackSummary[];
  try {
    stacks = await listStacks(place);
  } catch (thrown) {
    return { resources: [], failures: failureOf(place.region, 'cloudformation:ListStacks', thrown) };
  }
  const failures: StackFailure[] = [];
  const resources = await pLimit(stacksAtOnce).map(stacks, async stack => {
    // What was refused once is refused for the next stack too.
    if (failures.length > 0) return [];
    try {
      return await listResources(place, stack);
    } catch (thrown) {
      failures.push(...failureOf(place.region, 'cloudformation:ListStackResources', thrown));
      return [];
    }
  });
  return { resources: resources.flat(), failures: failures.slice(0, 1) };
};

const askRegion = async (region: string, rates: RequestRates, order: StackOrder): Promise<StackAnswer> => {
  const client = new CloudFormationClient(
    clientConfiguration({ ...order.connection, region }, { idleTimeout: 30_000 }),
  );
  rates.govern(client, { service: 'cloudformation', region });
  try {
    return await readRegion({ client, region, signal: order.signal });
  } finally {
    client.destroy();
  }
};

/**
 * The resources of all stacks of the regions (`global` is none); nested stacks are resources of their parents. Never throws
 * for an answer of AWS: a region that was denied, or that the signal cut off, is a failure beside what was read.
 */
export const readStackResources = async (order: StackOrder): Promise<StackAnswer> => {
  const rates = createRequestRates(limits, order.signal);
  const regions = order.regions.filter(region => region !== 'global');
  const answers = await pLimit(regionsAtOnce).map(regions, region => askRegion(region, rates, order));
  return {
    resources: answers.flatMap(({ resources }) => resources),
    failures: answers.flatMap(({ failures }) => failures),
  };
};

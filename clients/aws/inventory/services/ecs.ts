// ECS: clusters, the services of each, capacity providers, and task definitions, whose ARN says all that we report.
import {
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  ECSClient,
  type Failure,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitions,
} from '@aws-sdk/client-ecs';
import { ecs as catalogue } from '../../../../contract/catalogue/native/ecs.ts';
import { describeAwsError } from '../../errors.ts';
import { type DescribedRow, type Description, described } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { asked } from '../page-walks.ts';
import { paged, walkPages } from '../rows.ts';

const clusterPages = { paginate: paginateListClusters, input: {}, pageSize: 100 };

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

interface Described {
  readonly arn: string | undefined;
  readonly fields: object;
}

/** ECS answers about many at once, and says in `failures` which it left out; MISSING ones are deleted. */
const merge = (
  named: readonly (ListedItem & { readonly arn: string })[],
  found: readonly Described[],
  failures: readonly Failure[] = [],
): Description => {
  const fieldsByArn = new Map(found.map(({ arn, fields }) => [arn, fields]));
  const failureByName = new Map(failures.map(failure => [lastPart(failure.arn ?? ''), failure]));
  let undescribed: unknown;
  const items = named.flatMap(({ arn, fields: name }): ListedItem[] => {
    const fields = fieldsByArn.get(arn);
    if (fields !== undefined) return [{ fields }];
    const { reason, detail } = failureByName.get(lastPart(arn)) ?? {};
    if (reason === 'MISSING') return [];
    undescribed ??= { name: reason ?? 'NotDescribed', message: `${arn} ${detail ?? 'was left out of the answer'}` };
    return [{ fields: name }];
  });
  return { items, ...(undescribed === undefined ? {} : { undescribed }) };
};

const clusterGone = ['ClusterNotFoundException'];

const clusters: DescribedRow<ECSClient, 'ecs.cluster'> = {
  type: 'ecs.cluster',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, clusterPages, abortSignal)) {
      yield (page.clusterArns ?? []).map(clusterArn => ({ fields: { clusterArn, clusterName: lastPart(clusterArn) } }));
    }
  },
  batch: 100,
  describe: async ({ client, items, abortSignal }) => {
    const named = items.map(({ fields }) => ({ fields, arn: (fields as { clusterArn: string }).clusterArn }));
    const command = new DescribeClustersCommand({
      clusters: named.map(({ arn }) => arn),
      include: ['TAGS', 'SETTINGS'],
    });
    const { clusters: found = [], failures } = await client.send(command, { abortSignal });
    return merge(
      named,
      found.map(fields => ({ arn: fields.clusterArn, fields })),
      failures,
    );
  },
  // Clusters are missing one by one, in `failures`.
  gone: [],
};

interface NamedService {
  readonly serviceArn: string;
  readonly clusterArn: string;
}

const servicesOf = async function* (
  client: ECSClient,
  clusterArn: string,
  abortSignal: AbortSignal,
): AsyncGenerator<ListedItem[]> {
  const row = { paginate: paginateListServices, input: { cluster: clusterArn }, pageSize: 100 };
  try {
    for await (const services of walkPages(client, row, abortSignal)) {
      yield (services.serviceArns ?? []).map(serviceArn => ({
        fields: { serviceArn, clusterArn, serviceName: lastPart(serviceArn) },
      }));
    }
  } catch (thrown) {
    // Deleted since it was listed, and its services before it.
    if (abortSignal.aborted || !clusterGone.includes(describeAwsError(thrown).code)) throw thrown;
  }
};

const serviceNames = async function* (client: ECSClient, abortSignal: AbortSignal): AsyncGenerator<ListedItem[]> {
  for await (const page of walkPages(client, clusterPages, abortSignal)) {
    for (const clusterArn of page.clusterArns ?? []) yield* servicesOf(client, clusterArn, abortSignal);
  }
};

const services: DescribedRow<ECSClient, 'ecs.service'> = {
  type: 'ecs.service',
  names: serviceNames,
  // More in one call are refused. All of a page belong to one cluster.
  batch: 10,
  describe: async ({ client, items, abortSignal }) => {
    const named = items.map(({ fields }) => ({ fields, arn: (fields as NamedService).serviceArn }));
    const command = new DescribeServicesCommand({
      cluster: (items[0]?.fields as NamedService | undefined)?.clusterArn,
      services: named.map(({ arn }) => arn),
      include: ['TAGS'],
    });
    const { services: found = [], failures } = await client.send(command, { abortSignal });
    return merge(
      named,
      found.map(fields => ({ arn: fields.serviceArn, fields })),
      failures,
    );
  },
  gone: clusterGone,
};

/** Each revision would be a call of its own, and an account has thousands. */
const taskDefinition = (taskDefinitionArn: string) => {
  const [family, revision] = lastPart(taskDefinitionArn).split(':');
  return { taskDefinitionArn, family, revision: Number(revision) };
};

/** AWS's own, which every account may use. */
const isOwn = ({ name }: { readonly name?: string | undefined }): boolean => !/^FARGATE(_SPOT)?$/.test(name ?? '');

export const ecs = defineService(catalogue, configuration => new ECSClient(configuration), [
  described(clusters),
  described(services),
  paged(
    'ecs.task-definition',
    { paginate: paginateListTaskDefinitions, input: { status: 'ACTIVE' as const }, pageSize: 100 },
    page => page.taskDefinitionArns?.map(taskDefinition),
  ),
  asked(
    'ecs.capacity-provider',
    {
      ask: (client: ECSClient, nextToken: string | undefined, options) =>
        client.send(new DescribeCapacityProvidersCommand({ include: ['TAGS'], nextToken }), options),
      next: page => page.nextToken,
    },
    page => page.capacityProviders?.filter(isOwn),
  ),
]);

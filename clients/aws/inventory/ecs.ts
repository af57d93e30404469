// ECS: clusters, the services of each, and task definitions, of which the listing's ARN says all that we report.
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  ECSClient,
  paginateListClusters,
  paginateListServices,
  paginateListTaskDefinitions,
} from '@aws-sdk/client-ecs';
import { type DescribedRow, defineService, described, type ListedItem, paged, walkPages } from './listing.ts';

const clusterPages = { paginate: paginateListClusters, input: {}, pageSize: 100 };

const lastPart = (arn: string): string => arn.split('/').at(-1) ?? arn;

const clusters: DescribedRow<ECSClient> = {
  type: 'ecs.cluster',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, clusterPages, abortSignal)) {
      yield (page.clusterArns ?? []).map(clusterArn => ({ fields: { clusterArn, clusterName: lastPart(clusterArn) } }));
    }
  },
  batch: 100,
  describe: async ({ client, items, abortSignal }) => {
    const arns = items.map(({ fields }) => (fields as { clusterArn: string }).clusterArn);
    const command = new DescribeClustersCommand({ clusters: arns, include: ['TAGS', 'SETTINGS'] });
    return ((await client.send(command, { abortSignal })).clusters ?? []).map(fields => ({ fields }));
  },
};

interface NamedService {
  readonly serviceArn: string;
  readonly clusterArn: string;
}

const serviceNames = async function* (client: ECSClient, abortSignal: AbortSignal): AsyncGenerator<ListedItem[]> {
  for await (const page of walkPages(client, clusterPages, abortSignal)) {
    for (const clusterArn of page.clusterArns ?? []) {
      const row = { paginate: paginateListServices, input: { cluster: clusterArn }, pageSize: 100 };
      for await (const services of walkPages(client, row, abortSignal)) {
        yield (services.serviceArns ?? []).map(serviceArn => ({
          fields: { serviceArn, clusterArn, serviceName: lastPart(serviceArn) },
        }));
      }
    }
  }
};

const services: DescribedRow<ECSClient> = {
  type: 'ecs.service',
  names: serviceNames,
  // More in one call are refused. All of a page belong to one cluster.
  batch: 10,
  describe: async ({ client, items, abortSignal }) => {
    const named = items.map(({ fields }) => fields as NamedService);
    const command = new DescribeServicesCommand({
      cluster: named[0]?.clusterArn,
      services: named.map(service => service.serviceArn),
      include: ['TAGS'],
    });
    return ((await client.send(command, { abortSignal })).services ?? []).map(fields => ({ fields }));
  },
};

/** Each revision would be a call of its own, and an account has thousands. */
const taskDefinition = (taskDefinitionArn: string) => {
  const [family, revision] = lastPart(taskDefinitionArn).split(':');
  return { taskDefinitionArn, family, revision: Number(revision) };
};

export const ecs = defineService('ecs', configuration => new ECSClient(configuration), [
  described(clusters),
  described(services),
  paged(
    'ecs.task-definition',
    { paginate: paginateListTaskDefinitions, input: { status: 'ACTIVE' as const }, pageSize: 100 },
    page => page.taskDefinitionArns?.map(taskDefinition),
  ),
]);

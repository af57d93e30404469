// MSK: clusters of both kinds from one call, configurations and replicators.
import {
  KafkaClient,
  paginateListClustersV2,
  paginateListConfigurations,
  paginateListReplicators,
} from '@aws-sdk/client-kafka';
import { kafka as catalogue } from '../../../../contract/catalogue/native/kafka.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';
import { split } from '../split-rows.ts';

export const kafka = defineService(catalogue, configuration => new KafkaClient(configuration), [
  split(
    ['kafka.cluster', 'kafka.serverless-cluster'],
    { paginate: paginateListClustersV2, input: {} },
    page => page.ClusterInfoList,
    ({ ClusterType }) => (ClusterType === 'SERVERLESS' ? 'kafka.serverless-cluster' : 'kafka.cluster'),
  ),
  paged('kafka.configuration', { paginate: paginateListConfigurations, input: {} }, page => page.Configurations),
  // The region of a replicator's source shows a reference to it, which the region that keeps it lists.
  paged('kafka.replicator', { paginate: paginateListReplicators, input: {} }, page =>
    page.Replicators?.filter(({ IsReplicatorReference }) => !IsReplicatorReference),
  ),
]);

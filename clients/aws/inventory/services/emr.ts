// EMR: clusters that still run, studios, and security configurations, each of which is described.
import {
  type ClusterState,
  DescribeSecurityConfigurationCommand,
  EMRClient,
  paginateListClusters,
  paginateListSecurityConfigurations,
  paginateListStudios,
} from '@aws-sdk/client-emr';
import { emr as catalogue } from '../../../../contract/catalogue/native/emr.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { paged, walkPages } from '../rows.ts';

/** EMR lists terminated clusters for two months, and an account may have thousands. */
const ClusterStates: ClusterState[] = ['STARTING', 'BOOTSTRAPPING', 'RUNNING', 'WAITING', 'TERMINATING'];

const describeConfiguration = async (client: EMRClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { Name } = fields as { Name?: string };
  const { $metadata: _metadata, ...configuration } = await client.send(
    new DescribeSecurityConfigurationCommand({ Name }),
    { abortSignal },
  );
  return { fields: { ...fields, ...configuration } };
};

const securityConfigurations: DescribedRow<EMRClient, 'emr.security-configuration'> = {
  type: 'emr.security-configuration',
  names: async function* names(client, abortSignal) {
    const row = { paginate: paginateListSecurityConfigurations, input: {} };
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.SecurityConfigurations ?? []).map(fields => ({ fields }));
    }
  },
  batch: 1,
  describe: describeOne(describeConfiguration),
  // EMR has one code for whatever is wrong with a request.
  gone: [],
};

export const emr = defineService(catalogue, configuration => new EMRClient(configuration), [
  paged('emr.cluster', { paginate: paginateListClusters, input: { ClusterStates } }, page => page.Clusters),
  paged('emr.studio', { paginate: paginateListStudios, input: {} }, page => page.Studios),
  described(securityConfigurations),
]);

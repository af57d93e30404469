// EKS: lists give names alone, so that every cluster is described, and whatever belongs to one.
import {
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribeIdentityProviderConfigCommand,
  DescribeNodegroupCommand,
  EKSClient,
  paginateListAccessEntries,
  paginateListAddons,
  paginateListClusters,
  paginateListFargateProfiles,
  paginateListIdentityProviderConfigs,
  paginateListNodegroups,
  paginateListPodIdentityAssociations,
} from '@aws-sdk/client-eks';
import { eks as catalogue } from '../../../../contract/catalogue/native/eks.ts';
import { describeAwsError } from '../../errors.ts';
import { described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem, type Listing } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { type CallOptions, pick } from '../page-walks.ts';
import { type Paginate, walkPages } from '../rows.ts';

const gone = ['ResourceNotFoundException'];

const clusterPages = { paginate: paginateListClusters, input: {}, pageSize: 100 };

const clusterNames = (client: EKSClient, abortSignal: AbortSignal) =>
  pick(walkPages(client, clusterPages, abortSignal), page => page.clusters);

interface Below<Page, Name extends object> {
  readonly paginate: Paginate<EKSClient, { clusterName: string | undefined }, Page>;
  readonly names: (page: Page) => readonly Name[] | undefined;
  readonly describe: (
    client: EKSClient,
    name: Name & { readonly clusterName: string },
    options: CallOptions,
  ) => Promise<object | undefined>;
}

const namesBelow = async function* <Page, Name extends object>(
  client: EKSClient,
  clusterName: string,
  { paginate, names }: Below<Page, Name>,
  abortSignal: AbortSignal,
): AsyncGenerator<ListedItem[]> {
  try {
    const pages = walkPages(client, { paginate, input: { clusterName }, pageSize: 100 }, abortSignal);
    for await (const page of pages) yield (names(page) ?? []).map(name => ({ fields: { ...name, clusterName } }));
  } catch (thrown) {
    // Deleted since it was listed, and what belonged to it before it.
    if (abortSignal.aborted || !gone.includes(describeAwsError(thrown).code)) throw thrown;
  }
};

/** A type of which each cluster lists names. */
const below = <const Key extends string, Page, Name extends object>(
  type: Key,
  row: Below<Page, Name>,
): Listing<EKSClient, Key> =>
  described({
    type,
    names: async function* names(client: EKSClient, abortSignal) {
      for await (const clusters of clusterNames(client, abortSignal)) {
        for (const clusterName of clusters ?? []) yield* namesBelow(client, clusterName, row, abortSignal);
      }
    },
    batch: 1,
    describe: describeOne(async (client: EKSClient, { fields }, abortSignal) => ({
      fields: (await row.describe(client, fields as Name & { clusterName: string }, { abortSignal })) ?? fields,
    })),
    gone,
  });

const clusters = described({
  type: 'eks.cluster',
  names: async function* names(client: EKSClient, abortSignal) {
    for await (const page of clusterNames(client, abortSignal)) yield (page ?? []).map(name => ({ fields: { name } }));
  },
  batch: 1,
  describe: describeOne(async (client: EKSClient, { fields }, abortSignal) => {
    const { name } = fields as { name: string };
    return { fields: (await client.send(new DescribeClusterCommand({ name }), { abortSignal })).cluster ?? fields };
  }),
  gone,
});

export const eks = defineService(catalogue, configuration => new EKSClient(configuration), [
  clusters,
  below('eks.nodegroup', {
    paginate: paginateListNodegroups,
    names: page => page.nodegroups?.map(nodegroupName => ({ nodegroupName })),
    describe: async (client, name, options) =>
      (await client.send(new DescribeNodegroupCommand(name), options)).nodegroup,
  }),
  below('eks.fargate-profile', {
    paginate: paginateListFargateProfiles,
    names: page => page.fargateProfileNames?.map(fargateProfileName => ({ fargateProfileName })),
    describe: async (client, name, options) =>
      (await client.send(new DescribeFargateProfileCommand(name), options)).fargateProfile,
  }),
  below('eks.addon', {
    paginate: paginateListAddons,
    names: page => page.addons?.map(addonName => ({ addonName })),
    describe: async (client, name, options) => (await client.send(new DescribeAddonCommand(name), options)).addon,
  }),
  below('eks.access-entry', {
    paginate: paginateListAccessEntries,
    names: page => page.accessEntries?.map(principalArn => ({ principalArn })),
    describe: async (client, name, options) =>
      (await client.send(new DescribeAccessEntryCommand(name), options)).accessEntry,
  }),
  below('eks.identity-provider-config', {
    paginate: paginateListIdentityProviderConfigs,
    names: page => page.identityProviderConfigs,
    describe: async (client, { clusterName, ...identityProviderConfig }, options) => {
      const command = new DescribeIdentityProviderConfigCommand({ clusterName, identityProviderConfig });
      return (await client.send(command, options)).identityProviderConfig?.oidc;
    },
  }),
  nested({
    type: 'eks.pod-identity-association',
    parents: clusterNames,
    children: (client, clusterName, abortSignal) =>
      pick(
        walkPages(
          client,
          { paginate: paginateListPodIdentityAssociations, input: { clusterName }, pageSize: 100 },
          abortSignal,
        ),
        page => page.associations,
      ),
    gone,
  }),
]);

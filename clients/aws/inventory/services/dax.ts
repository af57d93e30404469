// DAX: clusters and their groups, by pages that the SDK does not walk itself.
import {
  DAXClient,
  DescribeClustersCommand,
  DescribeParameterGroupsCommand,
  DescribeSubnetGroupsCommand,
} from '@aws-sdk/client-dax';
import { dax as catalogue } from '../../../../contract/catalogue/native/dax.ts';
import { defineService, type Listing } from '../listing.ts';
import { asItems, type Items } from '../rows.ts';

interface Asked {
  readonly client: DAXClient;
  readonly NextToken: string | undefined;
  readonly options: { readonly abortSignal: AbortSignal };
}

const row = <const Key extends string, Page extends { readonly NextToken?: string | undefined }>(
  type: Key,
  ask: (asked: Asked) => Promise<Page>,
  items: (page: Page) => Items,
): Listing<DAXClient, Key> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    let NextToken: string | undefined;
    do {
      const page = await ask({ client, NextToken, options: { abortSignal } });
      yield { type, items: asItems(items(page)) };
      NextToken = page.NextToken;
    } while (NextToken);
  },
});

export const dax = defineService(catalogue, configuration => new DAXClient(configuration), [
  row(
    'dax.cluster',
    ({ client, NextToken, options }) => client.send(new DescribeClustersCommand({ NextToken }), options),
    page => page.Clusters,
  ),
  row(
    'dax.subnet-group',
    ({ client, NextToken, options }) => client.send(new DescribeSubnetGroupsCommand({ NextToken }), options),
    page => page.SubnetGroups,
  ),
  row(
    'dax.parameter-group',
    ({ client, NextToken, options }) => client.send(new DescribeParameterGroupsCommand({ NextToken }), options),
    page => page.ParameterGroups,
  ),
]);

// Resource Explorer: the index of a region, and its views.
import { paginateListIndexes, paginateListViews, ResourceExplorer2Client } from '@aws-sdk/client-resource-explorer-2';
import { resourceExplorer2 as catalogue } from '../../../../contract/catalogue/native/resource-explorer-2.ts';
import { defineService, type Listing } from '../listing.ts';
import { asItems, paged, walkPages } from '../rows.ts';

const indexes: Listing<ResourceExplorer2Client, 'resource-explorer-2.index'> = {
  types: ['resource-explorer-2.index'],
  pages: async function* pages(client, { abortSignal }) {
    // Otherwise every region shows the indexes of all.
    const input = { Regions: [await client.config.region()] };
    const row = { paginate: paginateListIndexes, input, pageSize: 100 };
    for await (const page of walkPages(client, row, abortSignal)) {
      yield { type: 'resource-explorer-2.index', items: asItems(page.Indexes) };
    }
  },
};

export const resourceExplorer2 = defineService(catalogue, configuration => new ResourceExplorer2Client(configuration), [
  indexes,
  paged('resource-explorer-2.view', { paginate: paginateListViews, input: {}, pageSize: 50 }, page =>
    page.Views?.map(ViewArn => ({ ViewArn, ViewName: ViewArn.split('/').at(-2) })),
  ),
]);

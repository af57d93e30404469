// Athena: workgroups, data catalogs, and the named queries of each workgroup.
import {
  AthenaClient,
  BatchGetNamedQueryCommand,
  paginateListDataCatalogs,
  paginateListNamedQueries,
  paginateListWorkGroups,
  type WorkGroupSummary,
} from '@aws-sdk/client-athena';
import { athena as catalogue } from '../../../../contract/catalogue/native/athena.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

const workgroups = { paginate: paginateListWorkGroups, input: {} };

/** As many ids as one call describes. */
const queriesAtOnce = 50;

const namedQueries = nested({
  type: 'athena.named-query',
  parents: async function* parents(client: AthenaClient, abortSignal) {
    for await (const page of walkPages(client, workgroups, abortSignal)) yield page.WorkGroups;
  },
  children: async function* children(client, { Name: WorkGroup }: WorkGroupSummary, abortSignal) {
    const row = { paginate: paginateListNamedQueries, input: { WorkGroup }, pageSize: queriesAtOnce };
    for await (const { NamedQueryIds = [] } of walkPages(client, row, abortSignal)) {
      if (NamedQueryIds.length === 0) continue;
      const command = new BatchGetNamedQueryCommand({ NamedQueryIds });
      const { NamedQueries = [], UnprocessedNamedQueryIds = [] } = await client.send(command, { abortSignal });
      yield [...NamedQueries, ...UnprocessedNamedQueryIds.map(({ NamedQueryId }) => ({ NamedQueryId, WorkGroup }))];
    }
  },
  // Athena has one code for whatever is wrong with a request.
  gone: [],
});

export const athena = defineService(catalogue, configuration => new AthenaClient(configuration), [
  paged('athena.workgroup', workgroups, page => page.WorkGroups),
  paged('athena.data-catalog', { paginate: paginateListDataCatalogs, input: {} }, page => page.DataCatalogsSummary),
  namedQueries,
]);

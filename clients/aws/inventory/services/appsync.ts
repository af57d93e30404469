// AppSync: GraphQL and event APIs with what lies below them, not the API keys, whose id is the secret.
import {
  AppSyncClient,
  type ListGraphqlApisCommandInput,
  paginateListApis,
  paginateListChannelNamespaces,
  paginateListDataSources,
  paginateListDomainNames,
  paginateListFunctions,
  paginateListGraphqlApis,
} from '@aws-sdk/client-appsync';
import { appsync as catalogue } from '../../../../contract/catalogue/native/appsync.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';

/** More in one page are refused. */
const pageSize = 25;
/** Those that other accounts share are not this account's. */
const own = { owner: 'CURRENT_ACCOUNT' } satisfies ListGraphqlApisCommandInput;
const graphqlApis = { paginate: paginateListGraphqlApis, input: own, pageSize };
const eventApis = { paginate: paginateListApis, input: {}, pageSize };
const gone = ['NotFoundException'];

const graphqlApiIds = async function* graphqlApiIds(client: AppSyncClient, abortSignal: AbortSignal) {
  for await (const page of walkPages(client, graphqlApis, abortSignal)) yield page.graphqlApis?.map(api => api.apiId);
};

export const appsync = defineService(catalogue, configuration => new AppSyncClient(configuration), [
  paged('appsync.graphql-api', graphqlApis, page => page.graphqlApis),
  paged('appsync.api', eventApis, page => page.apis),
  paged(
    'appsync.domain-name',
    { paginate: paginateListDomainNames, input: {}, pageSize },
    page => page.domainNameConfigs,
  ),
  nested({
    type: 'appsync.data-source',
    parents: graphqlApiIds,
    children: async function* children(client: AppSyncClient, apiId, abortSignal) {
      const row = { paginate: paginateListDataSources, input: { apiId }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.dataSources?.map(source => ({ ...source, apiId }));
      }
    },
    gone,
  }),
  nested({
    type: 'appsync.function',
    parents: graphqlApiIds,
    children: async function* children(client: AppSyncClient, apiId, abortSignal) {
      const row = { paginate: paginateListFunctions, input: { apiId }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) {
        yield page.functions?.map(item => ({ ...item, apiId }));
      }
    },
    gone,
  }),
  nested({
    type: 'appsync.channel-namespace',
    parents: async function* parents(client: AppSyncClient, abortSignal) {
      for await (const page of walkPages(client, eventApis, abortSignal)) yield page.apis?.map(api => api.apiId);
    },
    children: async function* children(client, apiId, abortSignal) {
      const row = { paginate: paginateListChannelNamespaces, input: { apiId }, pageSize };
      for await (const page of walkPages(client, row, abortSignal)) yield page.channelNamespaces;
    },
    gone,
  }),
]);

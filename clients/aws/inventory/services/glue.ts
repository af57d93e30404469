// Glue: the data catalog with the tables of each database, and what fills and reads it.
import {
  BatchGetWorkflowsCommand,
  type Database,
  GlueClient,
  paginateGetConnections,
  paginateGetCrawlers,
  paginateGetDatabases,
  paginateGetDevEndpoints,
  paginateGetJobs,
  paginateGetMLTransforms,
  paginateGetSecurityConfigurations,
  paginateGetTables,
  paginateGetTriggers,
  paginateListRegistries,
  paginateListSchemas,
  paginateListWorkflows,
} from '@aws-sdk/client-glue';
import { glue as catalogue } from '../../../../contract/catalogue/native/glue.ts';
import { type DescribedRow, described } from '../described-rows.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { type Items, type Paginate, paged, walkPages } from '../rows.ts';

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<GlueClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input }, items);

const databases = { paginate: paginateGetDatabases, input: {} };

/** A link to a shared database shows the tables of another account, a federated one those of another catalog. */
const holdsTables = ({ TargetDatabase, FederatedDatabase }: Database): boolean =>
  TargetDatabase === undefined && FederatedDatabase === undefined;

const tables = nested({
  type: 'glue.table',
  parents: async function* parents(client: GlueClient, abortSignal) {
    for await (const page of walkPages(client, databases, abortSignal)) yield page.DatabaseList?.filter(holdsTables);
  },
  children: async function* children(client, { Name: DatabaseName }: Database, abortSignal) {
    const tablePages = { paginate: paginateGetTables, input: { DatabaseName } };
    for await (const page of walkPages(client, tablePages, abortSignal)) yield page.TableList;
  },
  gone: ['EntityNotFoundException'],
});

const workflows: DescribedRow<GlueClient, 'glue.workflow'> = {
  type: 'glue.workflow',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, { paginate: paginateListWorkflows, input: {} }, abortSignal)) {
      yield (page.Workflows ?? []).map(Name => ({ fields: { Name } }));
    }
  },
  // More in one call are refused.
  batch: 25,
  describe: async ({ client, items, abortSignal }) => {
    const Names = items.map(({ fields }) => (fields as { Name: string }).Name);
    const { Workflows = [] } = await client.send(new BatchGetWorkflowsCommand({ Names }), { abortSignal });
    // Those that are missing were deleted since they were listed.
    return { items: Workflows.map(fields => ({ fields })) };
  },
  gone: [],
};

export const glue = defineService(catalogue, configuration => new GlueClient(configuration), [
  row('glue.database', paginateGetDatabases, page => page.DatabaseList),
  tables,
  row('glue.crawler', paginateGetCrawlers, page => page.Crawlers),
  row('glue.job', paginateGetJobs, page => page.Jobs),
  paged(
    'glue.connection',
    // Otherwise Glue decrypts the password of each connection, and says it.
    { paginate: paginateGetConnections, input: { HidePassword: true } },
    page => page.ConnectionList,
  ),
  row('glue.trigger', paginateGetTriggers, page => page.Triggers),
  described(workflows),
  row('glue.registry', paginateListRegistries, page => page.Registries),
  row('glue.schema', paginateListSchemas, page => page.Schemas),
  row('glue.security-configuration', paginateGetSecurityConfigurations, page => page.SecurityConfigurations),
  row('glue.dev-endpoint', paginateGetDevEndpoints, page => page.DevEndpoints),
  row('glue.ml-transform', paginateGetMLTransforms, page => page.Transforms),
]);

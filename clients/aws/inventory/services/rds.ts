// RDS, whole; Neptune and DocumentDB answer to the same calls, and each item's engine says whose it is.
import {
  type GlobalCluster,
  paginateDescribeDBClusterParameterGroups,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBClusters,
  paginateDescribeDBInstances,
  paginateDescribeDBParameterGroups,
  paginateDescribeDBProxies,
  paginateDescribeDBSnapshots,
  paginateDescribeDBSubnetGroups,
  paginateDescribeEventSubscriptions,
  paginateDescribeGlobalClusters,
  paginateDescribeOptionGroups,
  RDSClient,
} from '@aws-sdk/client-rds';
import { rds as catalogue } from '../../../../contract/catalogue/native/rds.ts';
import { defineService, type Listing } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';
import { split } from '../split-rows.ts';

/** `name` is an engine, or the family of one: `docdb5.0`. */
const typeByEngine =
  <const Kind extends string>(kind: Kind) =>
  (name: string | undefined) => {
    if (name?.startsWith('neptune')) return `rds.neptune-${kind}` as const;
    return name?.startsWith('docdb') ? (`rds.docdb-${kind}` as const) : (`rds.${kind}` as const);
  };

const byEngine = <const Kind extends string, Input extends object, Page, Item extends object>(
  kind: Kind,
  paginate: Paginate<RDSClient, Input, Page>,
  items: (page: Page) => readonly Item[] | undefined,
  engineOf: (item: Item) => string | undefined,
) => {
  const typeOf = typeByEngine(kind);
  const types = [`rds.${kind}`, `rds.neptune-${kind}`, `rds.docdb-${kind}`] as const;
  return split(types, { paginate, input: {} as Input }, items, item => typeOf(engineOf(item)));
};

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<RDSClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input }, items);

/** Every region of its members shows a global cluster; it is listed where its writer is, and where it has none. */
const isAtHome = ({ GlobalClusterMembers = [] }: GlobalCluster, region: string): boolean => {
  const writer = GlobalClusterMembers.find(({ IsWriter }) => IsWriter)?.DBClusterArn;
  return writer === undefined || writer.split(':')[3] === region;
};

const globalClusters = byEngine(
  'global-cluster',
  paginateDescribeGlobalClusters,
  page => page.GlobalClusters,
  ({ Engine }) => Engine,
);

const globalClustersAtHome: typeof globalClusters = {
  ...globalClusters,
  pages: async function* pages(client, options) {
    const region = await client.config.region();
    for await (const page of globalClusters.pages(client, options)) {
      yield { ...page, items: page.items.filter(({ fields }) => isAtHome(fields, region)) };
    }
  },
};

/** DocumentDB knows no parameters of instances. */
const parameterGroups: Listing<RDSClient, 'rds.parameter-group' | 'rds.neptune-parameter-group'> = split(
  ['rds.parameter-group', 'rds.neptune-parameter-group'],
  { paginate: paginateDescribeDBParameterGroups, input: {} },
  page => page.DBParameterGroups,
  ({ DBParameterGroupFamily }) =>
    DBParameterGroupFamily?.startsWith('neptune') ? 'rds.neptune-parameter-group' : 'rds.parameter-group',
);

export const rds = defineService(catalogue, configuration => new RDSClient(configuration), [
  byEngine(
    'instance',
    paginateDescribeDBInstances,
    page => page.DBInstances,
    ({ Engine }) => Engine,
  ),
  byEngine(
    'cluster',
    paginateDescribeDBClusters,
    page => page.DBClusters,
    ({ Engine }) => Engine,
  ),
  globalClustersAtHome,
  // Without a type both calls leave out what is shared or public, and list manual, automated and Backup's snapshots.
  row('rds.snapshot', paginateDescribeDBSnapshots, page => page.DBSnapshots),
  row('rds.cluster-snapshot', paginateDescribeDBClusterSnapshots, page => page.DBClusterSnapshots),
  row('rds.subnet-group', paginateDescribeDBSubnetGroups, page => page.DBSubnetGroups),
  parameterGroups,
  byEngine(
    'cluster-parameter-group',
    paginateDescribeDBClusterParameterGroups,
    page => page.DBClusterParameterGroups,
    ({ DBParameterGroupFamily }) => DBParameterGroupFamily,
  ),
  row('rds.option-group', paginateDescribeOptionGroups, page => page.OptionGroupsList),
  row('rds.proxy', paginateDescribeDBProxies, page => page.DBProxies),
  row('rds.event-subscription', paginateDescribeEventSubscriptions, page => page.EventSubscriptionsList),
]);

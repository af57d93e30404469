// ElastiCache: clusters of every kind, their groups, snapshots and users, whole.
import {
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  paginateDescribeCacheParameterGroups,
  paginateDescribeCacheSubnetGroups,
  paginateDescribeReplicationGroups,
  paginateDescribeServerlessCacheSnapshots,
  paginateDescribeServerlessCaches,
  paginateDescribeSnapshots,
  paginateDescribeUserGroups,
  paginateDescribeUsers,
} from '@aws-sdk/client-elasticache';
import { elasticache as catalogue } from '../../../../contract/catalogue/native/elasticache.ts';
import { defineService } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<ElastiCacheClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input }, items);

export const elasticache = defineService(catalogue, configuration => new ElastiCacheClient(configuration), [
  row('elasticache.cache-cluster', paginateDescribeCacheClusters, page => page.CacheClusters),
  row('elasticache.replication-group', paginateDescribeReplicationGroups, page => page.ReplicationGroups),
  row('elasticache.serverless-cache', paginateDescribeServerlessCaches, page => page.ServerlessCaches),
  row('elasticache.subnet-group', paginateDescribeCacheSubnetGroups, page => page.CacheSubnetGroups),
  row('elasticache.parameter-group', paginateDescribeCacheParameterGroups, page => page.CacheParameterGroups),
  row('elasticache.snapshot', paginateDescribeSnapshots, page => page.Snapshots),
  row(
    'elasticache.serverless-cache-snapshot',
    paginateDescribeServerlessCacheSnapshots,
    page => page.ServerlessCacheSnapshots,
  ),
  row('elasticache.user', paginateDescribeUsers, page => page.Users),
  row('elasticache.user-group', paginateDescribeUserGroups, page => page.UserGroups),
]);

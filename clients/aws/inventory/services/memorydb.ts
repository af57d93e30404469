// MemoryDB: clusters, their groups, snapshots, users and access lists, whole.
import {
  MemoryDBClient,
  paginateDescribeACLs,
  paginateDescribeClusters,
  paginateDescribeParameterGroups,
  paginateDescribeSnapshots,
  paginateDescribeSubnetGroups,
  paginateDescribeUsers,
} from '@aws-sdk/client-memorydb';
import { memorydb as catalogue } from '../../../../contract/catalogue/native/memorydb.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const memorydb = defineService(catalogue, configuration => new MemoryDBClient(configuration), [
  paged('memorydb.cluster', { paginate: paginateDescribeClusters, input: {} }, page => page.Clusters),
  paged('memorydb.user', { paginate: paginateDescribeUsers, input: {} }, page => page.Users),
  paged('memorydb.acl', { paginate: paginateDescribeACLs, input: {} }, page => page.ACLs),
  paged('memorydb.subnet-group', { paginate: paginateDescribeSubnetGroups, input: {} }, page => page.SubnetGroups),
  paged(
    'memorydb.parameter-group',
    { paginate: paginateDescribeParameterGroups, input: {} },
    page => page.ParameterGroups,
  ),
  paged('memorydb.snapshot', { paginate: paginateDescribeSnapshots, input: {} }, page => page.Snapshots),
]);

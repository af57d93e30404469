// Redshift: clusters, their groups and snapshots, whole.
import {
  paginateDescribeClusterParameterGroups,
  paginateDescribeClusterSnapshots,
  paginateDescribeClusterSubnetGroups,
  paginateDescribeClusters,
  paginateDescribeEventSubscriptions,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { redshift as catalogue } from '../../../../contract/catalogue/native/redshift.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const redshift = defineService(catalogue, configuration => new RedshiftClient(configuration), [
  paged('redshift.cluster', { paginate: paginateDescribeClusters, input: {} }, page => page.Clusters),
  // Without an owner it lists the account's own, manual and automated.
  paged('redshift.snapshot', { paginate: paginateDescribeClusterSnapshots, input: {} }, page => page.Snapshots),
  paged(
    'redshift.subnet-group',
    { paginate: paginateDescribeClusterSubnetGroups, input: {} },
    page => page.ClusterSubnetGroups,
  ),
  paged(
    'redshift.parameter-group',
    { paginate: paginateDescribeClusterParameterGroups, input: {} },
    page => page.ParameterGroups,
  ),
  paged(
    'redshift.event-subscription',
    { paginate: paginateDescribeEventSubscriptions, input: {} },
    page => page.EventSubscriptionsList,
  ),
]);

// CloudWatch Logs: log groups, whole, their metric filters, and where logs are delivered to.
import {
  CloudWatchLogsClient,
  DescribeQueryDefinitionsCommand,
  type DescribeQueryDefinitionsCommandInput,
  DescribeResourcePoliciesCommand,
  type DescribeResourcePoliciesCommandInput,
  paginateDescribeDeliveries,
  paginateDescribeDeliveryDestinations,
  paginateDescribeDeliverySources,
  paginateDescribeDestinations,
  paginateDescribeLogGroups,
  paginateDescribeMetricFilters,
} from '@aws-sdk/client-cloudwatch-logs';
import { logs as catalogue } from '../../../../contract/catalogue/native/logs.ts';
import { defineService } from '../listing.ts';
import { paginateBy } from '../paginate-by.ts';
import { paged } from '../rows.ts';

/** More at once are refused by all of them. */
const pageSize = 50;

const queryDefinitions = paginateBy(
  'nextToken',
  (client: CloudWatchLogsClient, input: DescribeQueryDefinitionsCommandInput, options) =>
    client.send(new DescribeQueryDefinitionsCommand(input), options),
);
const resourcePolicies = paginateBy(
  'nextToken',
  (client: CloudWatchLogsClient, input: DescribeResourcePoliciesCommandInput, options) =>
    client.send(new DescribeResourcePoliciesCommand(input), options),
);

export const logs = defineService(catalogue, configuration => new CloudWatchLogsClient(configuration), [
  paged('logs.log-group', { paginate: paginateDescribeLogGroups, input: {}, pageSize }, page => page.logGroups),
  paged(
    'logs.metric-filter',
    { paginate: paginateDescribeMetricFilters, input: {}, pageSize },
    page => page.metricFilters,
  ),
  paged('logs.destination', { paginate: paginateDescribeDestinations, input: {}, pageSize }, page => page.destinations),
  paged('logs.query-definition', { paginate: queryDefinitions, input: {} }, page => page.queryDefinitions),
  paged(
    'logs.resource-policy',
    { paginate: resourcePolicies, input: { limit: pageSize } },
    page => page.resourcePolicies,
  ),
  paged('logs.delivery', { paginate: paginateDescribeDeliveries, input: {}, pageSize }, page => page.deliveries),
  paged(
    'logs.delivery-source',
    { paginate: paginateDescribeDeliverySources, input: {}, pageSize },
    page => page.deliverySources,
  ),
  paged(
    'logs.delivery-destination',
    { paginate: paginateDescribeDeliveryDestinations, input: {}, pageSize },
    page => page.deliveryDestinations,
  ),
]);

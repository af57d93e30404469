// CloudWatch Logs: log groups, whole.
import { CloudWatchLogsClient, paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { defineService, paged } from './listing.ts';

export const logs = defineService('logs', configuration => new CloudWatchLogsClient(configuration), [
  paged('logs.log-group', { paginate: paginateDescribeLogGroups, input: {}, pageSize: 50 }, page => page.logGroups),
]);

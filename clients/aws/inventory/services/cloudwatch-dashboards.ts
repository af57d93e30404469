// CloudWatch's dashboards: every region shows all of the account's.
import { CloudWatchClient, paginateListDashboards } from '@aws-sdk/client-cloudwatch';
import { cloudwatchDashboards as catalogue } from '../../../../contract/catalogue/native/cloudwatch-dashboards.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const cloudwatchDashboards = defineService(catalogue, configuration => new CloudWatchClient(configuration), [
  paged(
    'cloudwatch-dashboards.dashboard',
    { paginate: paginateListDashboards, input: {} },
    page => page.DashboardEntries,
  ),
]);

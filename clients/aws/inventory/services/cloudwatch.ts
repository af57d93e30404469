// CloudWatch: alarms of both kinds, metric streams, and rules of Contributor Insights.
import {
  CloudWatchClient,
  paginateDescribeAlarms,
  paginateDescribeInsightRules,
  paginateListMetricStreams,
} from '@aws-sdk/client-cloudwatch';
import { cloudwatch as catalogue } from '../../../../contract/catalogue/native/cloudwatch.ts';
import { defineService, type Listing } from '../listing.ts';
import { asItems, paged, walkPages } from '../rows.ts';

/** Unless told otherwise, the call leaves out composite alarms. */
const bothKinds = { AlarmTypes: ['MetricAlarm' as const, 'CompositeAlarm' as const] };
const alarmPages = { paginate: paginateDescribeAlarms, input: bothKinds, pageSize: 100 };

type AlarmKey = 'cloudwatch.metric-alarm' | 'cloudwatch.composite-alarm';

const alarms: Listing<CloudWatchClient, AlarmKey> = {
  types: ['cloudwatch.metric-alarm', 'cloudwatch.composite-alarm'],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, alarmPages, abortSignal)) {
      yield { type: 'cloudwatch.metric-alarm', items: asItems(page.MetricAlarms) };
      yield { type: 'cloudwatch.composite-alarm', items: asItems(page.CompositeAlarms) };
    }
  },
};

export const cloudwatch = defineService(catalogue, configuration => new CloudWatchClient(configuration), [
  alarms,
  paged(
    'cloudwatch.metric-stream',
    { paginate: paginateListMetricStreams, input: {}, pageSize: 200 },
    page => page.Entries,
  ),
  paged(
    'cloudwatch.insight-rule',
    { paginate: paginateDescribeInsightRules, input: {}, pageSize: 200 },
    page => page.InsightRules,
  ),
]);

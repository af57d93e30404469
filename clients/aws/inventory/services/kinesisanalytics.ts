// Managed Service for Apache Flink, once Kinesis Data Analytics: applications of either kind.
import { KinesisAnalyticsV2Client, paginateListApplications } from '@aws-sdk/client-kinesis-analytics-v2';
import { kinesisanalytics as catalogue } from '../../../../contract/catalogue/native/kinesisanalytics.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const kinesisanalytics = defineService(catalogue, configuration => new KinesisAnalyticsV2Client(configuration), [
  paged(
    'kinesisanalytics.application',
    { paginate: paginateListApplications, input: {} },
    page => page.ApplicationSummaries,
  ),
]);

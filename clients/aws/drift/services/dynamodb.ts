// Tables: what expires in them, how they are backed up, and their tags.
import {
  DescribeContinuousBackupsCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  type Tag,
} from '@aws-sdk/client-dynamodb';
import { askPages, type CallOptions } from '../../inventory/page-walks.ts';
import { tagMap } from '../../tag-lists.ts';
import { defineDetails, knownTags, textOf } from '../detail-service.ts';

const tagPages = (ResourceArn: string) => ({
  ask: (client: DynamoDBClient, NextToken: string | undefined, options: CallOptions) =>
    client.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }), options),
  next: (page: { readonly NextToken?: string | undefined }) => page.NextToken,
});

export const dynamodb = defineDetails(configuration => new DynamoDBClient(configuration), {
  'time-to-live': {
    ask: async (client: DynamoDBClient, subject, options) => {
      const command = new DescribeTimeToLiveCommand({ TableName: textOf(subject, 'table_name') });
      return { TimeToLive: (await client.send(command, options)).TimeToLiveDescription ?? null };
    },
  },
  backups: {
    ask: async (client: DynamoDBClient, subject, options) => {
      const command = new DescribeContinuousBackupsCommand({ TableName: textOf(subject, 'table_name') });
      const { ContinuousBackupsDescription: backups } = await client.send(command, options);
      return { PointInTimeRecovery: backups?.PointInTimeRecoveryDescription ?? null };
    },
  },
  tags: {
    known: knownTags,
    ask: async (client: DynamoDBClient, { arn }, options) => {
      const tags: Tag[] = [];
      for await (const { Tags = [] } of askPages(client, tagPages(arn), options.abortSignal)) tags.push(...Tags);
      return { Tags: tagMap(tags) };
    },
  },
});

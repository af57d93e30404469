// Buckets' settings, each by a call of its own.
import {
  GetBucketAccelerateConfigurationCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  ListBucketAnalyticsConfigurationsCommand,
  ListBucketInventoryConfigurationsCommand,
  ListBucketMetricsConfigurationsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { answerMembers } from '../../inventory/answer-members.ts';
import { askPages, type CallOptions } from '../../inventory/page-walks.ts';
import { tagMap } from '../../tag-lists.ts';
import { type DetailSubject, defineDetails, knownTags, textOf } from '../detail-service.ts';

const bucketOf = (subject: DetailSubject) => ({ Bucket: textOf(subject, 'name') });

interface IdPage {
  readonly ids: (string | undefined)[];
  readonly next: string | undefined;
}

type AskIds = (client: S3Client, token: string | undefined, options: CallOptions) => Promise<IdPage>;

const allIds = async (client: S3Client, ask: AskIds, { abortSignal }: CallOptions): Promise<string[]> => {
  const ids: string[] = [];
  const row = { ask, next: (page: IdPage) => page.next };
  for await (const page of askPages(client, row, abortSignal)) ids.push(...page.ids.filter(id => id !== undefined));
  return ids;
};

const parts = {
  policy: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Policy: (await client.send(new GetBucketPolicyCommand(bucketOf(subject)), options)).Policy ?? null,
    }),
    none: ['NoSuchBucketPolicy'],
  },
  'public-access-block': {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => {
      const answer = await client.send(new GetPublicAccessBlockCommand(bucketOf(subject)), options);
      return { PublicAccessBlock: answer.PublicAccessBlockConfiguration ?? null };
    },
    none: ['NoSuchPublicAccessBlockConfiguration'],
  },
  notification: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => {
      const answer = await client.send(new GetBucketNotificationConfigurationCommand(bucketOf(subject)), options);
      const told = Object.entries(answerMembers(answer)).filter(([, value]) => value !== undefined);
      return { Notification: told.length === 0 ? null : Object.fromEntries(told) };
    },
  },
  analytics: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Analytics: await allIds(
        client,
        async (_client, ContinuationToken, call) => {
          const command = new ListBucketAnalyticsConfigurationsCommand({ ...bucketOf(subject), ContinuationToken });
          const page = await client.send(command, call);
          return { ids: (page.AnalyticsConfigurationList ?? []).map(({ Id }) => Id), next: page.NextContinuationToken };
        },
        options,
      ),
    }),
  },
  inventory: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Inventory: await allIds(
        client,
        async (_client, ContinuationToken, call) => {
          const command = new ListBucketInventoryConfigurationsCommand({ ...bucketOf(subject), ContinuationToken });
          const page = await client.send(command, call);
          return { ids: (page.InventoryConfigurationList ?? []).map(({ Id }) => Id), next: page.NextContinuationToken };
        },
        options,
      ),
    }),
    none: ['NoSuchConfiguration'],
  },
  metrics: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Metrics: await allIds(
        client,
        async (_client, ContinuationToken, call) => {
          const command = new ListBucketMetricsConfigurationsCommand({ ...bucketOf(subject), ContinuationToken });
          const page = await client.send(command, call);
          return { ids: (page.MetricsConfigurationList ?? []).map(({ Id }) => Id), next: page.NextContinuationToken };
        },
        options,
      ),
    }),
  },
};

const settings = {
  encryption: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => {
      const answer = await client.send(new GetBucketEncryptionCommand(bucketOf(subject)), options);
      return { Encryption: answer.ServerSideEncryptionConfiguration?.Rules ?? null };
    },
    none: ['ServerSideEncryptionConfigurationNotFoundError'],
  },
  versioning: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Versioning: answerMembers(await client.send(new GetBucketVersioningCommand(bucketOf(subject)), options)),
    }),
  },
  logging: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Logging: (await client.send(new GetBucketLoggingCommand(bucketOf(subject)), options)).LoggingEnabled ?? null,
    }),
  },
  'ownership-controls': {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => {
      const answer = await client.send(new GetBucketOwnershipControlsCommand(bucketOf(subject)), options);
      return { OwnershipControls: answer.OwnershipControls?.Rules ?? null };
    },
    none: ['OwnershipControlsNotFoundError'],
  },
  acceleration: {
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Acceleration: answerMembers(
        await client.send(new GetBucketAccelerateConfigurationCommand(bucketOf(subject)), options),
      ),
    }),
  },
  tags: {
    known: knownTags,
    ask: async (client: S3Client, subject: DetailSubject, options: CallOptions) => ({
      Tags: tagMap((await client.send(new GetBucketTaggingCommand(bucketOf(subject)), options)).TagSet),
    }),
    none: ['NoSuchTagSet'],
  },
};

export const s3 = defineDetails(
  // A bucket answers in its own region alone; path style reaches servers that know no bucket's host name.
  configuration => new S3Client({ ...configuration, followRegionRedirects: true, forcePathStyle: true }),
  { ...parts, ...settings },
  {
    regionOf: ({ description }) => {
      const { location } = description;
      return typeof location === 'string' && location !== '' ? location : undefined;
    },
  },
);

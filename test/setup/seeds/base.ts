// Seeds of the services that every account has.

import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Seed } from './seed.ts';

export const baseSeeds: readonly Seed[] = [
  {
    types: ['sns.topic'],
    create: async ({ configuration }) => {
      const { TopicArn } = await new SNSClient(configuration).send(new CreateTopicCommand({ Name: 'seeded' }));
      return [TopicArn];
    },
  },
  {
    types: ['sqs.queue'],
    create: async ({ configuration }) => {
      const sqs = new SQSClient(configuration);
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'seeded', tags: { owner: 'seed' } }));
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
      return [(await sqs.send(asked)).Attributes?.['QueueArn']];
    },
  },
];

// Queues: their attributes, which the inventory's listing tells already, and their tags.
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueueTagsCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { CallOptions } from '../../inventory/page-walks.ts';
import { openSqs } from '../../sqs-client.ts';
import { type DetailSubject, defineDetails, knownTags, textOf, type Values } from '../detail-service.ts';

/** With the names that SQS has for them: the listing writes the policy as an object under a name of its own. */
const listedAttributes = ({ description }: DetailSubject): Values | undefined => {
  if (description['QueueArn'] === undefined) return undefined;
  const { policy, ...attributes } = description;
  return { Attributes: { ...attributes, ...(policy === undefined ? {} : { Policy: policy }) } };
};

const urlOf = async (client: SQSClient, subject: DetailSubject, options: CallOptions): Promise<string | undefined> => {
  const told = subject.description['queue_url'];
  if (typeof told === 'string') return told;
  const command = new GetQueueUrlCommand({ QueueName: textOf(subject, 'queue_name') });
  return (await client.send(command, options)).QueueUrl;
};

export const sqs = defineDetails(openSqs, {
  attributes: {
    known: listedAttributes,
    ask: async (client: SQSClient, subject, options) => {
      const QueueUrl = await urlOf(client, subject, options);
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
      return { Attributes: (await client.send(command, options)).Attributes ?? {} };
    },
  },
  tags: {
    known: knownTags,
    ask: async (client: SQSClient, subject, options) => {
      const QueueUrl = await urlOf(client, subject, options);
      return { Tags: (await client.send(new ListQueueTagsCommand({ QueueUrl }), options)).Tags ?? {} };
    },
  },
});

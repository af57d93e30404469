// SQS: the listing gives URLs, each queue's attributes are asked for.
import { GetQueueAttributesCommand, paginateListQueues, type SQSClient } from '@aws-sdk/client-sqs';
import { sqs as catalogue } from '../../../../contract/catalogue/native/sqs.ts';
import { openSqs } from '../../sqs-client.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { walkPages } from '../rows.ts';

// SQS pages only when asked to, and otherwise stops at a thousand queues without a word.
const row = { paginate: paginateListQueues, input: {}, pageSize: 1000 };

const describeQueue = async (client: SQSClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { QueueUrl } = fields as { QueueUrl?: string };
  const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
  return { fields, attributes: { ...(await client.send(command, { abortSignal })).Attributes } };
};

const queues: DescribedRow<SQSClient, 'sqs.queue'> = {
  type: 'sqs.queue',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.QueueUrls ?? []).map(QueueUrl => ({ fields: { QueueUrl, QueueName: QueueUrl.split('/').at(-1) } }));
    }
  },
  batch: 1,
  describe: describeOne(describeQueue),
  gone: ['QueueDoesNotExist', 'AWS.SimpleQueueService.NonExistentQueue'],
};

export const sqs = defineService(catalogue, openSqs, [described(queues)]);

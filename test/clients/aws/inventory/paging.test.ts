// Paging and describing, against the simulator with more than one page.
import { randomUUID } from 'node:crypto';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { AwsConnection } from '../../../../clients/aws/connection.ts';
import { clientConfiguration } from '../../../../clients/aws/connection.ts';
import type { ListedItem, ListedPage } from '../../../../clients/aws/inventory/listing.ts';
import { connectTo } from '../../../setup/connection.ts';
import { walkWhole } from '../../../setup/walk-whole.ts';

const region = 'ap-south-1';
const prefix = randomUUID().slice(0, 8);
let connection: AwsConnection;

beforeAll(async () => {
  connection = { ...connectTo(inject('simulator')), region };
  const configuration = clientConfiguration(connection);
  const sns = new SNSClient(configuration);
  const sqs = new SQSClient(configuration);
  for (let index = 0; index < 120; index += 1) await sns.send(new CreateTopicCommand({ Name: `${prefix}-${index}` }));
  for (let index = 0; index < 5; index += 1)
    await sqs.send(new CreateQueueCommand({ QueueName: `${prefix}-${index}` }));
  sns.destroy();
  sqs.destroy();
});

const list = async (type: string, limit = Number.POSITIVE_INFINITY): Promise<ListedItem[]> => {
  const steps = await walkWhole(type.split('.')[0] ?? '', connection, { limit, types: [type] });
  expect(steps.filter(step => 'failure' in step)).toEqual([]);
  return steps.filter((step): step is ListedPage => 'items' in step).flatMap(page => page.items);
};

const nameOf = ({ fields }: ListedItem): string => JSON.stringify(fields);

describe('a listing', () => {
  it('goes through all pages, and a second walk begins at the first again', async () => {
    for (const _walk of [1, 2]) {
      const topics = (await list('sns.topic')).filter(topic => nameOf(topic).includes(prefix));
      expect(topics).toHaveLength(120);
      expect(topics[0]?.attributes?.['TopicArn']).toContain(prefix);
    }
  });

  it('asks nothing more than its name about an item beyond the limit', async () => {
    const queues = await list('sqs.queue', 2);
    expect(queues.length).toBeGreaterThanOrEqual(5);
    expect(queues.filter(queue => queue.attributes !== undefined)).toHaveLength(2);
  });
});

// SNS: the listing gives ARNs, each topic's attributes are asked for.
import { GetTopicAttributesCommand, paginateListTopics, SNSClient } from '@aws-sdk/client-sns';
import { type DescribedRow, defineService, described, describeOne, type ListedItem, walkPages } from './listing.ts';

const row = { paginate: paginateListTopics, input: {} };

const describeTopic = async (client: SNSClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { TopicArn } = fields as { TopicArn?: string };
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }), { abortSignal });
  return { fields, attributes: { ...Attributes } };
};

const topics: DescribedRow<SNSClient> = {
  type: 'sns.topic',
  names: async function* names(client, abortSignal) {
    for await (const page of walkPages(client, row, abortSignal)) {
      yield (page.Topics ?? []).map(fields => ({ fields }));
    }
  },
  batch: 1,
  describe: describeOne(describeTopic),
  // Without a code of the service the SDK calls any 404 NotFoundException.
  gone: ['NotFound'],
};

export const sns = defineService('sns', configuration => new SNSClient(configuration), [described(topics)]);

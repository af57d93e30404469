// SNS: the listing gives ARNs of topics, whose attributes are asked for; subscriptions and applications come whole.
import {
  GetTopicAttributesCommand,
  paginateListPlatformApplications,
  paginateListSubscriptions,
  paginateListTopics,
  SNSClient,
} from '@aws-sdk/client-sns';
import { sns as catalogue } from '../../../../contract/catalogue/native/sns.ts';
import { type DescribedRow, described, describeOne } from '../described-rows.ts';
import { defineService, type ListedItem } from '../listing.ts';
import { paged, walkPages } from '../rows.ts';

const row = { paginate: paginateListTopics, input: {} };

const describeTopic = async (client: SNSClient, { fields }: ListedItem, abortSignal: AbortSignal) => {
  const { TopicArn } = fields as { TopicArn?: string };
  const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn }), { abortSignal });
  return { fields, attributes: { ...Attributes } };
};

const topics: DescribedRow<SNSClient, 'sns.topic'> = {
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

export const sns = defineService(catalogue, configuration => new SNSClient(configuration), [
  described(topics),
  // Until they are confirmed, and once they are deleted, they have no ARN but a word in its place.
  paged('sns.subscription', { paginate: paginateListSubscriptions, input: {} }, page =>
    page.Subscriptions?.filter(subscription => subscription.SubscriptionArn?.startsWith('arn:')),
  ),
  paged(
    'sns.platform-application',
    { paginate: paginateListPlatformApplications, input: {} },
    page => page.PlatformApplications,
  ),
]);

// Topics: their attributes, which the inventory's listing tells already, and their tags.
import { GetTopicAttributesCommand, ListTagsForResourceCommand, SNSClient } from '@aws-sdk/client-sns';
import { tagMap } from '../../tag-lists.ts';
import { type DetailSubject, defineDetails, knownTags, type Values } from '../detail-service.ts';

/** With the names that SNS has for them: the listing writes the policy as an object under a name of its own. */
const listedAttributes = ({ description }: DetailSubject): Values | undefined => {
  if (description['Owner'] === undefined) return undefined;
  const { policy, ...attributes } = description;
  return { Attributes: { ...attributes, ...(policy === undefined ? {} : { Policy: policy }) } };
};

export const sns = defineDetails(configuration => new SNSClient(configuration), {
  attributes: {
    known: listedAttributes,
    ask: async (client: SNSClient, { arn }, options) => ({
      Attributes: (await client.send(new GetTopicAttributesCommand({ TopicArn: arn }), options)).Attributes ?? {},
    }),
  },
  tags: {
    known: knownTags,
    ask: async (client: SNSClient, { arn }, options) => ({
      Tags: tagMap((await client.send(new ListTagsForResourceCommand({ ResourceArn: arn }), options)).Tags),
    }),
  },
});

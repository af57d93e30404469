// Trails: whether they log just now, and their tags.
import { CloudTrailClient, GetTrailStatusCommand, ListTagsCommand } from '@aws-sdk/client-cloudtrail';
import { tagMap } from '../../tag-lists.ts';
import { defineDetails, knownTags } from '../detail-service.ts';

export const cloudtrail = defineDetails(configuration => new CloudTrailClient(configuration), {
  status: {
    ask: async (client: CloudTrailClient, { arn }, options) => ({
      IsLogging: (await client.send(new GetTrailStatusCommand({ Name: arn }), options)).IsLogging,
    }),
  },
  tags: {
    known: knownTags,
    ask: async (client: CloudTrailClient, { arn }, options) => {
      const { ResourceTagList = [] } = await client.send(new ListTagsCommand({ ResourceIdList: [arn] }), options);
      return { Tags: tagMap(ResourceTagList.flatMap(({ TagsList = [] }) => TagsList)) };
    },
  },
});

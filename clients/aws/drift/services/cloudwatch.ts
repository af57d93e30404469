// Alarms: their tags.
import { CloudWatchClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { defineDetails, knownTags, tagMap } from '../detail-service.ts';

export const cloudwatch = defineDetails(configuration => new CloudWatchClient(configuration), {
  'alarm-tags': {
    known: knownTags,
    ask: async (client: CloudWatchClient, { arn }, options) => ({
      Tags: tagMap((await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }), options)).Tags),
    }),
  },
});

// Alarms: their tags.
import { CloudWatchClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { tagMap } from '../../tag-lists.ts';
import { defineDetails, knownTags } from '../detail-service.ts';

export const cloudwatch = defineDetails(configuration => new CloudWatchClient(configuration), {
  'alarm-tags': {
    known: knownTags,
    ask: async (client: CloudWatchClient, { arn }, options) => ({
      Tags: tagMap((await client.send(new ListTagsForResourceCommand({ ResourceARN: arn }), options)).Tags),
    }),
  },
});

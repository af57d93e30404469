// Log groups: their tags.
import { CloudWatchLogsClient, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import { defineDetails, knownTags } from '../detail-service.ts';

export const logs = defineDetails(configuration => new CloudWatchLogsClient(configuration), {
  tags: {
    known: knownTags,
    ask: async (client: CloudWatchLogsClient, { arn }, options) => {
      // The ARN of a group as other calls write it is refused here.
      const command = new ListTagsForResourceCommand({ resourceArn: arn.replace(/:\*$/, '') });
      return { Tags: (await client.send(command, options)).tags ?? {} };
    },
  },
});

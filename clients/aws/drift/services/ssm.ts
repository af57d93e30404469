// Parameters: their tags, never their values.
import { ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import { tagMap } from '../../tag-lists.ts';
import { defineDetails, knownTags, textOf } from '../detail-service.ts';

export const ssm = defineDetails(configuration => new SSMClient(configuration), {
  'parameter-tags': {
    known: knownTags,
    ask: async (client: SSMClient, subject, options) => {
      const command = new ListTagsForResourceCommand({
        ResourceType: 'Parameter',
        ResourceId: textOf(subject, 'name'),
      });
      return { Tags: tagMap((await client.send(command, options)).TagList) };
    },
  },
});

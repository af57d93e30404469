// Repositories: who may use them, and their tags.
import { ECRClient, GetRepositoryPolicyCommand, ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import { tagMap } from '../../tag-lists.ts';
import { type DetailSubject, defineDetails, knownTags } from '../detail-service.ts';

/** Names have slashes of their own. */
const nameOf = ({ description, arn, id }: DetailSubject): string => {
  const told = description['repository_name'];
  return typeof told === 'string' ? told : (arn.split(':repository/')[1] ?? id);
};

export const ecr = defineDetails(configuration => new ECRClient(configuration), {
  policy: {
    ask: async (client: ECRClient, subject, options) => {
      const command = new GetRepositoryPolicyCommand({ repositoryName: nameOf(subject) });
      return { Policy: (await client.send(command, options)).policyText ?? null };
    },
    none: ['RepositoryPolicyNotFoundException'],
  },
  tags: {
    known: knownTags,
    ask: async (client: ECRClient, { arn }, options) => ({
      Tags: tagMap((await client.send(new ListTagsForResourceCommand({ resourceArn: arn }), options)).tags),
    }),
  },
});

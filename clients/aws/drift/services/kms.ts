// Keys: policy, rotation and tags of those that the account made itself.
import {
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  paginateListResourceTags,
} from '@aws-sdk/client-kms';
import { type DetailSubject, defineDetails, knownTags, textOf, type Values } from '../detail-service.ts';

/** AWS's own keys have policies that nobody can change. */
const awsOwn = ({ description }: DetailSubject): Values | undefined =>
  description['key_manager'] === 'AWS' ? {} : undefined;

export const kms = defineDetails(configuration => new KMSClient(configuration), {
  policy: {
    known: awsOwn,
    ask: async (client: KMSClient, subject, options) => {
      const command = new GetKeyPolicyCommand({ KeyId: textOf(subject, 'key_id'), PolicyName: 'default' });
      return { Policy: (await client.send(command, options)).Policy ?? null };
    },
  },
  rotation: {
    known: awsOwn,
    ask: async (client: KMSClient, subject, options) => {
      const command = new GetKeyRotationStatusCommand({ KeyId: textOf(subject, 'key_id') });
      const { KeyRotationEnabled, RotationPeriodInDays } = await client.send(command, options);
      return { KeyRotationEnabled, RotationPeriodInDays };
    },
    // Asymmetric keys, and those of a custom store, cannot rotate.
    none: ['UnsupportedOperationException'],
  },
  tags: {
    known: subject => awsOwn(subject) ?? knownTags(subject),
    ask: async (client: KMSClient, subject, options) => {
      const tags: Record<string, string> = {};
      const pages = paginateListResourceTags({ client }, { KeyId: textOf(subject, 'key_id') }, options);
      for await (const { Tags = [] } of pages) {
        for (const { TagKey = '', TagValue = '' } of Tags) tags[TagKey] = TagValue;
      }
      return { Tags: tags };
    },
  },
});

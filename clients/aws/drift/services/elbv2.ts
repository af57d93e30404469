// Load balancers: their attributes, and tags of what belongs to them.
import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTagsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { tagMap } from '../../tag-lists.ts';
import { defineDetails, knownTags } from '../detail-service.ts';

type Client = ElasticLoadBalancingV2Client;

export const elbv2 = defineDetails(configuration => new ElasticLoadBalancingV2Client(configuration), {
  attributes: {
    ask: async (client: Client, { arn }, options) => {
      const command = new DescribeLoadBalancerAttributesCommand({ LoadBalancerArn: arn });
      return { Attributes: tagMap((await client.send(command, options)).Attributes) };
    },
  },
  tags: {
    known: knownTags,
    ask: async (client: Client, { arn }, options) => {
      const { TagDescriptions = [] } = await client.send(new DescribeTagsCommand({ ResourceArns: [arn] }), options);
      return { Tags: tagMap(TagDescriptions.flatMap(({ Tags = [] }) => Tags)) };
    },
  },
});

// VPCs: whether names are resolved in them, of which each is an attribute with a call of its own.
import { DescribeVpcAttributeCommand, EC2Client } from '@aws-sdk/client-ec2';
import { defineDetails, textOf } from '../detail-service.ts';

export const ec2 = defineDetails(configuration => new EC2Client(configuration), {
  'vpc-dns': {
    ask: async (client: EC2Client, subject, options) => {
      const VpcId = textOf(subject, 'vpc_id');
      const ask = (Attribute: 'enableDnsSupport' | 'enableDnsHostnames') =>
        client.send(new DescribeVpcAttributeCommand({ VpcId, Attribute }), options);
      const [support, hostnames] = await Promise.all([ask('enableDnsSupport'), ask('enableDnsHostnames')]);
      return {
        EnableDnsSupport: support.EnableDnsSupport?.Value,
        EnableDnsHostnames: hostnames.EnableDnsHostnames?.Value,
      };
    },
  },
});

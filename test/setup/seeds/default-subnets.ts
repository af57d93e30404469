// Two subnets of the region's default VPC, which the simulator has as AWS does.
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import type { ClientConfiguration } from '../../../clients/aws/inventory/listing.ts';

export const defaultSubnets = async (configuration: ClientConfiguration): Promise<string[]> => {
  const { Subnets = [] } = await new EC2Client(configuration).send(new DescribeSubnetsCommand({}));
  return Subnets.slice(0, 2).flatMap(({ SubnetId }) => SubnetId ?? []);
};

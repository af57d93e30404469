// Creates what of an order lives in EC2: networks with their subnet, group and machines, and volumes.
import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  type Instance,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import type { AccountClients } from './account-clients.ts';
import { type Create, keyValues, type ResourceOrder } from './resource-order.ts';
import type { TerraformResource } from './terraform-state.ts';

/** EC2 knows names as tags alone. */
const ec2Tags = (order: ResourceOrder, ResourceType: 'vpc' | 'instance' | 'volume') => [
  { ResourceType, Tags: [{ Key: 'Name', Value: order.name }, ...keyValues(order)] },
];

const image = 'ami-0123456789abcdef0';
const machine = 't3.micro';

const startMachines = async (
  account: AccountClients,
  order: ResourceOrder,
  subnet: string | undefined,
): Promise<readonly Instance[]> => {
  const count = order.instances ?? 0;
  if (count === 0) return [];
  const { Instances = [] } = await account.client('ec2', order.region).send(
    new RunInstancesCommand({
      ImageId: image,
      InstanceType: machine,
      MinCount: count,
      MaxCount: count,
      SubnetId: subnet,
      TagSpecifications: ec2Tags(order, 'instance'),
    }),
  );
  return Instances;
};

/** With the volume and the interface that came with it: a state knows both as the machine's own. */
const attributesOf = (made: Instance): TerraformResource['attributes'] => ({
  id: made.InstanceId,
  ami: made.ImageId,
  instance_type: made.InstanceType,
  subnet_id: made.SubnetId,
  primary_network_interface_id: made.NetworkInterfaces?.[0]?.NetworkInterfaceId,
  root_block_device: (made.BlockDeviceMappings ?? []).map(({ Ebs }) => ({ volume_id: Ebs?.VolumeId })),
});

export const createNetwork: Create = async (account, order) => {
  const ec2 = account.client('ec2', order.region);
  const arnOf = (kind: string, id: string | undefined) =>
    `arn:aws:ec2:${order.region}:${account.accountId}:${kind}/${id}`;
  const [wholeBlock, subnetBlock, description] = ['10.1.0.0/16', '10.1.1.0/24', 'made by the sandbox'];
  const vpc = await ec2.send(new CreateVpcCommand({ CidrBlock: wholeBlock, TagSpecifications: ec2Tags(order, 'vpc') }));
  const VpcId = vpc.Vpc?.VpcId;
  const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: subnetBlock }));
  const subnet = Subnet?.SubnetId;
  const { GroupId } = await ec2.send(
    new CreateSecurityGroupCommand({ VpcId, GroupName: order.name, Description: description }),
  );
  const machines = await startMachines(account, order, subnet);
  const { name, region } = order;
  const tags = { Name: name, ...order.tags };
  const stated = (type: string, attributes: TerraformResource['attributes'], suffix = '') => ({
    ...{ type, name: `${name}${suffix}`, region, attributes },
  });
  const group = { id: GroupId, arn: arnOf('security-group', GroupId), name, description, vpc_id: VpcId };
  return [
    stated('aws_vpc', { id: VpcId, arn: arnOf('vpc', VpcId), cidr_block: wholeBlock, tags }),
    stated('aws_subnet', {
      id: subnet,
      arn: arnOf('subnet', subnet),
      vpc_id: VpcId,
      cidr_block: subnetBlock,
      tags: {},
    }),
    stated('aws_security_group', { ...group, tags: {} }),
    ...machines.map((made, at) =>
      stated('aws_instance', { ...attributesOf(made), arn: arnOf('instance', made.InstanceId), tags }, `-${at}`),
    ),
  ];
};

export const createVolume: Create = async (account, order) => {
  const { name, region } = order;
  const zone = `${region}a`;
  const [size, type] = [8, 'gp3' as const];
  const { VolumeId: id } = await account.client('ec2', region).send(
    new CreateVolumeCommand({
      AvailabilityZone: zone,
      Size: size,
      VolumeType: type,
      TagSpecifications: ec2Tags(order, 'volume'),
    }),
  );
  const arn = `arn:aws:ec2:${region}:${account.accountId}:volume/${id}`;
  const attributes = { id, arn, availability_zone: zone, size, type, tags: { Name: name, ...order.tags } };
  return [{ type: 'aws_ebs_volume', name, region, attributes }];
};

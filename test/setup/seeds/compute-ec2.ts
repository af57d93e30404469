// Seeds of EC2's instances, and of what asks for them and pays them.
import {
  AllocateHostsCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateFleetCommand,
  CreateImageCommand,
  CreateKeyPairCommand,
  CreateLaunchTemplateCommand,
  CreateSecurityGroupCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  RequestSpotFleetCommand,
  RequestSpotInstancesCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Seed, SeedPlace } from './seed.ts';

const arnsIn =
  ({ region, account }: SeedPlace) =>
  (kind: string, id: string | undefined, owner = account) =>
    `arn:aws:ec2:${region}:${owner}:${kind}/${id}`;

/** The simulator starts anything under any name. */
const anyImage = 'ami-12c6146b';

const instances: Seed = {
  types: ['ec2.instance', 'ec2.image', 'ec2.volume', 'ec2.snapshot', 'ec2.key-pair', 'ec2.network-interface'],
  create: async place => {
    const ec2 = new EC2Client(place.configuration);
    const arn = arnsIn(place);
    const key = await ec2.send(new CreateKeyPairCommand({ KeyName: 'seeded' }));
    const run = new RunInstancesCommand({ ImageId: anyImage, MinCount: 1, MaxCount: 1, KeyName: 'seeded' });
    const instance = (await ec2.send(run)).Instances?.[0];
    const image = await ec2.send(new CreateImageCommand({ InstanceId: instance?.InstanceId, Name: 'seeded' }));
    const zone = `${place.region}a`;
    const { VolumeId } = await ec2.send(new CreateVolumeCommand({ AvailabilityZone: zone, Size: 1 }));
    const { SnapshotId } = await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    return [
      arn('instance', instance?.InstanceId),
      arn('image', image.ImageId, ''),
      arn('volume', VolumeId),
      arn('snapshot', SnapshotId, ''),
      arn('key-pair', key.KeyPairId),
      arn('network-interface', instance?.NetworkInterfaces?.[0]?.NetworkInterfaceId),
    ];
  },
};

const securityGroups: Seed = {
  types: ['ec2.security-group', 'ec2.security-group-rule'],
  create: async place => {
    const ec2 = new EC2Client(place.configuration);
    const { GroupId } = await ec2.send(new CreateSecurityGroupCommand({ GroupName: 'seeded', Description: 'seeded' }));
    const open = { IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '10.0.0.0/8' }] };
    const command = new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [open] });
    const rule = (await ec2.send(command)).SecurityGroupRules?.[0];
    return [arnsIn(place)('security-group', GroupId), arnsIn(place)('security-group-rule', rule?.SecurityGroupRuleId)];
  },
};

const fleets: Seed = {
  types: [
    'ec2.launch-template',
    'ec2.fleet',
    'ec2.spot-fleet-request',
    'ec2.spot-instance-request',
    'ec2.dedicated-host',
  ],
  create: async place => {
    const ec2 = new EC2Client(place.configuration);
    const arn = arnsIn(place);
    const what = { ImageId: anyImage, InstanceType: 't3.micro' as const, UserData: 'c2VlZGVk' };
    const template = await ec2.send(
      new CreateLaunchTemplateCommand({ LaunchTemplateName: 'seeded', LaunchTemplateData: what }),
    );
    const LaunchTemplateId = template.LaunchTemplate?.LaunchTemplateId;
    const fleet = await ec2.send(
      new CreateFleetCommand({
        LaunchTemplateConfigs: [{ LaunchTemplateSpecification: { LaunchTemplateId, Version: '1' } }],
        TargetCapacitySpecification: { TotalTargetCapacity: 1, DefaultTargetCapacityType: 'on-demand' },
      }),
    );
    const spot = await ec2.send(new RequestSpotInstancesCommand({ SpotPrice: '0.5', LaunchSpecification: what }));
    const iam = new IAMClient(place.configuration);
    const role = await iam.send(new CreateRoleCommand({ RoleName: 'fleet', AssumeRolePolicyDocument: '{}' }));
    const spotFleet = await ec2.send(
      new RequestSpotFleetCommand({
        SpotFleetRequestConfig: {
          IamFleetRole: role.Role?.Arn,
          AllocationStrategy: 'lowestPrice',
          TargetCapacity: 1,
          LaunchSpecifications: [what],
        },
      }),
    );
    const hosts = await ec2.send(
      new AllocateHostsCommand({ AvailabilityZone: `${place.region}a`, InstanceType: 'm5.large', Quantity: 1 }),
    );
    return [
      arn('launch-template', LaunchTemplateId),
      arn('fleet', fleet.FleetId),
      arn('spot-instances-request', spot.SpotInstanceRequests?.[0]?.SpotInstanceRequestId),
      arn('spot-fleet-request', spotFleet.SpotFleetRequestId),
      arn('dedicated-host', hosts.HostIds?.[0]),
    ];
  },
};

export const ec2Seeds: readonly Seed[] = [instances, securityGroups, fleets];

// The join over what the simulator really answers: states as Terraform writes them, and nothing left over but what nobody declares.
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateRouteTableCommand,
  AttachInternetGatewayCommand,
  AuthorizeSecurityGroupIngressCommand,
  CreateInternetGatewayCommand,
  CreateKeyPairCommand,
  CreateRouteCommand,
  CreateRouteTableCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteRouteCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DetachRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { ChangeResourceRecordSetsCommand, CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { detailKey, unreadDetails } from '../../../../../runner/scan/drift/details.ts';
import { partsOf } from '../../../../../runner/scan/drift/engine/parts.ts';
import type { DeclaredResource } from '../../../../../runner/scan/drift/resources.ts';
import { type LiveAccount, makeBucket, policyFor, read, trust, uniqueName, useLiveAccount } from '../live-account.ts';
import { declaredOf, join, outcomes } from './join-fixture.ts';

const account = useLiveAccount();

type States = readonly (readonly [type: string, id: string | undefined, attributes?: object])[];

/** What became of the states, and of all that was found of the catalogue's types. */
const joinLive = async (live: LiveAccount, keys: readonly string[], states: States): Promise<string[]> => {
  const { region } = live.connection;
  const wholes = await live.find(...keys);
  const { details } = await read(live, wholes);
  const found = wholes.flatMap(whole => [whole, ...partsOf(whole, details.get(detailKey(whole)))]);
  const declared = states.map(
    ([type, id = '', attributes = {}]): DeclaredResource =>
      declaredOf(type, id, { region, attributes: attributes as DeclaredResource['attributes'] }),
  );
  return outcomes(join({ declared, found, unread: unreadDetails(details) }));
};

const notManaged = (texts: readonly string[]) => texts.filter(text => !text.startsWith('managed'));
/** Of all accounts: what AWS starts them with. */
const isDefault = (text: string) => / aws_default_/.test(text);

describe('a network', () => {
  const make = async ({ configuration }: LiveAccount) => {
    const ec2 = new EC2Client(configuration());
    const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.1.0.0/16' }))).Vpc?.VpcId;
    const subnet = (await ec2.send(new CreateSubnetCommand({ VpcId: vpc, CidrBlock: '10.1.1.0/24' }))).Subnet?.SubnetId;
    const gateway = (await ec2.send(new CreateInternetGatewayCommand({}))).InternetGateway?.InternetGatewayId;
    await ec2.send(new AttachInternetGatewayCommand({ InternetGatewayId: gateway, VpcId: vpc }));
    const table = (await ec2.send(new CreateRouteTableCommand({ VpcId: vpc }))).RouteTable?.RouteTableId;
    await ec2.send(
      new CreateRouteCommand({ RouteTableId: table, DestinationCidrBlock: '0.0.0.0/0', GatewayId: gateway }),
    );
    const association = (await ec2.send(new AssociateRouteTableCommand({ RouteTableId: table, SubnetId: subnet })))
      .AssociationId;
    return { ec2, vpc, subnet, gateway, table, association };
  };
  const keys = ['ec2.vpc', 'ec2.subnet', 'ec2.internet-gateway', 'ec2.route-table', 'ec2.network-acl'];
  const statesOf = ({ vpc, subnet, gateway, table, association }: Awaited<ReturnType<typeof make>>): States => [
    ['aws_vpc', vpc],
    ['aws_subnet', subnet],
    ['aws_internet_gateway', gateway],
    ['aws_route_table', table, { route: [] }],
    ['aws_route', 'r-any', { route_table_id: table, destination_cidr_block: '0.0.0.0/0' }],
    ['aws_route_table_association', association, { route_table_id: table }],
  ];

  it('is managed whole, beside what AWS makes with a VPC', async () => {
    const live = account();
    const texts = await joinLive(live, keys, statesOf(await make(live)));
    expect(texts.filter(text => text.startsWith('managed'))).toHaveLength(6);
    expect(notManaged(texts).filter(text => !isDefault(text))).toEqual([]);
  });

  it('shows a route that is gone, and one that nobody declares', async () => {
    const live = account();
    const made = await make(live);
    await made.ec2.send(new DeleteRouteCommand({ RouteTableId: made.table, DestinationCidrBlock: '0.0.0.0/0' }));
    await made.ec2.send(
      new CreateRouteCommand({
        RouteTableId: made.table,
        DestinationCidrBlock: '192.168.0.0/16',
        GatewayId: made.gateway,
      }),
    );
    const texts = await joinLive(live, keys, statesOf(made));
    expect(texts).toContain('missing aws_route r-any');
    expect(texts).toContainEqual(expect.stringMatching(new RegExp(`^unmanaged aws_route r-${made.table}\\d+$`)));
  });
});

it('security group rules are managed by what they allow, and by AWS’s ids', async () => {
  const live = account();
  const ec2 = new EC2Client(live.configuration());
  const vpc = (await ec2.send(new CreateVpcCommand({ CidrBlock: '10.2.0.0/16' }))).Vpc?.VpcId;
  const group = (
    await ec2.send(new CreateSecurityGroupCommand({ GroupName: uniqueName(), Description: 'web', VpcId: vpc }))
  ).GroupId;
  const allow = async (cidr: string, port: number) => {
    const rule = { IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp: cidr }] };
    const answer = await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions: [rule] }));
    return answer.SecurityGroupRules?.[0]?.SecurityGroupRuleId;
  };
  await allow('10.0.0.0/8', 443);
  const second = await allow('11.0.0.0/8', 443);
  await allow('0.0.0.0/0', 22);
  const texts = await joinLive(
    live,
    ['ec2.security-group', 'ec2.security-group-rule'],
    [
      ['aws_security_group', group, { ingress: [], egress: [] }],
      [
        'aws_security_group_rule',
        'sgrule-1',
        {
          security_group_id: group,
          type: 'ingress',
          protocol: 'tcp',
          from_port: 443,
          to_port: 443,
          cidr_blocks: ['10.0.0.0/8'],
        },
      ],
      ['aws_vpc_security_group_ingress_rule', second, { security_group_id: group }],
      [
        'aws_security_group_rule',
        'sgrule-2',
        {
          security_group_id: group,
          type: 'egress',
          protocol: '-1',
          from_port: 0,
          to_port: 0,
          cidr_blocks: ['0.0.0.0/0'],
        },
      ],
    ],
  );
  expect(texts.filter(text => text.startsWith('managed'))).toHaveLength(4);
  const others = notManaged(texts).filter(text => text.includes('_rule'));
  // The open one; and the way out of the VPC’s default group is no word of its own.
  expect(others).toEqual([expect.stringMatching(/^unmanaged aws_security_group_rule sgrule-\d+$/)]);
});

it('an instance has its volume, its interface and its address with it', async () => {
  const live = account();
  const ec2 = new EC2Client(live.configuration());
  const run = await ec2.send(new RunInstancesCommand({ ImageId: 'ami-12c6146b', MinCount: 1, MaxCount: 1 }));
  const { InstanceId: instance } = run.Instances?.[0] ?? {};
  const { AllocationId: allocation } = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
  const { AssociationId: association } = await ec2.send(
    new AssociateAddressCommand({ AllocationId: allocation, InstanceId: instance }),
  );
  await ec2.send(new CreateKeyPairCommand({ KeyName: 'deployer' }));
  const [{ BlockDeviceMappings = [], NetworkInterfaces = [] } = {}] = (
    await ec2.send(new DescribeInstancesCommand({ InstanceIds: instance === undefined ? [] : [instance] }))
  ).Reservations?.flatMap(({ Instances = [] }) => Instances) ?? [{}];
  const volume = BlockDeviceMappings[0]?.Ebs?.VolumeId;
  const face = NetworkInterfaces[0]?.NetworkInterfaceId;
  expect([volume, face]).toEqual([expect.stringMatching(/^vol-/), expect.stringMatching(/^eni-/)]);
  const keys = ['ec2.instance', 'ec2.volume', 'ec2.network-interface', 'ec2.address', 'ec2.key-pair'];
  const texts = await joinLive(live, keys, [
    [
      'aws_instance',
      instance,
      {
        root_block_device: [{ volume_id: volume }],
        primary_network_interface_id: face,
      },
    ],
    ['aws_eip', allocation, { association_id: association }],
    ['aws_key_pair', 'deployer'],
  ]);
  expect(notManaged(texts)).toEqual([]);
  expect(texts).toEqual([
    `managed aws_ebs_volume ${volume}`,
    `managed aws_eip ${allocation}`,
    `managed aws_eip_association ${association}`,
    `managed aws_instance ${instance}`,
    'managed aws_key_pair deployer',
    `managed aws_network_interface ${face}`,
  ]);
});

it('IAM is managed with its attachments, inline policies and memberships', async () => {
  const live = account();
  const iam = new IAMClient(live.configuration());
  const [role, user, group] = [uniqueName(), uniqueName(), uniqueName()];
  await iam.send(new CreateRoleCommand({ RoleName: role, AssumeRolePolicyDocument: trust('ec2.amazonaws.com') }));
  await iam.send(
    new PutRolePolicyCommand({ RoleName: role, PolicyName: 'read', PolicyDocument: policyFor('s3:Get*') }),
  );
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: uniqueName(), PolicyDocument: policyFor('s3:*') }),
  );
  await iam.send(new AttachRolePolicyCommand({ RoleName: role, PolicyArn: Policy?.Arn }));
  await iam.send(new CreateUserCommand({ UserName: user }));
  await iam.send(new CreateGroupCommand({ GroupName: group }));
  await iam.send(new AddUserToGroupCommand({ UserName: user, GroupName: group }));
  const keys = ['iam.role', 'iam.user', 'iam.group', 'iam.policy', 'iam.role-policy'];
  const attachment: States[number] = ['aws_iam_role_policy_attachment', 'a', { role, policy_arn: Policy?.Arn }];
  const states: States = [
    ['aws_iam_role', role, { name: role }],
    ['aws_iam_role_policy', `${role}:read`, { role, name: 'read' }],
    ['aws_iam_policy', Policy?.Arn, { arn: Policy?.Arn }],
    ['aws_iam_user', user],
    ['aws_iam_group', group],
    ['aws_iam_group_membership', 'm', { group, users: [user] }],
    attachment,
  ];
  expect(notManaged(await joinLive(live, keys, states))).toEqual([]);
  await iam.send(new DetachRolePolicyCommand({ RoleName: role, PolicyArn: Policy?.Arn }));
  expect(notManaged(await joinLive(live, keys, states))).toEqual(['missing aws_iam_role_policy_attachment a']);
});

it('a zone is managed with its records, and its own ones are no word', async () => {
  const live = account();
  const client = new Route53Client(live.configuration());
  const name = `${uniqueName()}.example.com`;
  const { HostedZone } = await client.send(new CreateHostedZoneCommand({ Name: name, CallerReference: name }));
  const zone = HostedZone?.Id?.split('/').at(-1);
  const record = (Name: string) => ({ Name, Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value: '192.0.2.1' }] });
  const changes = [`www.${name}`, `*.${name}`].map(each => ({
    Action: 'CREATE' as const,
    ResourceRecordSet: record(each),
  }));
  await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes: changes } }));
  const texts = await joinLive(
    live,
    ['route53.zone', 'route53.record-set'],
    [
      ['aws_route53_zone', zone],
      ['aws_route53_record', `${zone}_www_A`, { zone_id: zone, name: 'www', fqdn: `www.${name}`, type: 'A' }],
    ],
  );
  expect(texts).toEqual([
    `managed aws_route53_record ${zone}_www_A`,
    `managed aws_route53_zone ${zone}`,
    `unmanaged aws_route53_record ${zone}_*.${name}_A`,
  ]);
});

it('queues and buckets are managed with their policies', async () => {
  const live = account();
  const sqs = new SQSClient(live.configuration());
  const policy = policyFor('sqs:SendMessage');
  const { QueueUrl: url } = await sqs.send(
    new CreateQueueCommand({ QueueName: uniqueName(), Attributes: { Policy: policy } }),
  );
  const { Bucket, client } = await makeBucket(live);
  await client.send(
    new PutBucketPolicyCommand({ Bucket, Policy: policyFor('s3:GetObject', `arn:aws:s3:::${Bucket}/*`) }),
  );
  const states: States = [
    ['aws_sqs_queue', url, { policy: '' }],
    ['aws_sqs_queue_policy', url, { queue_url: url }],
    ['aws_s3_bucket', Bucket, { bucket: Bucket }],
  ];
  expect(notManaged(await joinLive(live, ['sqs.queue', 's3.bucket'], states))).toEqual([
    `unmanaged aws_s3_bucket_policy ${Bucket}`,
  ]);
});

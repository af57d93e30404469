// Samples of EC2 and its networks.
import type { Sample } from './sample.ts';

const rule = {
  from_port: 443,
  to_port: 443,
  protocol: 'tcp',
  cidr_blocks: ['10.0.0.0/8', '192.168.0.0/16'],
  ipv6_cidr_blocks: [],
  prefix_list_ids: [],
  security_groups: ['444455556666/sg-other'],
  self: true,
  description: 'web',
};
const permission = {
  IpProtocol: 'tcp',
  FromPort: 443,
  ToPort: 443,
  IpRanges: [
    { CidrIp: '192.168.0.0/16', Description: 'web' },
    { CidrIp: '10.0.0.0/8', Description: 'web' },
  ],
  Ipv6Ranges: [],
  PrefixListIds: [],
  UserIdGroupPairs: [
    { GroupId: 'sg-1', UserId: '111122223333', Description: 'web' },
    { GroupId: 'sg-other', UserId: '444455556666', Description: 'web' },
  ],
};
const everything = {
  from_port: 0,
  to_port: 0,
  protocol: '-1',
  cidr_blocks: ['0.0.0.0/0'],
  description: '',
  self: false,
};
const everywhere = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
const atom = (peer: string, port: number) => ({
  protocol: 'tcp',
  from_port: port,
  to_port: port,
  peer,
  description: port === 443 ? 'web' : '',
});

const groupFields = {
  GroupId: 'sg-1',
  GroupName: 'web',
  Description: 'made by hand',
  VpcId: 'vpc-1',
  IpPermissions: [permission],
  IpPermissionsEgress: [everywhere],
};

export const ec2Samples: readonly Sample[] = [
  {
    type: 'aws_security_group',
    key: 'ec2.security-group',
    state: {
      name: 'web',
      description: 'made by hand',
      ingress: [rule],
      egress: [everything],
      tags: { Team: 'a' },
      tags_all: { Team: 'a', Owner: 'platform' },
    },
    cloud: { fields: groupFields, tags: { Team: 'a', Owner: 'platform', 'aws:createdBy': 'x' } },
    drifts: [
      [
        {
          fields: {
            IpPermissions: [
              permission,
              { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
            ],
          },
        },
        ['ingress', null, atom('0.0.0.0/0', 22)],
      ],
      [
        { fields: { IpPermissions: [{ ...permission, IpRanges: [{ CidrIp: '10.0.0.0/8', Description: 'web' }] }] } },
        ['ingress', atom('192.168.0.0/16', 443), null],
      ],
      [
        { fields: { IpPermissionsEgress: [] } },
        ['egress', { protocol: '-1', from_port: 0, to_port: 0, peer: '0.0.0.0/0', description: '' }, null],
      ],
      [{ tags: { Team: 'b', Owner: 'platform', Extra: 'x' } }, ['tags.Team', 'a', 'b'], ['tags.Extra', null, 'x']],
      [{ tags: { Team: 'a' } }, ['tags_all.Owner', 'platform', null]],
    ],
  },
  {
    type: 'aws_default_security_group',
    key: 'ec2.security-group',
    state: { egress: [everything], tags: null, tags_all: {} },
    cloud: { fields: groupFields },
    drifts: [
      [
        { fields: { IpPermissionsEgress: [] } },
        ['egress', { protocol: '-1', from_port: 0, to_port: 0, peer: '0.0.0.0/0', description: '' }, null],
      ],
      [{ tags: { a: 'b' } }, ['tags.a', null, 'b']],
    ],
  },
  {
    type: 'aws_security_group_rule',
    key: 'ec2.security-group-rule',
    state: { description: 'from the office' },
    cloud: { fields: { SecurityGroupRuleId: 'sgr-1', Description: 'from the office' } },
    drifts: [[{ fields: { Description: undefined } }, ['description', 'from the office', null]]],
  },
  {
    type: 'aws_vpc_security_group_ingress_rule',
    key: 'ec2.security-group-rule',
    state: {
      ip_protocol: 'tcp',
      from_port: 22,
      to_port: 22,
      cidr_ipv4: '10.0.0.0/8',
      referenced_security_group_id: null,
      description: null,
    },
    cloud: {
      fields: { SecurityGroupRuleId: 'sgr-1', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIpv4: '10.0.0.0/8' },
    },
    drifts: [
      [{ fields: { CidrIpv4: '0.0.0.0/0' } }, ['cidr_ipv4', '10.0.0.0/8', '0.0.0.0/0']],
      [
        { fields: { IpProtocol: '-1', FromPort: -1, ToPort: -1 } },
        ['ip_protocol', 'tcp', '-1'],
        ['from_port', 22, -1],
        ['to_port', 22, -1],
      ],
    ],
  },
  {
    type: 'aws_vpc_security_group_egress_rule',
    key: 'ec2.security-group-rule',
    state: { ip_protocol: 'all', from_port: null, referenced_security_group_id: '444455556666/sg-2', tags: {} },
    cloud: {
      fields: {
        SecurityGroupRuleId: 'sgr-2',
        IpProtocol: '-1',
        FromPort: -1,
        ReferencedGroupInfo: { GroupId: 'sg-2' },
      },
    },
    drifts: [
      [{ fields: { ReferencedGroupInfo: { GroupId: 'sg-3' } } }, ['referenced_security_group_id', 'sg-2', 'sg-3']],
    ],
  },
  {
    type: 'aws_network_acl',
    key: 'ec2.network-acl',
    state: {
      ingress: [
        {
          rule_no: 100,
          action: 'allow',
          protocol: '6',
          from_port: 443,
          to_port: 443,
          cidr_block: '0.0.0.0/0',
          ipv6_cidr_block: '',
        },
      ],
      egress: [{ rule_no: 100, action: 'allow', protocol: '-1', from_port: 0, to_port: 0, cidr_block: '0.0.0.0/0' }],
    },
    cloud: {
      fields: {
        NetworkAclId: 'acl-1',
        Entries: [
          {
            RuleNumber: 100,
            Egress: false,
            RuleAction: 'allow',
            Protocol: '6',
            PortRange: { From: 443, To: 443 },
            CidrBlock: '0.0.0.0/0',
          },
          { RuleNumber: 100, Egress: true, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
          { RuleNumber: 32767, Egress: true, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
          { RuleNumber: 32767, Egress: false, RuleAction: 'deny', Protocol: '-1', CidrBlock: '0.0.0.0/0' },
        ],
      },
    },
    drifts: [
      [
        {
          fields: {
            Entries: [{ RuleNumber: 100, Egress: true, RuleAction: 'allow', Protocol: '-1', CidrBlock: '0.0.0.0/0' }],
          },
        },
        [
          'ingress',
          { rule_no: 100, action: 'allow', protocol: 'tcp', from_port: 443, to_port: 443, cidr: '0.0.0.0/0' },
          null,
        ],
      ],
    ],
  },
  {
    type: 'aws_instance',
    key: 'ec2.instance',
    state: {
      ami: 'ami-1',
      instance_type: 't3.micro',
      subnet_id: 'subnet-1',
      key_name: '',
      iam_instance_profile: 'web',
      vpc_security_group_ids: ['sg-2', 'sg-1'],
      source_dest_check: true,
      monitoring: false,
      metadata_options: [{ http_tokens: 'required', http_endpoint: 'enabled', http_put_response_hop_limit: 1 }],
      tags: { Name: 'web' },
    },
    cloud: {
      fields: {
        InstanceId: 'i-1',
        InstanceType: 't3.micro',
        ImageId: 'ami-1',
        SubnetId: 'subnet-1',
        IamInstanceProfile: { Arn: 'arn:aws:iam::111122223333:instance-profile/web' },
        SecurityGroups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }],
        SourceDestCheck: true,
        Monitoring: { State: 'disabled' },
        MetadataOptions: { HttpTokens: 'required', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 1 },
        Tags: [{ Key: 'Name', Value: 'web' }],
      },
    },
    drifts: [
      [{ fields: { InstanceType: 't3.large' } }, ['instance_type', 't3.micro', 't3.large']],
      [{ fields: { SecurityGroups: [{ GroupId: 'sg-9' }] } }, ['vpc_security_group_ids', ['sg-1', 'sg-2'], ['sg-9']]],
      [{ fields: { IamInstanceProfile: undefined } }, ['iam_instance_profile', 'web', null]],
      [{ fields: { Monitoring: { State: 'enabled' } } }, ['monitoring', false, true]],
      [
        {
          fields: { MetadataOptions: { HttpTokens: 'optional', HttpEndpoint: 'enabled', HttpPutResponseHopLimit: 2 } },
        },
        ['metadata_options.0.http_tokens', 'required', 'optional'],
        ['metadata_options.0.http_put_response_hop_limit', 1, 2],
      ],
      [{ fields: { Tags: [] } }, ['tags.Name', 'web', null]],
    ],
  },
  {
    type: 'aws_vpc',
    key: 'ec2.vpc',
    state: {
      cidr_block: '10.0.0.0/16',
      instance_tenancy: 'default',
      enable_dns_support: true,
      enable_dns_hostnames: false,
    },
    cloud: {
      fields: { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16', InstanceTenancy: 'default' },
      values: { EnableDnsSupport: true, EnableDnsHostnames: false },
    },
    drifts: [[{ values: { EnableDnsHostnames: true } }, ['enable_dns_hostnames', false, true]]],
  },
  {
    type: 'aws_subnet',
    key: 'ec2.subnet',
    state: { cidr_block: '10.0.1.0/24', availability_zone: 'eu-west-1a', map_public_ip_on_launch: false },
    cloud: {
      fields: {
        SubnetId: 'subnet-1',
        CidrBlock: '10.0.1.0/24',
        AvailabilityZone: 'eu-west-1a',
        MapPublicIpOnLaunch: false,
      },
    },
    drifts: [[{ fields: { MapPublicIpOnLaunch: true } }, ['map_public_ip_on_launch', false, true]]],
  },
  {
    type: 'aws_route_table',
    key: 'ec2.route-table',
    state: {
      route: [
        { cidr_block: '0.0.0.0/0', ipv6_cidr_block: '', gateway_id: 'igw-1', nat_gateway_id: '' },
        { cidr_block: '10.0.0.0/16', gateway_id: 'local' },
        { cidr_block: '', ipv6_cidr_block: '::/0', egress_only_gateway_id: 'eigw-1' },
      ],
    },
    cloud: {
      fields: {
        RouteTableId: 'rtb-1',
        Routes: [
          { DestinationCidrBlock: '10.0.0.0/16', GatewayId: 'local', Origin: 'CreateRouteTable' },
          { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', Origin: 'CreateRoute' },
          { DestinationCidrBlock: '0.0.0.0/0', GatewayId: 'igw-1', Origin: 'CreateRoute' },
          { DestinationCidrBlock: '172.16.0.0/12', GatewayId: 'vgw-1', Origin: 'EnableVgwRoutePropagation' },
          { DestinationPrefixListId: 'pl-1', GatewayId: 'vpce-1', Origin: 'CreateRoute' },
        ],
      },
    },
    drifts: [
      [
        {
          fields: {
            Routes: [
              { DestinationIpv6CidrBlock: '::/0', EgressOnlyInternetGatewayId: 'eigw-1', Origin: 'CreateRoute' },
              { DestinationCidrBlock: '0.0.0.0/0', NatGatewayId: 'nat-1', Origin: 'CreateRoute' },
            ],
          },
        },
        ['route', { destination: '0.0.0.0/0', target: 'igw-1' }, null],
        ['route', null, { destination: '0.0.0.0/0', target: 'nat-1' }],
      ],
    ],
  },
  {
    type: 'aws_internet_gateway',
    key: 'ec2.internet-gateway',
    state: { vpc_id: 'vpc-1' },
    cloud: { fields: { InternetGatewayId: 'igw-1', Attachments: [{ VpcId: 'vpc-1' }] } },
    drifts: [[{ fields: { Attachments: [] } }, ['vpc_id', 'vpc-1', null]]],
  },
  {
    type: 'aws_network_interface',
    key: 'ec2.network-interface',
    state: { security_groups: ['sg-1'], description: 'x', source_dest_check: true },
    cloud: {
      fields: { NetworkInterfaceId: 'eni-1', Groups: [{ GroupId: 'sg-1' }], Description: 'x', SourceDestCheck: true },
    },
    drifts: [
      [
        { fields: { Groups: [{ GroupId: 'sg-1' }, { GroupId: 'sg-2' }] } },
        ['security_groups', ['sg-1'], ['sg-1', 'sg-2']],
      ],
    ],
  },
  {
    type: 'aws_vpc_endpoint',
    key: 'ec2.vpc-endpoint',
    state: {
      policy: '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
      private_dns_enabled: true,
      subnet_ids: ['subnet-1'],
    },
    cloud: {
      fields: {
        VpcEndpointId: 'vpce-1',
        PolicyDocument: '{"Statement":{"Action":["*"],"Resource":["*"],"Effect":"Allow","Principal":{"AWS":"*"}}}',
        PrivateDnsEnabled: true,
        SubnetIds: ['subnet-1'],
      },
    },
    drifts: [[{ fields: { PrivateDnsEnabled: false } }, ['private_dns_enabled', true, false]]],
  },
  {
    type: 'aws_ebs_volume',
    key: 'ec2.volume',
    state: { size: 10, type: 'gp3', iops: 3000, throughput: 125, encrypted: true, kms_key_id: 'arn:k' },
    cloud: {
      fields: {
        VolumeId: 'vol-1',
        Size: 10,
        VolumeType: 'gp3',
        Iops: 3000,
        Throughput: 125,
        Encrypted: true,
        KmsKeyId: 'arn:k',
      },
    },
    drifts: [[{ fields: { Size: 20, VolumeType: 'io2' } }, ['size', 10, 20], ['type', 'gp3', 'io2']]],
  },
  {
    type: 'aws_eip',
    key: 'ec2.address',
    state: { network_interface: '', tags: { a: 'b' } },
    cloud: {
      fields: { AllocationId: 'eipalloc-1', PublicIp: '192.0.2.1', NetworkInterfaceId: 'eni-1' },
      tags: { a: 'b' },
    },
    drifts: [[{ tags: {} }, ['tags.a', 'b', null]]],
  },
  {
    type: 'aws_flow_log',
    key: 'ec2.flow-log',
    state: { traffic_type: 'ALL', max_aggregation_interval: 600 },
    cloud: { fields: { FlowLogId: 'fl-1', TrafficType: 'ALL', MaxAggregationInterval: 600 } },
    drifts: [[{ fields: { TrafficType: 'REJECT' } }, ['traffic_type', 'ALL', 'REJECT']]],
  },
  {
    type: 'aws_autoscaling_group',
    key: 'autoscaling.group',
    state: { min_size: 1, max_size: 3, health_check_type: 'EC2', vpc_zone_identifier: ['subnet-1', 'subnet-2'] },
    cloud: {
      fields: {
        AutoScalingGroupName: 'g',
        MinSize: 1,
        MaxSize: 3,
        HealthCheckType: 'EC2',
        VPCZoneIdentifier: 'subnet-2,subnet-1',
      },
    },
    drifts: [[{ fields: { MaxSize: 30 } }, ['max_size', 3, 30]]],
  },
];

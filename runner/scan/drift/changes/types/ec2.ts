// Compared by attribute: EC2's instances, volumes, images, and its networks.
import { isMembers, type Members } from '../../members.ts';
import { asked, type ComparedType, compared, each, lastPart, mapped, type Read, told } from '../comparison.ts';
import { flag, foldedText, number, setOf, text, textSet, withoutStar } from '../forms.ts';
import { policy } from '../policy-form.ts';

const equals = (read: Read, wanted: string): Read => mapped(read, value => value === wanted);

/** Where a route leads to, under whichever name the target has. */
const targets = [
  'carrier_gateway_id',
  'core_network_arn',
  'egress_only_gateway_id',
  'gateway_id',
  'local_gateway_id',
  'nat_gateway_id',
  'network_interface_id',
  'transit_gateway_id',
  'vpc_endpoint_id',
  'vpc_peering_connection_id',
] as const;

const textOf = (route: Members, names: readonly string[]): string =>
  names.map(name => String(route[name] ?? '')).find(value => value !== '') ?? '';

const routeAtom = (route: Members): Members => ({
  destination: textOf(route, [
    ...['cidr_block', 'ipv6_cidr_block', 'destination_cidr_block', 'destination_ipv6_cidr_block'],
    ...['destination_ipv_6_cidr_block', 'destination_prefix_list_id'],
  ]).toLowerCase(),
  target: textOf(route, [...targets, 'egress_only_internet_gateway_id', 'instance_id']),
});

/** The route within the network itself is AWS's, though a state may have adopted it. */
const routeAtoms = (route: Members): readonly Members[] => (route['gateway_id'] === 'local' ? [] : [routeAtom(route)]);

/** Neither those that AWS makes with a table, nor what a gateway propagates, nor those of gateway endpoints. */
const isOwnRoute = (route: Members): boolean =>
  route['gateway_id'] !== 'local' &&
  route['origin'] !== 'EnableVgwRoutePropagation' &&
  !(String(route['gateway_id'] ?? '').startsWith('vpce-') && route['destination_prefix_list_id'] !== undefined);

const ownRoutes: Read = mapped(told('Routes'), routes =>
  Array.isArray(routes) ? routes.filter(isMembers).filter(isOwnRoute) : undefined,
);

/** What a gateway endpoint or a load balancer's endpoint is to AWS is a gateway too. */
const gateway = (isEndpoint: boolean): Read =>
  mapped(told('GatewayId', null), id => (String(id ?? '').startsWith('vpce-') === isEndpoint ? id : null));

const route: ComparedType = {
  types: ['aws_route'],
  witness: 'Origin',
  comparisons: [
    compared('gateway_id', text, gateway(false)),
    compared('vpc_endpoint_id', text, gateway(true)),
    ...[
      ['carrier_gateway_id', 'CarrierGatewayId'],
      ['core_network_arn', 'CoreNetworkArn'],
      ['egress_only_gateway_id', 'EgressOnlyInternetGatewayId'],
      ['local_gateway_id', 'LocalGatewayId'],
      ['nat_gateway_id', 'NatGatewayId'],
      ['network_interface_id', 'NetworkInterfaceId'],
      ['transit_gateway_id', 'TransitGatewayId'],
      ['vpc_peering_connection_id', 'VpcPeeringConnectionId'],
    ].map(([attribute = '', member = '']) => compared(attribute, text, told(member, null))),
  ],
};

const instance: ComparedType = {
  types: ['aws_instance'],
  witness: 'InstanceType',
  tags: 'listed',
  comparisons: [
    ...each(text, told, { instance_type: 'InstanceType', ami: 'ImageId', subnet_id: 'SubnetId', key_name: 'KeyName' }),
    compared('tenancy', text, told('Placement.Tenancy')),
    compared('iam_instance_profile', text, mapped(told('IamInstanceProfile.Arn', null), lastPart), { empty: null }),
    compared('vpc_security_group_ids', textSet, told('SecurityGroups[].GroupId')),
    compared('source_dest_check', flag, told('SourceDestCheck')),
    compared('ebs_optimized', flag, told('EbsOptimized')),
    compared('monitoring', flag, equals(told('Monitoring.State'), 'enabled')),
    ...each(text, told, {
      'metadata_options.0.http_tokens': 'MetadataOptions.HttpTokens',
      'metadata_options.0.http_endpoint': 'MetadataOptions.HttpEndpoint',
    }),
    compared('metadata_options.0.http_put_response_hop_limit', number, told('MetadataOptions.HttpPutResponseHopLimit')),
  ],
};

const dnsOfVpc = each(flag, asked, {
  enable_dns_support: 'EnableDnsSupport',
  enable_dns_hostnames: 'EnableDnsHostnames',
});

export const ec2Types: readonly ComparedType[] = [
  instance,
  {
    types: ['aws_vpc', 'aws_default_vpc'],
    witness: 'VpcId',
    tags: 'listed',
    comparisons: [
      ...each(text, told, {
        cidr_block: 'CidrBlock',
        instance_tenancy: 'InstanceTenancy',
      }),
      ...dnsOfVpc,
    ],
  },
  {
    types: ['aws_subnet', 'aws_default_subnet'],
    witness: 'SubnetId',
    tags: 'listed',
    comparisons: [
      ...each(text, told, { cidr_block: 'CidrBlock', availability_zone: 'AvailabilityZone' }),
      ...each(flag, told, {
        map_public_ip_on_launch: 'MapPublicIpOnLaunch',
        assign_ipv6_address_on_creation: 'AssignIpv6AddressOnCreation',
      }),
    ],
  },
  {
    types: ['aws_route_table', 'aws_default_route_table'],
    witness: 'RouteTableId',
    tags: 'listed',
    comparisons: [compared('route', setOf(routeAtoms), ownRoutes)],
  },
  route,
  {
    types: ['aws_internet_gateway'],
    witness: 'InternetGatewayId',
    tags: 'listed',
    comparisons: [compared('vpc_id', text, told('Attachments.0.VpcId', null))],
  },
  {
    types: ['aws_nat_gateway'],
    witness: 'NatGatewayId',
    tags: 'listed',
    comparisons: each(text, told, { subnet_id: 'SubnetId', connectivity_type: 'ConnectivityType' }),
  },
  {
    types: ['aws_eip'],
    witness: 'AllocationId',
    tags: 'listed',
    // What it is attached to is another resource's to say, and older than that in a state.
    comparisons: [],
  },
  {
    types: ['aws_network_interface'],
    witness: 'NetworkInterfaceId',
    tags: 'listed',
    comparisons: [
      compared('security_groups', textSet, told('Groups[].GroupId')),
      compared('description', text, told('Description')),
      compared('source_dest_check', flag, told('SourceDestCheck')),
    ],
  },
  {
    types: ['aws_vpc_endpoint'],
    witness: 'VpcEndpointId',
    tags: 'listed',
    comparisons: [
      compared('policy', policy, told('PolicyDocument')),
      compared('private_dns_enabled', flag, told('PrivateDnsEnabled')),
      ...each(textSet, told, {
        route_table_ids: 'RouteTableIds',
        subnet_ids: 'SubnetIds',
        security_group_ids: 'Groups[].GroupId',
      }),
    ],
  },
  {
    types: ['aws_ebs_volume'],
    witness: 'VolumeId',
    tags: 'listed',
    comparisons: [
      ...each(number, told, { size: 'Size', iops: 'Iops', throughput: 'Throughput' }),
      compared('type', text, told('VolumeType')),
      compared('encrypted', flag, told('Encrypted')),
      compared('kms_key_id', text, told('KmsKeyId', null)),
    ],
  },
  {
    types: ['aws_ami', 'aws_ami_copy', 'aws_ami_from_instance'],
    witness: 'ImageId',
    tags: 'listed',
    comparisons: [
      compared('description', text, told('Description')),
      compared('deprecation_time', text, told('DeprecationTime', null)),
    ],
  },
  { types: ['aws_ebs_snapshot', 'aws_ebs_snapshot_copy'], witness: 'SnapshotId', tags: 'listed', comparisons: [] },
  { types: ['aws_key_pair'], witness: 'KeyName', tags: 'listed', comparisons: [] },
  {
    types: ['aws_flow_log'],
    witness: 'FlowLogId',
    tags: 'listed',
    comparisons: [
      ...each(text, told, { traffic_type: 'TrafficType', log_format: 'LogFormat' }),
      compared('log_destination', withoutStar, told('LogDestination')),
      compared('max_aggregation_interval', number, told('MaxAggregationInterval')),
    ],
  },
  { types: ['aws_vpc_peering_connection'], witness: 'VpcPeeringConnectionId', tags: 'listed', comparisons: [] },
  {
    types: ['aws_autoscaling_group'],
    witness: 'AutoScalingGroupName',
    comparisons: [
      ...each(number, told, { min_size: 'MinSize', max_size: 'MaxSize', default_cooldown: 'DefaultCooldown' }),
      compared('health_check_type', foldedText, told('HealthCheckType')),
      compared('health_check_grace_period', number, told('HealthCheckGracePeriod')),
      compared(
        'vpc_zone_identifier',
        textSet,
        mapped(told('VPCZoneIdentifier'), value => (typeof value === 'string' ? value.split(',') : value)),
      ),
    ],
  },
];

// Seeds of EC2's networks.
import {
  AllocateAddressCommand,
  CreateCarrierGatewayCommand,
  CreateCustomerGatewayCommand,
  CreateDhcpOptionsCommand,
  CreateEgressOnlyInternetGatewayCommand,
  CreateFlowLogsCommand,
  CreateInternetGatewayCommand,
  CreateManagedPrefixListCommand,
  CreateNatGatewayCommand,
  CreateNetworkAclCommand,
  CreateNetworkInterfaceCommand,
  CreateRouteTableCommand,
  CreateSubnetCommand,
  CreateTrafficMirrorFilterCommand,
  CreateTrafficMirrorSessionCommand,
  CreateTrafficMirrorTargetCommand,
  CreateTransitGatewayCommand,
  CreateTransitGatewayRouteTableCommand,
  CreateTransitGatewayVpcAttachmentCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  CreateVpcEndpointServiceConfigurationCommand,
  CreateVpcPeeringConnectionCommand,
  CreateVpnConnectionCommand,
  CreateVpnGatewayCommand,
  EC2Client,
} from '@aws-sdk/client-ec2';
import { CreateLoadBalancerCommand, ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { Seed, SeedPlace } from './seed.ts';

const enter = ({ configuration, region, account }: SeedPlace) => ({
  ec2: new EC2Client(configuration),
  arn: (kind: string, id: string | undefined) => `arn:aws:ec2:${region}:${account}:${kind}/${id}`,
});

const makeVpc = async (ec2: EC2Client, CidrBlock = '10.7.0.0/16') => {
  const VpcId = (await ec2.send(new CreateVpcCommand({ CidrBlock }))).Vpc?.VpcId;
  const SubnetId = (await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock }))).Subnet?.SubnetId;
  return { VpcId, SubnetId };
};

const vpcs: Seed = {
  types: ['vpc', 'subnet', 'network-acl', 'route-table', 'internet-gateway', 'vpc-peering-connection', 'address'].map(
    kind => `ec2.${kind}`,
  ),
  create: async place => {
    const { ec2, arn } = enter(place);
    const { VpcId, SubnetId } = await makeVpc(ec2);
    const other = await makeVpc(ec2, '10.8.0.0/16');
    const acl = await ec2.send(new CreateNetworkAclCommand({ VpcId }));
    const table = await ec2.send(new CreateRouteTableCommand({ VpcId }));
    const gateway = await ec2.send(new CreateInternetGatewayCommand({}));
    const peering = await ec2.send(new CreateVpcPeeringConnectionCommand({ VpcId, PeerVpcId: other.VpcId }));
    const address = await ec2.send(new AllocateAddressCommand({ Domain: 'vpc' }));
    return [
      arn('vpc', VpcId),
      arn('subnet', SubnetId),
      arn('network-acl', acl.NetworkAcl?.NetworkAclId),
      arn('route-table', table.RouteTable?.RouteTableId),
      arn('internet-gateway', gateway.InternetGateway?.InternetGatewayId),
      arn('vpc-peering-connection', peering.VpcPeeringConnection?.VpcPeeringConnectionId),
      arn('elastic-ip', address.AllocationId),
    ];
  },
};

const gateways: Seed = {
  types: ['nat-gateway', 'egress-only-internet-gateway', 'carrier-gateway', 'dhcp-options', 'prefix-list'].map(
    kind => `ec2.${kind}`,
  ),
  create: async place => {
    const { ec2, arn } = enter(place);
    const { VpcId, SubnetId } = await makeVpc(ec2);
    const nat = await ec2.send(new CreateNatGatewayCommand({ SubnetId, ConnectivityType: 'private' }));
    const egress = await ec2.send(new CreateEgressOnlyInternetGatewayCommand({ VpcId }));
    const carrier = await ec2.send(new CreateCarrierGatewayCommand({ VpcId }));
    const dhcp = await ec2.send(
      new CreateDhcpOptionsCommand({ DhcpConfigurations: [{ Key: 'domain-name', Values: ['seeded.example'] }] }),
    );
    const list = await ec2.send(
      new CreateManagedPrefixListCommand({ PrefixListName: 'seeded', MaxEntries: 5, AddressFamily: 'IPv4' }),
    );
    return [
      arn('natgateway', nat.NatGateway?.NatGatewayId),
      arn('egress-only-internet-gateway', egress.EgressOnlyInternetGateway?.EgressOnlyInternetGatewayId),
      arn('carrier-gateway', carrier.CarrierGateway?.CarrierGatewayId),
      arn('dhcp-options', dhcp.DhcpOptions?.DhcpOptionsId),
      list.PrefixList?.PrefixListArn,
    ];
  },
};

const endpoints: Seed = {
  types: ['ec2.vpc-endpoint', 'ec2.vpc-endpoint-service', 'ec2.flow-log'],
  create: async place => {
    const { ec2, arn } = enter(place);
    const { VpcId, SubnetId } = await makeVpc(ec2);
    const ServiceName = `com.amazonaws.${place.region}.s3`;
    const endpoint = await ec2.send(new CreateVpcEndpointCommand({ VpcId, ServiceName }));
    const balancer = await new ElasticLoadBalancingV2Client(place.configuration).send(
      new CreateLoadBalancerCommand({ Name: 'seeded', Type: 'network', Subnets: [SubnetId ?? ''] }),
    );
    const NetworkLoadBalancerArns = (balancer.LoadBalancers ?? []).flatMap(each => each.LoadBalancerArn ?? []);
    const service = await ec2.send(new CreateVpcEndpointServiceConfigurationCommand({ NetworkLoadBalancerArns }));
    const Bucket = `flow-${place.account}`;
    const s3 = new S3Client({ ...place.configuration, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
    const logs = await ec2.send(
      new CreateFlowLogsCommand({
        ResourceIds: [VpcId ?? ''],
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: `arn:aws:s3:::${Bucket}`,
      }),
    );
    return [
      arn('vpc-endpoint', endpoint.VpcEndpoint?.VpcEndpointId),
      arn('vpc-endpoint-service', service.ServiceConfiguration?.ServiceId),
      arn('vpc-flow-log', logs.FlowLogIds?.[0]),
    ];
  },
};

const mirrors: Seed = {
  types: ['ec2.traffic-mirror-filter', 'ec2.traffic-mirror-target', 'ec2.traffic-mirror-session'],
  create: async place => {
    const { ec2, arn } = enter(place);
    const { SubnetId } = await makeVpc(ec2);
    const made = await ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
    const NetworkInterfaceId = made.NetworkInterface?.NetworkInterfaceId;
    const filter = (await ec2.send(new CreateTrafficMirrorFilterCommand({}))).TrafficMirrorFilter;
    const target = (await ec2.send(new CreateTrafficMirrorTargetCommand({ NetworkInterfaceId }))).TrafficMirrorTarget;
    const session = await ec2.send(
      new CreateTrafficMirrorSessionCommand({
        NetworkInterfaceId,
        SessionNumber: 1,
        TrafficMirrorFilterId: filter?.TrafficMirrorFilterId,
        TrafficMirrorTargetId: target?.TrafficMirrorTargetId,
      }),
    );
    return [
      arn('traffic-mirror-filter', filter?.TrafficMirrorFilterId),
      arn('traffic-mirror-target', target?.TrafficMirrorTargetId),
      arn('traffic-mirror-session', session.TrafficMirrorSession?.TrafficMirrorSessionId),
    ];
  },
};

const connections: Seed = {
  types: [
    ...['vpn-gateway', 'customer-gateway', 'vpn-connection'],
    ...['transit-gateway', 'transit-gateway-attachment', 'transit-gateway-route-table'],
  ].map(kind => `ec2.${kind}`),
  create: async place => {
    const { ec2, arn } = enter(place);
    const { VpcId, SubnetId } = await makeVpc(ec2);
    const transit = (await ec2.send(new CreateTransitGatewayCommand({}))).TransitGateway;
    const TransitGatewayId = transit?.TransitGatewayId;
    const attachment = await ec2.send(
      new CreateTransitGatewayVpcAttachmentCommand({ TransitGatewayId, VpcId, SubnetIds: [SubnetId ?? ''] }),
    );
    const table = await ec2.send(new CreateTransitGatewayRouteTableCommand({ TransitGatewayId }));
    const vpnGateway = (await ec2.send(new CreateVpnGatewayCommand({ Type: 'ipsec.1' }))).VpnGateway;
    const customer = await ec2.send(
      new CreateCustomerGatewayCommand({ Type: 'ipsec.1', PublicIp: '192.0.2.1', BgpAsn: 65_000 }),
    );
    const CustomerGatewayId = customer.CustomerGateway?.CustomerGatewayId;
    const vpn = await ec2.send(
      new CreateVpnConnectionCommand({ Type: 'ipsec.1', CustomerGatewayId, VpnGatewayId: vpnGateway?.VpnGatewayId }),
    );
    return [
      transit?.TransitGatewayArn,
      arn('transit-gateway-attachment', attachment.TransitGatewayVpcAttachment?.TransitGatewayAttachmentId),
      arn('transit-gateway-route-table', table.TransitGatewayRouteTable?.TransitGatewayRouteTableId),
      arn('vpn-gateway', vpnGateway?.VpnGatewayId),
      arn('customer-gateway', CustomerGatewayId),
      arn('vpn-connection', vpn.VpnConnection?.VpnConnectionId),
    ];
  },
};

export const networkSeeds: readonly Seed[] = [vpcs, gateways, endpoints, mirrors, connections];

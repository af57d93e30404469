// EC2's networks beyond the VPC itself: what belongs to it, and what mirrors, analyses and guards its traffic.
import {
  paginateDescribeCarrierGateways,
  paginateDescribeDhcpOptions,
  paginateDescribeEgressOnlyInternetGateways,
  paginateDescribeFlowLogs,
  paginateDescribeInstanceConnectEndpoints,
  paginateDescribeManagedPrefixLists,
  paginateDescribeNetworkInsightsAccessScopes,
  paginateDescribeNetworkInsightsPaths,
  paginateDescribeSecurityGroupRules,
  paginateDescribeTrafficMirrorFilters,
  paginateDescribeTrafficMirrorSessions,
  paginateDescribeTrafficMirrorTargets,
  paginateDescribeVerifiedAccessEndpoints,
  paginateDescribeVerifiedAccessGroups,
  paginateDescribeVerifiedAccessInstances,
  paginateDescribeVerifiedAccessTrustProviders,
  paginateDescribeVpcEndpointServiceConfigurations,
  paginateDescribeVpcPeeringConnections,
} from '@aws-sdk/client-ec2';
import { without } from '../withhold.ts';
import { row } from './ec2-row.ts';

export const networkRows = [
  row('ec2.dhcp-options', paginateDescribeDhcpOptions, page => page.DhcpOptions),
  row('ec2.flow-log', paginateDescribeFlowLogs, page => page.FlowLogs),
  row('ec2.vpc-peering-connection', paginateDescribeVpcPeeringConnections, page => page.VpcPeeringConnections),
  row(
    'ec2.prefix-list',
    paginateDescribeManagedPrefixLists,
    // AWS's own, one for each of its services, are there in every region of every account.
    page => page.PrefixLists?.filter(({ OwnerId }) => OwnerId !== 'AWS'),
    100,
  ),
  row(
    'ec2.egress-only-internet-gateway',
    paginateDescribeEgressOnlyInternetGateways,
    page => page.EgressOnlyInternetGateways,
  ),
  row('ec2.carrier-gateway', paginateDescribeCarrierGateways, page => page.CarrierGateways),
  row('ec2.security-group-rule', paginateDescribeSecurityGroupRules, page => page.SecurityGroupRules),
  row('ec2.vpc-endpoint-service', paginateDescribeVpcEndpointServiceConfigurations, page => page.ServiceConfigurations),
  row(
    'ec2.instance-connect-endpoint',
    paginateDescribeInstanceConnectEndpoints,
    page => page.InstanceConnectEndpoints,
    50,
  ),
  row('ec2.network-insights-path', paginateDescribeNetworkInsightsPaths, page => page.NetworkInsightsPaths, 100),
  row(
    'ec2.network-insights-access-scope',
    paginateDescribeNetworkInsightsAccessScopes,
    page => page.NetworkInsightsAccessScopes,
    100,
  ),
  row('ec2.traffic-mirror-filter', paginateDescribeTrafficMirrorFilters, page => page.TrafficMirrorFilters),
  row('ec2.traffic-mirror-target', paginateDescribeTrafficMirrorTargets, page => page.TrafficMirrorTargets),
  row('ec2.traffic-mirror-session', paginateDescribeTrafficMirrorSessions, page => page.TrafficMirrorSessions),
  row('ec2.verified-access-instance', paginateDescribeVerifiedAccessInstances, page => page.VerifiedAccessInstances),
  row('ec2.verified-access-trust-provider', paginateDescribeVerifiedAccessTrustProviders, page =>
    without('ClientSecret')(page.VerifiedAccessTrustProviders),
  ),
  row('ec2.verified-access-group', paginateDescribeVerifiedAccessGroups, page => page.VerifiedAccessGroups),
  row('ec2.verified-access-endpoint', paginateDescribeVerifiedAccessEndpoints, page => page.VerifiedAccessEndpoints),
];

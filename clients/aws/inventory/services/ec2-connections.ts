// What connects EC2's networks with each other and with the world: VPN, transit gateways, and the plan of addresses.
import {
  DescribeCustomerGatewaysCommand,
  DescribeVpnConnectionsCommand,
  DescribeVpnGatewaysCommand,
  type EC2Client,
  paginateDescribeClientVpnEndpoints,
  paginateDescribeIpamPools,
  paginateDescribeIpamScopes,
  paginateDescribeIpams,
  paginateDescribeTransitGatewayAttachments,
  paginateDescribeTransitGatewayConnectPeers,
  paginateDescribeTransitGatewayMulticastDomains,
  paginateDescribeTransitGatewayRouteTables,
  paginateDescribeTransitGateways,
} from '@aws-sdk/client-ec2';
import type { Listing } from '../listing.ts';
import { single } from '../rows.ts';
import { without } from '../withhold.ts';
import { row } from './ec2-row.ts';

/** Pools are shown in the region of their addresses too: each belongs to the region of its IPAM. */
const inItsRegion = <const Key extends string>(listing: Listing<EC2Client, Key>): Listing<EC2Client, Key> => ({
  types: listing.types,
  pages: async function* pages(client, options) {
    const region = await client.config.region();
    for await (const page of listing.pages(client, options)) {
      const items = page.items.filter(({ fields }) => {
        const { IpamRegion = region } = fields as { IpamRegion?: string };
        return IpamRegion === region;
      });
      yield { ...page, items };
    }
  },
});

export const connectionRows = [
  single('ec2.vpn-connection', async (client: EC2Client, options) => {
    const { VpnConnections } = await client.send(new DescribeVpnConnectionsCommand({}), options);
    // The configuration for the customer's device holds the keys of the tunnels.
    return without('CustomerGatewayConfiguration', 'PreSharedKey')(VpnConnections);
  }),
  single(
    'ec2.vpn-gateway',
    async (client: EC2Client, options) => (await client.send(new DescribeVpnGatewaysCommand({}), options)).VpnGateways,
  ),
  single(
    'ec2.customer-gateway',
    async (client: EC2Client, options) =>
      (await client.send(new DescribeCustomerGatewaysCommand({}), options)).CustomerGateways,
  ),
  row('ec2.client-vpn-endpoint', paginateDescribeClientVpnEndpoints, page => page.ClientVpnEndpoints),
  row('ec2.transit-gateway', paginateDescribeTransitGateways, page => page.TransitGateways),
  row(
    'ec2.transit-gateway-attachment',
    paginateDescribeTransitGatewayAttachments,
    page => page.TransitGatewayAttachments,
  ),
  row(
    'ec2.transit-gateway-route-table',
    paginateDescribeTransitGatewayRouteTables,
    page => page.TransitGatewayRouteTables,
  ),
  row(
    'ec2.transit-gateway-connect-peer',
    paginateDescribeTransitGatewayConnectPeers,
    page => page.TransitGatewayConnectPeers,
  ),
  row(
    'ec2.transit-gateway-multicast-domain',
    paginateDescribeTransitGatewayMulticastDomains,
    page => page.TransitGatewayMulticastDomains,
  ),
  inItsRegion(row('ec2.ipam', paginateDescribeIpams, page => page.Ipams)),
  inItsRegion(row('ec2.ipam-pool', paginateDescribeIpamPools, page => page.IpamPools)),
  inItsRegion(row('ec2.ipam-scope', paginateDescribeIpamScopes, page => page.IpamScopes)),
];

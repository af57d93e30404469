// EC2 and its networks: everything comes whole, with tags, from one Describe call per type.
import {
  DescribeAddressesCommand,
  DescribeKeyPairsCommand,
  EC2Client,
  paginateDescribeImages,
  paginateDescribeInstances,
  paginateDescribeInternetGateways,
  paginateDescribeNatGateways,
  paginateDescribeNetworkAcls,
  paginateDescribeNetworkInterfaces,
  paginateDescribeRouteTables,
  paginateDescribeSecurityGroups,
  paginateDescribeSnapshots,
  paginateDescribeSubnets,
  paginateDescribeVolumes,
  paginateDescribeVpcEndpoints,
  paginateDescribeVpcs,
} from '@aws-sdk/client-ec2';
import { ec2 as catalogue } from '../../../../contract/catalogue/native/ec2.ts';
import { defineService } from '../listing.ts';
import { paged, single } from '../rows.ts';
import { capacityRows } from './ec2-capacity.ts';
import { connectionRows } from './ec2-connections.ts';
import { networkRows } from './ec2-networks.ts';
import { pageSize, row } from './ec2-row.ts';

/** More route tables at once are refused. */
const routeTables = 100;

export const ec2 = defineService(catalogue, configuration => new EC2Client(configuration), [
  row('ec2.instance', paginateDescribeInstances, page =>
    page.Reservations?.flatMap(reservation =>
      (reservation.Instances ?? []).map(instance => ({ ...instance, ReservationId: reservation.ReservationId })),
    ),
  ),
  row('ec2.vpc', paginateDescribeVpcs, page => page.Vpcs),
  row('ec2.subnet', paginateDescribeSubnets, page => page.Subnets),
  row('ec2.security-group', paginateDescribeSecurityGroups, page => page.SecurityGroups),
  row('ec2.network-acl', paginateDescribeNetworkAcls, page => page.NetworkAcls),
  row('ec2.route-table', paginateDescribeRouteTables, page => page.RouteTables, routeTables),
  row('ec2.internet-gateway', paginateDescribeInternetGateways, page => page.InternetGateways),
  row('ec2.nat-gateway', paginateDescribeNatGateways, page => page.NatGateways),
  row('ec2.network-interface', paginateDescribeNetworkInterfaces, page => page.NetworkInterfaces),
  row('ec2.volume', paginateDescribeVolumes, page => page.Volumes),
  row('ec2.vpc-endpoint', paginateDescribeVpcEndpoints, page => page.VpcEndpoints),
  // Without an owner both calls list what all of AWS shares.
  paged(
    'ec2.snapshot',
    { paginate: paginateDescribeSnapshots, input: { OwnerIds: ['self'] }, pageSize },
    page => page.Snapshots,
  ),
  paged('ec2.image', { paginate: paginateDescribeImages, input: { Owners: ['self'] }, pageSize }, page => page.Images),
  single(
    'ec2.address',
    async (client: EC2Client, options) => (await client.send(new DescribeAddressesCommand({}), options)).Addresses,
  ),
  single(
    'ec2.key-pair',
    async (client: EC2Client, options) => (await client.send(new DescribeKeyPairsCommand({}), options)).KeyPairs,
  ),
  ...networkRows,
  ...connectionRows,
  ...capacityRows,
]);

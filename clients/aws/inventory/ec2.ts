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
import type { ResourceTypeKey } from '../../../contract/catalogue/services.ts';
import { defineService, type Items, type Paginate, paged, single } from './listing.ts';

/** EC2 allows a thousand of most; a page is held in memory, as text and as objects, for each of many cells at once. */
const pageSize = 200;
/** More route tables at once are refused. */
const routeTables = 100;

const row = <Input extends object, Page>(
  type: ResourceTypeKey,
  paginate: Paginate<EC2Client, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input, pageSize }, items);

export const ec2 = defineService('ec2', configuration => new EC2Client(configuration), [
  row('ec2.instance', paginateDescribeInstances, page =>
    page.Reservations?.flatMap(reservation =>
      (reservation.Instances ?? []).map(instance => ({ ...instance, ReservationId: reservation.ReservationId })),
    ),
  ),
  row('ec2.vpc', paginateDescribeVpcs, page => page.Vpcs),
  row('ec2.subnet', paginateDescribeSubnets, page => page.Subnets),
  row('ec2.security-group', paginateDescribeSecurityGroups, page => page.SecurityGroups),
  row('ec2.network-acl', paginateDescribeNetworkAcls, page => page.NetworkAcls),
  paged(
    'ec2.route-table',
    { paginate: paginateDescribeRouteTables, input: {}, pageSize: routeTables },
    page => page.RouteTables,
  ),
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
]);

// How EC2's instances are asked for and paid: templates, fleets, spot requests, reservations, hosts.
import {
  DescribePlacementGroupsCommand,
  DescribeReservedInstancesCommand,
  type EC2Client,
  paginateDescribeCapacityReservations,
  paginateDescribeFleets,
  paginateDescribeHosts,
  paginateDescribeLaunchTemplates,
  paginateDescribeSpotFleetRequests,
  paginateDescribeSpotInstanceRequests,
} from '@aws-sdk/client-ec2';
import { single } from '../rows.ts';
import { without } from '../withhold.ts';
import { row } from './ec2-row.ts';

/** Scripts for the first start, in which people write passwords. */
const withoutScripts = without('UserData');

export const capacityRows = [
  row('ec2.launch-template', paginateDescribeLaunchTemplates, page => page.LaunchTemplates),
  row('ec2.capacity-reservation', paginateDescribeCapacityReservations, page => page.CapacityReservations),
  row('ec2.dedicated-host', paginateDescribeHosts, page => page.Hosts),
  row('ec2.fleet', paginateDescribeFleets, page => page.Fleets),
  row('ec2.spot-fleet-request', paginateDescribeSpotFleetRequests, page =>
    withoutScripts(page.SpotFleetRequestConfigs),
  ),
  row('ec2.spot-instance-request', paginateDescribeSpotInstanceRequests, page =>
    withoutScripts(page.SpotInstanceRequests),
  ),
  single(
    'ec2.placement-group',
    async (client: EC2Client, options) =>
      (await client.send(new DescribePlacementGroupsCommand({}), options)).PlacementGroups,
  ),
  single(
    'ec2.reserved-instances',
    async (client: EC2Client, options) =>
      (await client.send(new DescribeReservedInstancesCommand({}), options)).ReservedInstances,
  ),
];

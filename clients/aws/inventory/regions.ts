// Which regions an account has switched on.
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { type AwsConnection, clientConfiguration } from '../connection.ts';
import { scanTuning } from './walk.ts';

const usable = ['opt-in-not-required', 'opted-in'];

/** Names of the regions that answer for this account, sorted. Throws what the SDK throws (describeAwsError). */
export const listEnabledRegions = async (connection: AwsConnection, abortSignal: AbortSignal): Promise<string[]> => {
  const client = new EC2Client(clientConfiguration(connection, scanTuning));
  try {
    const filter = { Name: 'opt-in-status', Values: usable };
    const { Regions: regions } = await client.send(new DescribeRegionsCommand({ Filters: [filter] }), { abortSignal });
    return (regions ?? [])
      .filter(region => usable.includes(region.OptInStatus ?? ''))
      .flatMap(region => region.RegionName ?? [])
      .sort();
  } finally {
    client.destroy();
  }
};

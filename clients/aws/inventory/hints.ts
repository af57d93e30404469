// What other services of AWS know to be there: AWS Config's counts, and Resource Explorer's index. Never a listing of its own.
import {
  ConfigServiceClient,
  GetDiscoveredResourceCountsCommand,
  type GetDiscoveredResourceCountsCommandOutput,
} from '@aws-sdk/client-config-service';
import { paginateListResources, ResourceExplorer2Client } from '@aws-sdk/client-resource-explorer-2';
import { clientConfiguration } from '../connection.ts';
import { askPages, type CallOptions } from './page-walks.ts';
import { walkPages } from './rows.ts';
import type { WalkPlace } from './walk.ts';

/** A hint is worth one try and a short wait. */
const tuning = { maxAttempts: 2, maxSockets: 2, idleTimeout: 10_000 } as const;

const recordedCounts = {
  ask: (client: ConfigServiceClient, nextToken: string | undefined, options: CallOptions) =>
    client.send(new GetDiscoveredResourceCountsCommand({ limit: 100, nextToken }), options),
  next: (page: GetDiscoveredResourceCountsCommandOutput) => page.nextToken,
};

/**
 * Resources by CloudFormation type that AWS Config has recorded in the connection's region; empty where nothing records.
 * Throws what the SDK throws (describeAwsError).
 */
export const countRecorded = async (
  { connection, rates }: WalkPlace,
  abortSignal: AbortSignal,
): Promise<Map<string, number>> => {
  const client = new ConfigServiceClient(clientConfiguration(connection, tuning));
  rates.govern(client, { service: 'config', region: connection.region });
  const counts = new Map<string, number>();
  try {
    for await (const page of askPages(client, recordedCounts, abortSignal)) {
      for (const { resourceType, count } of page.resourceCounts ?? []) counts.set(String(resourceType), Number(count));
    }
    return counts;
  } finally {
    client.destroy();
  }
};

/** A thousand at once would be the first page and the only one: with that size the API gives no token. */
const pageSize = 500;

/** Pages of ARNs that the index of the connection's region knows. Throws what the SDK throws (describeAwsError). */
export const walkIndexed = async function* (
  { connection, rates }: WalkPlace,
  abortSignal: AbortSignal,
): AsyncGenerator<string[]> {
  const client = new ResourceExplorer2Client(clientConfiguration(connection, tuning));
  rates.govern(client, { service: 'resource-explorer-2', region: connection.region });
  try {
    for await (const page of walkPages(client, { paginate: paginateListResources, input: {}, pageSize }, abortSignal)) {
      yield (page.Resources ?? []).flatMap(({ Arn }) => Arn ?? []);
    }
  } finally {
    client.destroy();
  }
};

// A walk of one service's types, all or some, for tests of its rows.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { serviceListing } from '../../clients/aws/inventory/services.ts';
import { type WalkStep, walkService } from '../../clients/aws/inventory/walk.ts';
import { createRequestRates } from '../../clients/aws/request-rates.ts';
import { catalogueService } from '../../contract/catalogue/services.ts';

const never = new AbortController().signal;

export interface WholeWalk {
  readonly abortSignal?: AbortSignal;
  readonly limit?: number;
  /** Keys of the types that are wanted; all of the service when left out. */
  readonly types?: readonly string[];
}

/** Pages and failures of the service's types, in the connection's region. */
export const walkWhole = async (
  key: string,
  connection: AwsConnection,
  { abortSignal = never, limit = Number.POSITIVE_INFINITY, types }: WholeWalk = {},
): Promise<WalkStep[]> => {
  const rates = createRequestRates({ inFlight: 64, perService: 8 }, abortSignal);
  const wanted = new Set(types ?? catalogueService(key).types.map(type => type.key));
  const options = { abortSignal, limit, types: wanted };
  return Array.fromAsync(walkService(await serviceListing(key), { connection, rates }, options));
};

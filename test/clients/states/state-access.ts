// What tests of states share: an access to loopback servers, and all states read into one list.
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { type RawState, readStates, type StateAccess } from '../../../clients/states/read-states.ts';
import { parseStateLocation } from '../../../contract/drift/state-location.ts';

/** Signs with what belongs to nobody; two tries, so that a server that fails is not asked for long. */
export const loopback: AwsConnection = {
  region: 'us-east-1',
  pathStyleBuckets: true,
  maxAttempts: 2,
  proxy: {},
  credentials: { accessKeyId: 'AKIATESTRUNNER000001', secretAccessKey: 'runner-own-secret-access-key-value-01' },
};

export const accessOf = (facts: Partial<StateAccess> = {}): StateAccess => ({
  aws: loopback,
  headers: {},
  environment: {},
  signal: new AbortController().signal,
  ...facts,
});

export const readAll = async (locations: readonly string[], access: StateAccess): Promise<RawState[]> =>
  await Array.fromAsync(readStates(locations.map(parseStateLocation), access));

export const readOne = async (location: string, access: StateAccess): Promise<RawState> => {
  const [only, ...rest] = await readAll([location], access);
  if (only === undefined || rest.length > 0) throw new Error(`${rest.length + 1} states were read`);
  return only;
};

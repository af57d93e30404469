// Whose identity asks: its credentials are asked for once, not by every client.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { getCallerIdentity, resolveCredentials } from '../../clients/aws/sts.ts';
import { unusableIdentity } from '../unusable-identity.ts';

/** Throws no-credentials, or sts-unavailable where another attempt may do. */
export const resolveCaller = async (connection: AwsConnection, signal: AbortSignal) => {
  try {
    const credentials = await resolveCredentials(connection, signal);
    const own = { ...connection, credentials };
    return { connection: own, identity: await getCallerIdentity(own, signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    throw unusableIdentity(thrown);
  }
};

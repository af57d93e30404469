// Whose identity asks: its credentials are asked for once, not by every client.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { getCallerIdentity, resolveCredentials } from '../../clients/aws/sts.ts';
import { InventoryError } from '../../contract/errors.ts';

/** Throws no-credentials. */
export const resolveCaller = async (connection: AwsConnection, signal: AbortSignal) => {
  try {
    const credentials = await resolveCredentials(connection, signal);
    const own = { ...connection, credentials };
    return { connection: own, identity: await getCallerIdentity(own, signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = describeAwsError(thrown);
    throw new InventoryError('no-credentials', `The caller's own AWS identity is not usable: ${code}: ${message}`, {
      cause: thrown,
    });
  }
};

// A role's credentials for longer than one session of it: assumed once, shared by all clients, and again before it ends.
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@aws-sdk/types';
import type { AwsConnection } from './connection.ts';
import { assumeRole, type RoleRequest } from './sts.ts';

/** Milliseconds before a session's end at which the next one is asked for: the SDK asks its provider then too. */
const renewal = 5 * 60_000;

/** Nobody is asked before the first use. A refusal is told to whoever waits for it, and the next one asks again. */
export const roleCredentials = (
  connection: AwsConnection,
  role: RoleRequest,
  signal: AbortSignal,
): AwsCredentialIdentityProvider => {
  let session: Promise<AwsCredentialIdentity & { readonly expiration: Date }> | undefined;
  let endsAt = Number.POSITIVE_INFINITY;
  const assume = async () => {
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = await assumeRole(connection, role, signal);
    const expiration = new Date(expiresAt);
    endsAt = expiration.getTime();
    return { accessKeyId, secretAccessKey, sessionToken, expiration };
  };
  const renew = () => {
    endsAt = Number.POSITIVE_INFINITY;
    const asked = assume();
    asked.catch(() => {
      if (session === asked) session = undefined;
    });
    session = asked;
    return asked;
  };
  return async () => (session === undefined || endsAt - Date.now() < renewal ? await renew() : await session);
};

// The security token service: who a set of credentials belongs to, and a role's credentials for an hour.
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@aws-sdk/types';
import { untilStopped } from '../until-stopped.ts';
import { type AwsConnection, clientConfiguration } from './connection.ts';

/** STS answers in well under a second: one that is silent for ten is asked again, five times in all. */
const patience = { maxAttempts: 5, idleTimeout: 10_000 };

const stoppedBy = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { abortSignal: signal });

const ask = async <Answer>(connection: AwsConnection, run: (client: STSClient) => Promise<Answer>): Promise<Answer> => {
  const client = new STSClient(clientConfiguration(connection, patience));
  try {
    return await run(client);
  } finally {
    // Kept-alive sockets would hold a finished process open.
    client.destroy();
  }
};

export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
  /** `aws`, `aws-cn`, `aws-us-gov`, … */
  readonly partition: string;
}

/** Whose credentials the connection signs with. Needs no permission. Throws what the SDK throws (describeAwsError). */
export const getCallerIdentity = (connection: AwsConnection, signal?: AbortSignal): Promise<CallerIdentity> =>
  ask(connection, async client => {
    const answer = await client.send(new GetCallerIdentityCommand({}), stoppedBy(signal));
    const arn = answer.Arn ?? '';
    return { accountId: answer.Account ?? '', arn, partition: arn.split(':')[1] || 'aws' };
  });

/**
 * Resolves the connection's own credentials once, so that a refusal of the caller's identity (a web identity that the
 * runner role does not trust, an expired login) is not mistaken for a refusal of a role that it asks for. Rejects with
 * the signal's reason: a `credential_process` that hangs would be waited for until the pod is killed.
 */
export const resolveCredentials = (connection: AwsConnection, signal: AbortSignal): Promise<AwsCredentialIdentity> =>
  ask(connection, client => untilStopped(client.config.credentials(), signal));

export interface RoleRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly externalId?: string | undefined;
  readonly sourceIdentity?: string | undefined;
  /** A session policy as JSON: what the role may do beside it, this session may not. */
  readonly policy?: string | undefined;
}

export interface RoleSession {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
}

/**
 * A session of the role, for the hour that STS gives by default: a chained role gets no longer one, and asking for it
 * would refuse the call. Tags and a source identity need rights in the role's trust, so none is sent unasked.
 */
export const assumeRole = (
  connection: AwsConnection,
  request: RoleRequest,
  signal?: AbortSignal,
): Promise<RoleSession> =>
  ask(connection, async client => {
    const command = new AssumeRoleCommand({
      RoleArn: request.roleArn,
      RoleSessionName: request.sessionName,
      ...(request.externalId === undefined ? {} : { ExternalId: request.externalId }),
      ...(request.sourceIdentity === undefined ? {} : { SourceIdentity: request.sourceIdentity }),
      ...(request.policy === undefined ? {} : { Policy: request.policy }),
    });
    const { Credentials: session } = await client.send(command, stoppedBy(signal));
    return {
      accessKeyId: session?.AccessKeyId ?? '',
      secretAccessKey: session?.SecretAccessKey ?? '',
      sessionToken: session?.SessionToken ?? '',
      expiresAt: session?.Expiration?.toISOString() ?? '',
    };
  });

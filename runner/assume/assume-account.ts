// Role → checked credentials → file: nothing is written before STS has said that they belong to the account.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { explainAssumption, explainOwnCredentials, explainVerification } from '../../clients/aws/role-refusals.ts';
import {
  assumeRole,
  getCallerIdentity,
  type RoleRequest,
  type RoleSession,
  resolveCredentials,
} from '../../clients/aws/sts.ts';
import { InventoryError } from '../../contract/errors.ts';
import { assumeState, type StateRequest } from './assume-state.ts';
import { removeCredentialsFile, type StateSession, writeCredentialsFile } from './credentials-file.ts';

export interface AccountAccess {
  /** With the runner's own identity. */
  readonly connection: AwsConnection;
  /** The account that the credentials must belong to. */
  readonly accountId: string;
  readonly role: RoleRequest;
  /** The role that reads the account's states, where that is another one. */
  readonly state?: StateRequest | undefined;
  /** Path of the file that the scan reads. */
  readonly credentialsFile: string;
}

export interface AssumedSession {
  /** `arn:aws:sts::<account>:assumed-role/…`, as STS answered. */
  readonly arn: string;
  /** RFC 3339, UTC. */
  readonly expiresAt: string;
  /** undefined where the account's own session reads its states, or none are read. */
  readonly state: StateSession | undefined;
}

/** The run of one step, with what STS said told in the words of that step. */
const step = async <Result>(
  run: Promise<Result>,
  explain: (facts: ReturnType<typeof describeAwsError>) => InventoryError,
  signal: AbortSignal,
): Promise<Result> => {
  try {
    return await run;
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    const { code, message, remedy } = explain(describeAwsError(thrown));
    throw new InventoryError(code, message, { remedy, cause: thrown });
  }
};

/** What STS gave, checked, and not written anywhere yet. */
export interface CheckedSession {
  readonly session: RoleSession;
  readonly arn: string;
  readonly state: StateSession | undefined;
}

/** Throws role-refused, wrong-account, sts-unavailable, settings-invalid or no-credentials. */
export const obtainSession = async (
  access: Omit<AccountAccess, 'credentialsFile'>,
  signal: AbortSignal,
): Promise<CheckedSession> => {
  const { connection, accountId, role } = access;
  const credentials = await step(resolveCredentials(connection, signal), explainOwnCredentials, signal);
  const own = { ...connection, credentials };
  const session = await step(assumeRole(own, role, signal), facts => explainAssumption(facts, role), signal);
  const identity = await step(
    getCallerIdentity({ ...connection, credentials: session }, signal),
    facts => explainVerification(facts, role),
    signal,
  );
  if (identity.accountId !== accountId) {
    throw new InventoryError(
      'wrong-account',
      `${role.roleArn} gave credentials of account ${JSON.stringify(identity.accountId)} (${identity.arn}), not of ${accountId}`,
    );
  }
  const state = access.state === undefined ? undefined : await assumeState(own, access.state, signal);
  return { session, arn: identity.arn, state };
};

/** Throws as obtainSession does; then there is no credentials file. */
export const assumeAccount = async (access: AccountAccess, signal: AbortSignal): Promise<AssumedSession> => {
  const { credentialsFile } = access;
  // A file of an earlier attempt must not outlive a refusal of this one.
  await removeCredentialsFile(credentialsFile);
  const { session, arn, state } = await obtainSession(access, signal);
  await writeCredentialsFile(credentialsFile, session, state);
  return { arn, expiresAt: session.expiresAt, state };
};

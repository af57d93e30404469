// Caller → an account's own connection: by its role, or as whoever the caller is; and what AWS refuses, in the project's words.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { type AwsErrorFacts, connectionRemedy, describeAwsError } from '../../clients/aws/errors.ts';
import { roleCredentials } from '../../clients/aws/role-credentials.ts';
import { getCallerIdentity } from '../../clients/aws/sts.ts';
import type { ErrorCode } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { ScannedAccount } from './read-account.ts';

const codeOf = ({ kind }: AwsErrorFacts, refused: ErrorCode): ErrorCode => {
  if (kind === 'throttled' || kind === 'unavailable' || kind === 'not-in-region') return 'services-failed';
  if (kind === 'no-credentials') return 'no-credentials';
  return kind === 'credentials-expired' ? 'credentials-expired' : refused;
};

export interface Refusal {
  readonly what: string;
  /** Where nothing else is known of it. */
  readonly code: ErrorCode;
  /** The right that is missing when it was denied. */
  readonly action?: string;
}

export const explainRefusal = (thrown: unknown, { what, code: refused, action }: Refusal): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const facts = describeAwsError(thrown);
  const said = facts.message === '' ? facts.code : `${facts.code}: ${facts.message}`;
  const missing = facts.kind === 'denied' && action !== undefined ? `Allow ${action} to the role.` : undefined;
  return new InventoryError(codeOf(facts, refused), `${what}: ${said}`, {
    remedy: connectionRemedy(facts) ?? missing,
    cause: thrown,
  });
};

/** Credentials of another account would show its resources under a wrong name. */
const requireOwnAccount = async (
  connection: AwsConnection,
  { id }: ScannedAccount,
  signal: AbortSignal,
): Promise<void> => {
  const identity = await getCallerIdentity(connection, signal);
  if (identity.accountId === id) return;
  throw new InventoryError(
    'wrong-account',
    `no role is named for ${id}, and the credentials are those of ${identity.accountId}`,
    { remedy: 'Name a role in assume_role_name_template or aws_account_overrides.' },
  );
};

/** `connection` has the caller's own credentials. Throws role-refused, wrong-account, no-credentials or services-failed. */
export const enterAccount = async (
  connection: AwsConnection,
  account: ScannedAccount,
  signal: AbortSignal,
): Promise<AwsConnection> => {
  const { id, role } = account;
  try {
    if (role === undefined) {
      await requireOwnAccount(connection, account, signal);
      return connection;
    }
    const credentials = roleCredentials(connection, { ...role, sessionName: `audit-${id}` }, signal);
    await credentials();
    return { ...connection, credentials };
  } catch (thrown) {
    signal.throwIfAborted();
    if (role === undefined) throw explainRefusal(thrown, { what: 'the caller is not known', code: 'no-credentials' });
    throw explainRefusal(thrown, { what: `${role.roleArn} cannot be assumed`, code: 'role-refused' });
  }
};

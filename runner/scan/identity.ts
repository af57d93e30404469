// Before anything is scanned: the credentials must belong to the account of this Job, or its report would be another's.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { type AwsErrorFacts, describeAwsError } from '../../clients/aws/errors.ts';
import { type CallerIdentity, getCallerIdentity } from '../../clients/aws/sts.ts';
import { InventoryError } from '../../contract/errors.ts';

const refusal = (facts: AwsErrorFacts, cause: unknown): InventoryError => {
  const said = `STS answered ${facts.code}: ${facts.message}`;
  switch (facts.kind) {
    case 'credentials-expired':
      return new InventoryError('credentials-expired', `The credentials expired before the scan began. ${said}`, {
        cause,
        remedy: 'Retry the account; assume gets new credentials then.',
      });
    case 'throttled':
    case 'unavailable':
    case 'not-in-region':
      return new InventoryError('sts-unavailable', said, { cause });
    default:
      return new InventoryError('foreign-identity', `The credentials of the scan are nobody's. ${said}`, { cause });
  }
};

/** The identity behind the connection, which is one of the account; throws `foreign-identity` otherwise. */
export const checkIdentity = async (
  connection: AwsConnection,
  account: string,
  signal: AbortSignal,
): Promise<CallerIdentity> => {
  const identity = await getCallerIdentity(connection, signal).catch((thrown: unknown) => {
    throw refusal(describeAwsError(thrown), thrown);
  });
  if (identity.accountId === account) return identity;
  throw new InventoryError(
    'foreign-identity',
    `The scan of account ${account} was given credentials of account ${identity.accountId} (${identity.arn}); nothing was scanned`,
  );
};

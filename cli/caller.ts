// Whose credentials a command has: said in the words of the error catalogue when AWS does not say it.
import type { AwsConnection } from '../clients/aws/connection.ts';
import { connectionRemedy, describeAwsError } from '../clients/aws/errors.ts';
import { type CallerIdentity, getCallerIdentity } from '../clients/aws/sts.ts';
import { InventoryError } from '../contract/errors.ts';

/** Throws no-credentials, or sts-unavailable when another try may help. */
export const whoAmI = async (connection: AwsConnection, signal: AbortSignal): Promise<CallerIdentity> => {
  try {
    return await getCallerIdentity(connection, signal);
  } catch (thrown) {
    const facts = describeAwsError(thrown);
    const known = facts.kind === 'unavailable' || facts.kind === 'throttled' ? 'sts-unavailable' : 'no-credentials';
    throw new InventoryError(known, `AWS did not say whose credentials these are: ${facts.code}: ${facts.message}`, {
      remedy: connectionRemedy(facts),
      cause: thrown,
    });
  }
};

// What AWS or a step said → an error of the catalogue, with the right that is missing where it is named. Pure.
import { type AwsErrorFacts, connectionRemedy, describeAwsError } from '../clients/aws/errors.ts';
import { InventoryError } from '../contract/errors.ts';

const remedyOf = (facts: AwsErrorFacts, account: string): string | undefined => {
  if (facts.byServiceControlPolicy) return `A service control policy refuses it in ${account}: its owner can allow it.`;
  if (facts.kind === 'denied') {
    return `Allow ${facts.action ?? 'this call'} to the identity that is used for ${account}, or choose another profile.`;
  }
  if (facts.kind === 'credentials-expired' || facts.kind === 'no-credentials') {
    return `Sign in again with the profile for ${account}, then start the same command again.`;
  }
  if (facts.kind === 'throttled' || facts.kind === 'unavailable') {
    return connectionRemedy(facts) ?? 'Start the same command again: it goes on where it stopped.';
  }
  return undefined;
};

/** `what` is what was tried; `account` whose identity tried it, such as `billing 111111111111`. */
export const explainFailure = (thrown: unknown, what: string, account: string): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const facts = describeAwsError(thrown);
  const said = facts.code === 'Error' ? facts.message : `AWS answered ${facts.code}: ${facts.message}`;
  const { kind } = facts;
  const code =
    kind === 'no-credentials' || kind === 'credentials-expired' ? 'no-credentials' : 'infrastructure-refused';
  return new InventoryError(code, `${what}: ${said}`, { remedy: remedyOf(facts, account), cause: thrown });
};

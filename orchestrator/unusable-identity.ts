// Why AWS does not say who the caller is: what another attempt mends, and what it does not.
import { describeAwsError } from '../clients/aws/errors.ts';
import { InventoryError } from '../contract/errors.ts';

const passing = ['throttled', 'unavailable', 'not-in-region'];

/** sts-unavailable or no-credentials. */
export const unusableIdentity = (thrown: unknown): InventoryError => {
  const { kind, code, message } = describeAwsError(thrown);
  const said = `The caller's own AWS identity is not usable: ${code}: ${message}`;
  return new InventoryError(passing.includes(kind) ? 'sts-unavailable' : 'no-credentials', said, { cause: thrown });
};

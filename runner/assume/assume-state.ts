// The session that reads the account's states: whatever STS says to it, the account's inventory goes on without it.
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { explainAssumption } from '../../clients/aws/role-refusals.ts';
import { assumeRole, type RoleRequest } from '../../clients/aws/sts.ts';
import { parseStateLocation } from '../../contract/drift/state-location.ts';
import { sessionPolicyCharacters, statePolicy } from '../../contract/drift/state-policy.ts';
import { InventoryError } from '../../contract/errors.ts';
import { checkSession, type StateSession } from './credentials-file.ts';

export interface StateRequest {
  readonly role: Omit<RoleRequest, 'sourceIdentity' | 'policy'>;
  /** Locations in buckets that this account's states have. */
  readonly from: readonly string[];
  readonly kmsKeys: readonly string[];
}

const fewerStates = 'Name the states of the account by fewer templates in drift.from, with * or **.';

/** Throws usage for what is no location, and settings-invalid when there are more than one session can be narrowed to. */
const policyOf = ({ role, from, kmsKeys }: StateRequest): string => {
  const [, partition = 'aws'] = role.roleArn.split(':');
  const policy = JSON.stringify(statePolicy({ partition, locations: from.map(parseStateLocation), kmsKeys }));
  if (policy.length <= sessionPolicyCharacters) return policy;
  throw new InventoryError(
    'settings-invalid',
    `${role.roleArn} cannot be narrowed to ${from.length} locations of states: the policy has ${policy.length} characters of ${sessionPolicyCharacters}`,
    { remedy: fewerStates },
  );
};

const explain = (thrown: unknown, { role }: StateRequest): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const facts = describeAwsError(thrown);
  const refused = explainAssumption(facts, role);
  const message = refused.message.replace(role.roleArn, `the role of the states ${role.roleArn}`);
  if (/^PackedPolicyTooLarge/.test(facts.code)) {
    return new InventoryError('settings-invalid', message, { remedy: fewerStates, cause: thrown });
  }
  // The states are another's: the account that is scanned cannot mend it.
  const code = refused.code === 'role-refused' ? 'state-role-refused' : refused.code;
  const remedy = facts.kind === 'denied' || code === refused.code ? refused.remedy : undefined;
  return new InventoryError(code, message, { remedy, cause: thrown });
};

/** `connection` has the runner's own credentials. Rejects only when the signal aborts. */
export const assumeState = async (
  connection: AwsConnection,
  request: StateRequest,
  signal: AbortSignal,
): Promise<StateSession> => {
  try {
    const session = await assumeRole(connection, { ...request.role, policy: policyOf(request) }, signal);
    checkSession(session);
    return { session };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message, remedy } = explain(thrown, request);
    return { refusal: { code, message, remedy } };
  }
};

// Every account before any run: is its role assumed as a run would do it, is it the right account, are its regions on. Three calls for each.
import pLimit from 'p-limit';
import type { AwsConnection } from '../../clients/aws/connection.ts';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { listEnabledRegions } from '../../clients/aws/inventory/regions.ts';
import { explainAssumption, explainVerification } from '../../clients/aws/role-refusals.ts';
import { assumeRole, getCallerIdentity, type RoleRequest } from '../../clients/aws/sts.ts';
import { InventoryError } from '../../contract/errors.ts';
import { type Check, failed, passed, warned } from '../../contract/preflight.ts';
import type { RoleFacts } from '../../contract/preflight-order.ts';

export interface AccountEdge {
  /** With the identity that is to assume the roles. */
  readonly connection: AwsConnection;
  readonly signal: AbortSignal;
}

const about = (accountId: string, check: string) => ({ about: 'account' as const, subject: accountId, check });

const requestOf = (facts: RoleFacts): RoleRequest => ({
  roleArn: facts.roleArn,
  sessionName: facts.sessionName,
  externalId: facts.externalId,
  sourceIdentity: facts.sourceIdentity,
});

const enter = async (facts: RoleFacts, { connection, signal }: AccountEdge): Promise<AwsConnection> => {
  const role = requestOf(facts);
  const session = await assumeRole(connection, role, signal).catch(thrown => {
    signal.throwIfAborted();
    throw explainAssumption(describeAwsError(thrown), role);
  });
  const inside = { ...connection, profile: undefined, credentials: session };
  const identity = await getCallerIdentity(inside, signal).catch(thrown => {
    signal.throwIfAborted();
    throw explainVerification(describeAwsError(thrown), role);
  });
  if (identity.accountId === facts.accountId) return inside;
  throw new InventoryError(
    'wrong-account',
    `${role.roleArn} gave credentials of account ${JSON.stringify(identity.accountId)}, not of ${facts.accountId}`,
  );
};

/** A region that is off holds nothing, and is told, because somebody wanted it scanned. */
const checkRegions = async (
  { accountId, regions }: RoleFacts,
  inside: AwsConnection,
  signal: AbortSignal,
): Promise<Check> => {
  const facts = about(accountId, 'regions');
  try {
    const enabled = await listEnabledRegions(inside, signal);
    const off = regions === 'enabled' ? [] : regions.filter(region => !enabled.includes(region));
    if (off.length === 0) return passed(facts, `${regions === 'enabled' ? enabled.length : regions.length} regions`);
    return warned(facts, `not enabled: ${off.join(', ')}`, 'Enable them in the account, or leave them out of regions.');
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message, byServiceControlPolicy } = describeAwsError(thrown);
    const remedy = byServiceControlPolicy
      ? 'Let the Organization’s service control policy allow ec2:DescribeRegions in this region.'
      : 'Grant the role ec2:DescribeRegions, or name the regions in the settings.';
    const error = { code: 'services-denied' as const, message: `ec2:DescribeRegions: ${code}: ${message}`, remedy };
    return regions === 'enabled' ? failed(facts, error) : warned(facts, error.message, remedy);
  }
};

const checkAccount = async (facts: RoleFacts, edge: AccountEdge): Promise<Check[]> => {
  const role = about(facts.accountId, 'role');
  try {
    const inside = await enter(facts, edge);
    return [passed(role, facts.roleArn), await checkRegions(facts, inside, edge.signal)];
  } catch (thrown) {
    if (!(thrown instanceof InventoryError)) throw thrown;
    return [failed(role, thrown)];
  }
};

/** STS answers some hundreds of calls a second for an account; three of them are made for each. */
const accountsAtOnce = 16;

/** `told` after each account. Rejects only when the signal aborts. */
export const checkAccounts = async (
  accounts: readonly RoleFacts[],
  edge: AccountEdge,
  told: (done: number, checks: Check[]) => void,
): Promise<Check[]> => {
  let done = 0;
  const checks = await pLimit(accountsAtOnce).map(accounts, async facts => {
    const found = await checkAccount(facts, edge);
    done += 1;
    told(done, found);
    return found;
  });
  return checks.flat();
};

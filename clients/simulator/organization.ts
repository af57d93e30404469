// Builds an Organization with its accounts and their resources in the simulator, from a plan, through the real APIs.
import {
  CloseAccountCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  type OrganizationsClient,
} from '@aws-sdk/client-organizations';
import { CreateBucketCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { InventoryError } from '../../contract/errors.ts';
import { type AccountClients, openSimulator } from './account-clients.ts';
import type { ResourceOrder } from './resource-order.ts';
import { createResources } from './resources.ts';
import { managementAccountId as motoAccountId } from './sessions.ts';
import { createStateBucket, putState, type TerraformResource } from './terraform-state.ts';

export interface PlannedAccount {
  readonly name: string;
  /** Names of its organizational units from the root down; empty means the root itself. */
  readonly path: readonly string[];
  readonly state: 'ACTIVE' | 'SUSPENDED';
  readonly tags: Readonly<Record<string, string>>;
  readonly resources: readonly ResourceOrder[];
}

export interface OrganizationPlan<Account extends PlannedAccount = PlannedAccount> {
  /** Of the management account, which is one of the Organization's accounts; the simulator calls it `master`. */
  readonly managementResources: readonly ResourceOrder[];
  readonly members: readonly Account[];
}

export interface BuiltOrganization<Account extends PlannedAccount = PlannedAccount> {
  readonly managementAccountId: string;
  /** In the plan's order. */
  readonly members: readonly (Account & { readonly id: string })[];
  /** A versioned bucket of the management account, in eu-west-1. */
  readonly reportsBucket: string;
  /** Another one, with `<account>/<name>` of each state. */
  readonly statesBucket: string;
}

/** Texts by their names: `network/eu-west-1.tfstate`. */
export type AccountStates = ReadonlyMap<string, string>;

export interface BuildOptions<Account extends PlannedAccount> {
  readonly url: string;
  readonly plan: OrganizationPlan<Account>;
  /** moto's own account when left out. */
  readonly managementAccountId?: string | undefined;
  /** Makes the accounts' ids the same each time; left out, they are random, as tests that share a simulator need it. */
  readonly seed?: number | undefined;
  /** The states of an account by their names below it, from what Terraform would know of its resources; none when left out. */
  readonly states?: ((resources: readonly TerraformResource[], accountId: string) => AccountStates) | undefined;
  /** Told after each account. */
  readonly progress?: ((built: number, accounts: number) => void) | undefined;
}

const separator = '\u0000';

/** Every unit above an account, each once, outer ones first. */
export const listUnits = (accounts: readonly PlannedAccount[]): readonly (readonly string[])[] => {
  const units = new Map<string, readonly string[]>();
  for (const { path } of accounts)
    for (let depth = 1; depth <= path.length; depth += 1) {
      const unit = path.slice(0, depth);
      units.set(unit.join(separator), unit);
    }
  return [...units.values()].sort((one, other) => one.length - other.length);
};

const given = (value: string | undefined, what: string): string => {
  if (value !== undefined) return value;
  throw new InventoryError('simulator-unavailable', `The simulator did not answer with ${what}`);
};

const createUnits = async (
  organizations: OrganizationsClient,
  accounts: readonly PlannedAccount[],
): Promise<ReadonlyMap<string, string>> => {
  const roots = await organizations.send(new ListRootsCommand({}));
  const ids = new Map([['', given(roots.Roots?.[0]?.Id, 'a root')]]);
  for (const unit of listUnits(accounts)) {
    const ParentId = ids.get(unit.slice(0, -1).join(separator));
    const made = await organizations.send(new CreateOrganizationalUnitCommand({ ParentId, Name: unit.at(-1) }));
    ids.set(unit.join(separator), given(made.OrganizationalUnit?.Id, 'a unit'));
  }
  return ids;
};

/** One after the other, each with a seed of its own: an account's id depends on its place in the plan alone. */
const createAccounts = async <Account extends PlannedAccount>(
  organizations: OrganizationsClient,
  { url, seed, plan }: BuildOptions<Account>,
): Promise<(Account & { id: string })[]> => {
  const accounts = plan.members;
  const units = await createUnits(organizations, accounts);
  const created: (Account & { id: string })[] = [];
  for (const [at, account] of accounts.entries()) {
    const Tags = Object.entries(account.tags).map(([Key, Value]) => ({ Key, Value }));
    const Email = `account-${at + 1}@sandbox.example`;
    if (seed !== undefined) await fetch(`${url}/moto-api/seed?a=${seed + at}`, { method: 'POST' });
    const made = await organizations.send(new CreateAccountCommand({ AccountName: account.name, Email, Tags }));
    const id = given(made.CreateAccountStatus?.AccountId, 'an account');
    created.push({ ...account, id });
    const DestinationParentId = units.get(account.path.join(separator));
    const move = { AccountId: id, SourceParentId: units.get(''), DestinationParentId };
    if (account.path.length > 0) await organizations.send(new MoveAccountCommand(move));
    if (account.state === 'SUSPENDED') await organizations.send(new CloseAccountCommand({ AccountId: id }));
  }
  return created;
};

const home = 'eu-west-1';

const createReportsBucket = async (management: AccountClients): Promise<string> => {
  const s3 = management.client('s3', home);
  const Bucket = `inventory-reports-${management.accountId}`;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: home } }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
};

/** As many as keep the simulator's one Python thread busy. */
const accountsAtOnce = 6;

/** Throws what the SDK throws; an Organization that the management account has already is one such case. */
export const buildOrganization = async <Account extends PlannedAccount>(
  options: BuildOptions<Account>,
): Promise<BuiltOrganization<Account>> => {
  const { url, plan, managementAccountId = motoAccountId } = options;
  const simulator = openSimulator(url, accountsAtOnce);
  try {
    const management = await simulator.enter(managementAccountId);
    const organizations = management.client('organizations', 'us-east-1');
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
    const members = await createAccounts(organizations, options);
    const reportsBucket = await createReportsBucket(management);
    const statesBucket = `terraform-states-${management.accountId}`;
    await createStateBucket(management, home, statesBucket);
    const fillAccount = async (account: AccountClients, orders: readonly ResourceOrder[]): Promise<void> => {
      const made = await createResources(account, orders);
      for (const [name, text] of options.states?.(made, account.accountId) ?? [])
        await putState(management, home, { bucket: statesBucket, key: `${account.accountId}/${name}`, text });
    };
    await fillAccount(management, plan.managementResources);
    let built = 1;
    await pLimit(accountsAtOnce).map(members, async member => {
      if (member.resources.length > 0) await fillAccount(await simulator.enter(member.id), member.resources);
      built += 1;
      options.progress?.(built, members.length + 1);
    });
    return { managementAccountId, members, reportsBucket, statesBucket };
  } finally {
    simulator.close();
  }
};

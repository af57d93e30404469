// The embedded default's Organization, as data: 30 accounts, the management account included, of which 28 are ACTIVE.
import type { OrganizationPlan, PlannedAccount } from '../clients/simulator/organization.ts';
import { type FaultName, faultyAccounts } from './faults.ts';
import { managementResources, planResources } from './resources.ts';

export interface SandboxAccount extends PlannedAccount {
  /** What the refusing proxy does to this account; undefined for a healthy one. */
  readonly fault?: FaultName | undefined;
}

type Row = readonly [
  name: string,
  path: readonly string[],
  tags?: Readonly<Record<string, string>>,
  state?: PlannedAccount['state'],
];

const payments = ['Workloads', 'Prod', 'Payments'];
const prod = ['Workloads', 'Prod'];
const test = ['Workloads', 'Test'];
const platform = ['Platform'];
const security = ['Security'];
const playground = ['Sandbox & Playground'];

/** Names as people write them: with spaces, quotes, emoji, and one that tries to break whatever prints it. */
const rows: readonly Row[] = [
  ['log archive', security, { stage: 'prod', owner: 'security' }],
  ['security audit', security, { stage: 'prod', owner: 'security' }],
  ['network', platform, { stage: 'prod', owner: 'platform' }],
  ['shared services', platform, { stage: 'prod', owner: 'platform' }],
  ['build & release', platform, { stage: 'test', owner: 'platform' }],
  ['backup', platform],
  ['payments prod', payments, { stage: 'prod', owner: 'payments', 'cost center': '4711' }],
  ['payments gateway', payments, { stage: 'prod', owner: 'payments' }],
  ['card vault', payments, { stage: 'prod', owner: 'payments', pci: 'yes' }],
  ['shop "Bella Vista"', prod, { stage: 'prod', owner: 'shop' }],
  ["shop O'Neill", prod, { stage: 'prod', owner: 'shop' }],
  ['shop 東京', prod, { stage: 'prod', owner: 'shop' }],
  ['orders', prod, { stage: 'prod', owner: 'orders' }],
  ['search', prod, { stage: 'prod', owner: 'search' }],
  ['recommendations', prod],
  ['data lake', prod, { stage: 'prod', owner: 'analytics' }],
  ['reporting', prod, { stage: 'prod', owner: 'analytics' }],
  ['payments test', test, { stage: 'test', owner: 'payments' }],
  ['shop test', test, { stage: 'test', owner: 'shop' }],
  ['orders test', test, { stage: 'test', owner: 'orders' }],
  ['load tests 🔥', test, { stage: 'test' }],
  ['integration', test],
  ['playground 🎉', playground, { stage: 'sandbox' }],
  ['playground of Zoë', playground, { stage: 'sandbox' }],
  ['hackathon 2025', playground, {}, 'SUSPENDED'],
  ['"\n<script>${x}', playground, { stage: 'sandbox' }],
  ['acquired company', [], { owner: 'unknown' }],
  ['legacy', []],
  ['closed subsidiary', [], {}, 'SUSPENDED'],
];

const planAccount = ([name, path, tags = {}, state = 'ACTIVE']: Row, at: number): SandboxAccount => ({
  name,
  path,
  state,
  tags,
  resources: state === 'ACTIVE' ? planResources(at) : [],
});

export interface SandboxSize {
  /** Accounts of the Organization, the management account included; 30 when left out. Further ones are numbered. */
  readonly accounts?: number | undefined;
  /** Adds one account for each fault. */
  readonly faults: boolean;
}

const usualSize = rows.length + 1;

export const planOrganization = ({ accounts = usualSize, faults }: SandboxSize): OrganizationPlan<SandboxAccount> => {
  const members = Math.max(0, accounts - 1);
  const numbered = Array.from({ length: Math.max(0, members - rows.length) }, (_, at): Row => [`team ${at + 1}`, test]);
  const healthy = [...rows.slice(0, members), ...numbered].map(planAccount);
  return { managementResources, members: faults ? [...healthy, ...faultyAccounts] : healthy };
};

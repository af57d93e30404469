// Which accounts are to have the role, and which have it: by name, because people know their accounts by name. Pure.
import type { StackInstance } from '../../clients/aws/infrastructure/stack-sets.ts';
import { type Account, isScannable, type Organization } from '../../contract/account.ts';

export interface Reached {
  /** The role is there as it is to be. */
  readonly current: readonly Account[];
  /** It is there, and is another one, or it is being made. */
  readonly outdated: readonly { readonly account: Account; readonly instance: StackInstance }[];
  /** It is not there. */
  readonly missing: readonly Account[];
  /** Suspended or closed: nothing can be made in them. */
  readonly inactive: readonly Account[];
}

export interface ReachFacts {
  readonly organization: Organization;
  readonly instances: readonly StackInstance[];
  /** Ids; empty for the whole Organization. */
  readonly organizationalUnits: readonly string[];
  /** A service-managed StackSet never reaches it. */
  readonly managementAccountId: string;
}

const isTarget = (account: Account, { organizationalUnits, managementAccountId }: ReachFacts): boolean =>
  account.id !== managementAccountId &&
  (organizationalUnits.length === 0 || organizationalUnits.some(unit => account.unitIds?.includes(unit)));

export const compareReach = (facts: ReachFacts): Reached => {
  const instances = new Map(facts.instances.map(instance => [instance.account, instance]));
  const targets = facts.organization.accounts.filter(account => isTarget(account, facts));
  const active = targets.filter(isScannable);
  const withInstance = active.flatMap(account => {
    const instance = instances.get(account.id);
    return instance === undefined ? [] : [{ account, instance }];
  });
  return {
    current: withInstance.filter(({ instance }) => instance.status === 'CURRENT').map(({ account }) => account),
    outdated: withInstance.filter(({ instance }) => instance.status !== 'CURRENT'),
    missing: active.filter(account => !instances.has(account.id)),
    inactive: targets.filter(account => !isScannable(account)),
  };
};

/** So many are told by name; --output json has all. */
const namesShown = 20;

const nameOf = ({ id, name }: Account): string => `${id} ${name}`;

const listNames = (lines: readonly string[]): string => {
  const shown = lines.slice(0, namesShown).join(', ');
  return lines.length > namesShown ? `${shown} and ${lines.length - namesShown} more` : shown;
};

/** What a reader of the plan wants to know of it. */
export const reachRemarks = ({ current, outdated, missing, inactive }: Reached): string[] => [
  ...(current.length + outdated.length === 0 ? [] : [`${current.length} accounts have the role as it is to be`]),
  ...(outdated.length === 0
    ? []
    : [
        `not as it is to be in ${listNames(
          outdated.map(({ account, instance }) => {
            const reason = instance.reason === '' ? '' : ` (${instance.reason})`;
            return `${nameOf(account)}: ${instance.status.toLowerCase()}${reason}`;
          }),
        )}`,
      ]),
  ...(missing.length === 0 ? [] : [`without it: ${listNames(missing.map(nameOf))}`]),
  ...(inactive.length === 0 ? [] : [`not active, never reached: ${listNames(inactive.map(nameOf))}`]),
];

/** Those that an operation has left without the role, a line for each. */
export const failureLines = ({ outdated, missing }: Reached): string[] => [
  ...outdated.map(({ account, instance }) =>
    `  ${nameOf(account)}: ${instance.detail.toLowerCase()} ${instance.reason}`.trimEnd(),
  ),
  ...missing.map(account => `  ${nameOf(account)}: not reached`),
];

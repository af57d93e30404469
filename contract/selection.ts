// Which accounts a run visits. Pure: the Organization's accounts and the criteria in, every account's fate out.
import { closest } from 'fastest-levenshtein';
import { type Account, isScannable, type Organization } from './account.ts';

export interface Selection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly organizationalUnits: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly tags: Readonly<Record<string, readonly string[]>>;
  readonly names: { readonly include: readonly string[]; readonly exclude: readonly string[] };
}

export interface SkippedAccount {
  readonly account: Account;
  readonly code: 'not-active' | 'not-selected';
  readonly message: string;
}

export interface SelectedAccounts {
  readonly selected: readonly Account[];
  readonly skipped: readonly SkippedAccount[];
  /** Ids that were asked for and that no account has. */
  readonly unknownIds: readonly string[];
  /** Organizational units that were asked for and do not exist, with the nearest that does. */
  readonly unknownUnits: readonly { readonly unit: string; readonly nearest: string | null }[];
}

/** What a selection needs to know beyond ListAccounts: reading the tree or tags costs calls that others need not allow. */
export const needsTree = (selection: Selection): boolean =>
  selection.organizationalUnits.include.length + selection.organizationalUnits.exclude.length > 0;
export const needsTags = (selection: Selection): boolean => Object.keys(selection.tags).length > 0;

/** Nothing narrows the run: every active account is visited. */
export const selectsEverything = (selection: Selection): boolean =>
  selection.include.length + selection.exclude.length === 0 &&
  selection.names.include.length + selection.names.exclude.length === 0 &&
  !needsTree(selection) &&
  !needsTags(selection);

const matchesName = (pattern: string, name: string): boolean => {
  const escaped = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 's').test(name);
};

/** `Workloads/Prod` and everything below it, or the id of a unit or root above the account. */
const liesIn = (account: Account, unit: string): boolean => {
  if (account.unitIds?.includes(unit)) return true;
  const wanted = unit.split('/').filter(part => part !== '');
  return wanted.length > 0 && wanted.every((part, index) => account.path?.[index] === part);
};

const reasonToSkip = (account: Account, selection: Selection): string | null => {
  const { include, exclude, organizationalUnits: units, tags, names } = selection;
  if (exclude.includes(account.id)) return 'its id is excluded';
  if (include.length > 0 && !include.includes(account.id)) return 'its id is not among the included ones';
  const excludedUnit = units.exclude.find(unit => liesIn(account, unit));
  if (excludedUnit !== undefined) return `the organizational unit ${excludedUnit} is excluded`;
  if (units.include.length > 0 && !units.include.some(unit => liesIn(account, unit))) {
    return 'it is in none of the included organizational units';
  }
  const excludedName = names.exclude.find(pattern => matchesName(pattern, account.name));
  if (excludedName !== undefined) return `names like ${excludedName} are excluded`;
  if (names.include.length > 0 && !names.include.some(pattern => matchesName(pattern, account.name))) {
    return 'its name is not among the included ones';
  }
  const missing = Object.entries(tags).find(([key, values]) => !values.includes(account.tags?.[key] ?? ''));
  return missing === undefined ? null : `its tag ${missing[0]} is not ${missing[1].join(' or ')}`;
};

/** Selection comes first: a narrowed run must not speak for an ended account that it was not to visit. */
const fateOf = (account: Account, selection: Selection): SkippedAccount | null => {
  const reason = reasonToSkip(account, selection);
  if (reason !== null) return { account, code: 'not-selected', message: reason };
  return isScannable(account) ? null : { account, code: 'not-active', message: `its state is ${account.state}` };
};

/** A unit that exists and has no accounts is known: its last account may have moved out since the settings were written. */
const findUnknownUnits = ({ accounts, units }: Organization, selection: Selection) => {
  const paths = units.map(unit => unit.path.join('/'));
  const exists = (wanted: string): boolean =>
    accounts.some(account => liesIn(account, wanted)) ||
    units.some(unit => unit.id === wanted) ||
    paths.includes(
      wanted
        .split('/')
        .filter(part => part !== '')
        .join('/'),
    );
  return [...selection.organizationalUnits.include, ...selection.organizationalUnits.exclude]
    .filter(wanted => !exists(wanted))
    .map(wanted => ({ unit: wanted, nearest: paths.length === 0 ? null : closest(wanted, paths) }));
};

/**
 * Every criterion that is given must hold; an exclude wins over every include. Accounts keep their order, and each one
 * is either selected or skipped with its reason.
 */
export const selectAccounts = (organization: Organization, selection: Selection): SelectedAccounts => {
  const { accounts } = organization;
  const fates = accounts.map(account => ({ account, skipped: fateOf(account, selection) }));
  const known = new Set(accounts.map(account => account.id));
  return {
    selected: fates.filter(fate => fate.skipped === null).map(fate => fate.account),
    skipped: fates.flatMap(fate => (fate.skipped === null ? [] : [fate.skipped])),
    unknownIds: [...new Set([...selection.include, ...selection.exclude])].filter(id => !known.has(id)),
    unknownUnits: findUnknownUnits(organization, selection),
  };
};

// Accounts → those that the address asks for, in its order, one page of them. Pure.
import { coverageOf } from '../../reports/coverage.ts';
import type { AccountView } from '../snapshot.ts';
import type { AccountQuery, SortColumn } from './query.ts';

export const rowsOfPage = 100;

export interface ChosenAccounts {
  readonly rows: readonly AccountView[];
  /** That the search has found, on all pages. */
  readonly found: number;
  readonly page: number;
  readonly pages: number;
}

/** Resources that are not as the states say; undefined where nothing was compared. */
export const driftedOf = ({ counts }: AccountView): number | undefined =>
  counts?.drift && counts.drift.unmanaged + counts.drift.missing + counts.drift.changed;

/** undefined of an account that nothing was asked of. */
export const coverageOfAccount = ({ counts }: AccountView): number | undefined =>
  counts === null || counts.types.attempted === 0 ? undefined : coverageOf(counts.types);

export const complianceOf = ({ counts }: AccountView): number | undefined =>
  counts?.tags === undefined || counts.tags.checked === 0 ? undefined : counts.tags.compliant / counts.tags.checked;

/** When the account was last seen whole. */
export const successOf = ({ outcome, finishedAt, succeededAt }: AccountView): string | undefined =>
  outcome === 'succeeded' ? (finishedAt ?? undefined) : succeededAt;

/** Names of the organizational units, as a path. */
export const unitOf = ({ path }: AccountView): string => (path === null ? '' : path.join(' / '));

const outcomeRank: Readonly<Record<AccountView['outcome'], number>> = {
  failed: 0,
  partial: 1,
  succeeded: 2,
  skipped: 3,
};

/** Failed ones, then partial ones, then those with most drift. */
const attentionOf = (account: AccountView): number =>
  outcomeRank[account.outcome] - Math.min(driftedOf(account) ?? 0, 1e9) / 1e10;

type SortValue = string | number | undefined;

const sortValues: Readonly<Record<SortColumn, (account: AccountView) => SortValue>> = {
  attention: attentionOf,
  name: ({ name }) => name.toLowerCase(),
  unit: account => unitOf(account).toLowerCase(),
  outcome: ({ outcome }) => outcomeRank[outcome],
  resources: ({ counts }) => counts?.resources,
  coverage: coverageOfAccount,
  drift: driftedOf,
  tags: complianceOf,
  success: successOf,
};

interface Ranked {
  readonly account: AccountView;
  readonly value: SortValue;
}

/** What is not known comes last, whichever way round. */
const compare = (a: Ranked, b: Ranked, sign: 1 | -1): number => {
  if (a.value === b.value) return a.account.id < b.account.id ? -1 : 1;
  if (a.value === undefined) return 1;
  if (b.value === undefined) return -1;
  return a.value < b.value ? -sign : sign;
};

const sortAccounts = (accounts: readonly AccountView[], { sort, order }: AccountQuery): AccountView[] => {
  const read = sortValues[sort];
  const sign = order === 'asc' ? 1 : -1;
  return accounts
    .map(account => ({ account, value: read(account) }))
    .sort((a, b) => compare(a, b, sign))
    .map(({ account }) => account);
};

const isWanted = (account: AccountView, words: readonly string[]): boolean => {
  if (words.length === 0) return true;
  const text = `${account.name}\n${account.id}\n${unitOf(account)}\n${account.code ?? ''}`.toLowerCase();
  return words.every(word => text.includes(word));
};

export const chooseAccounts = (accounts: readonly AccountView[], query: AccountQuery): ChosenAccounts => {
  const words = query.q
    .toLowerCase()
    .split(/\s+/)
    .filter(word => word !== '');
  const found = accounts.filter(
    account => (query.outcome === 'all' || account.outcome === query.outcome) && isWanted(account, words),
  );
  const pages = Math.max(1, Math.ceil(found.length / rowsOfPage));
  const page = Math.min(query.page, pages);
  const rows = sortAccounts(found, query).slice((page - 1) * rowsOfPage, page * rowsOfPage);
  return { rows, found: found.length, page, pages };
};

// Which entry of each account a reader of results gets: the newest of all runs, or the newest of one day. Pure.
import { InventoryError } from '../contract/errors.ts';
import type { Latest, LatestAccount, Manifest } from '../contract/manifest.ts';
import { mergeLatest } from './latest.ts';

/** What latest.json would have said had there been no runs but these; undefined without any. */
export const latestOf = (manifests: readonly Manifest[]): Latest | undefined =>
  manifests
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : a.startedAt > b.startedAt ? 1 : 0))
    .reduce<Latest | undefined>((latest, manifest) => mergeLatest(latest, manifest), undefined);

export interface AccountChoice {
  /** undefined means all. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Throws unknown-account with every id that there is none of: a misspelt one must not look like an empty account. */
export const chooseAccounts = <Account extends { readonly id: string }>(
  accounts: readonly Account[],
  { include, exclude = [] }: AccountChoice,
): Account[] => {
  const known = new Set(accounts.map(({ id }) => id));
  const unknown = [...(include ?? []), ...exclude].filter(id => !known.has(id));
  if (unknown.length > 0) {
    throw new InventoryError('unknown-account', `The results have no account ${unknown.join(', ')}`, {
      remedy: 'Check the ids: select id, name from accounts shows those that there are.',
    });
  }
  return accounts.filter(({ id }) => (include === undefined || include.includes(id)) && !exclude.includes(id));
};

/** Accounts whose report does not tell everything: by what the reader has to be told about them. */
export interface NotWhole {
  /** No report at all: failed, skipped, or succeeded without one. */
  readonly absent: readonly LatestAccount[];
  /** A report that lacks something. */
  readonly partial: readonly LatestAccount[];
}

export const reportOf = (account: LatestAccount, kind: string) => account.reports.find(report => report.kind === kind);

export const findNotWhole = (accounts: readonly LatestAccount[]): NotWhole => ({
  absent: accounts.filter(account => reportOf(account, 'recon') === undefined),
  partial: accounts.filter(account => account.outcome !== 'succeeded' && reportOf(account, 'recon') !== undefined),
});

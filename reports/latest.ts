// latest.json as a function of manifests: for each account the newest entry that any run produced.
import {
  type Latest,
  type LatestAccount,
  type Manifest,
  type RunSummary,
  runsRemembered,
} from '../contract/manifest.ts';

const newer = (a: { readonly runStartedAt: string; readonly run: string }, b: typeof a): boolean =>
  a.runStartedAt === b.runStartedAt ? a.run >= b.run : a.runStartedAt > b.runStartedAt;

const entriesOf = (manifest: Manifest): LatestAccount[] =>
  manifest.accounts
    // What a run did not visit it knows nothing new about; an id that is no account has no place in the Organization.
    .filter(account => account.code !== 'not-selected' && account.code !== 'unknown-account')
    .map(account => ({ ...account, run: manifest.run, runDate: manifest.date, runStartedAt: manifest.startedAt }));

const successOf = (entry: LatestAccount): string | undefined =>
  (entry.outcome === 'succeeded' ? entry.finishedAt : undefined) ?? entry.succeededAt;

/** When an account last succeeded is remembered beside the entry that does not say it. */
const rememberSuccess = (later: LatestAccount, earlier: LatestAccount): LatestAccount => {
  if (later.outcome === 'succeeded') return later;
  const last = [successOf(later), successOf(earlier)]
    .filter(time => time !== undefined)
    .sort((a, b) => (a < b ? -1 : 1))
    .at(-1);
  return last === undefined ? later : { ...later, succeededAt: last };
};

const summarize = (manifest: Manifest): RunSummary => {
  const { run, retryOf, complete, date, startedAt, finishedAt, totals } = manifest;
  return { run, retryOf, complete, date, startedAt, finishedAt, totals };
};

/** A run that went on after a crash closes its manifest twice: the later one counts. */
const mergeRuns = (runs: readonly RunSummary[], brought: RunSummary): RunSummary[] =>
  [brought, ...runs.filter(({ run }) => run !== brought.run)]
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : a.startedAt > b.startedAt ? -1 : 0))
    .slice(0, runsRemembered);

/**
 * A complete run replaces everything that is older, so that accounts which left the Organization leave here too; a
 * narrowed one brings only its own accounts; an older run never replaces a newer entry. Merging twice changes nothing.
 */
export const mergeLatest = (latest: Latest | undefined, manifest: Manifest): Latest => {
  const merged = new Map(latest?.accounts.map(account => [account.id, account]));
  const brought = new Map(entriesOf(manifest).map(account => [account.id, account]));
  for (const [id, account] of brought) {
    const entry = merged.get(id);
    if (entry === undefined) merged.set(id, account);
    else if (newer(account, entry)) merged.set(id, rememberSuccess(account, entry));
    else merged.set(id, rememberSuccess(entry, account));
  }
  const isNewestComplete =
    manifest.complete && (latest?.completeRun == null || manifest.startedAt >= latest.completeRun.startedAt);
  if (manifest.complete) {
    for (const [id, entry] of merged) {
      if (!brought.has(id) && entry.runStartedAt < manifest.startedAt) merged.delete(id);
    }
  }
  const completeRun = isNewestComplete
    ? { run: manifest.run, startedAt: manifest.startedAt }
    : (latest?.completeRun ?? null);
  // An older narrowed run must not bring back an account that a later complete run no longer found.
  const known = new Set(latest?.accounts.map(account => account.id));
  const kept = [...merged.values()].filter(
    account => completeRun === null || account.runStartedAt >= completeRun.startedAt || known.has(account.id),
  );
  return {
    schemaVersion: 1,
    updatedAt: latest !== undefined && latest.updatedAt > manifest.finishedAt ? latest.updatedAt : manifest.finishedAt,
    completeRun,
    runs: mergeRuns(latest?.runs ?? [], summarize(manifest)),
    accounts: kept.sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
};

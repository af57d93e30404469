// Finished accounts → rows of the manifest → the manifest. Pure; every account of the plan has exactly one row.
import type { Manifest, ManifestAccount, ManifestTotals } from '../contract/manifest.ts';
import type { SkippedAccount } from '../contract/selection.ts';
import { failedVerdict } from './decide-outcome.ts';
import type { FinishedAccount } from './followed-run.ts';
import type { RunPlan } from './plan.ts';

const nothingRan = { attempts: 0, job: null, startedAt: null, finishedAt: null, counts: null, reports: [] };

export const finishedRow = ({ planned, verdict, job }: FinishedAccount): ManifestAccount => ({
  id: planned.account.id,
  name: planned.account.name,
  state: planned.account.state,
  path: planned.account.path === null ? null : [...planned.account.path],
  outcome: verdict.outcome,
  code: verdict.code,
  message: verdict.message,
  remedy: verdict.remedy,
  attempts: job?.attempts ?? 0,
  job: job === undefined ? null : planned.job,
  startedAt: job?.startedAt ?? null,
  finishedAt: job?.finishedAt ?? null,
  counts: verdict.counts,
  reports: [...verdict.reports],
});

export const skippedRow = ({ account, code, message }: SkippedAccount): ManifestAccount => ({
  id: account.id,
  name: account.name,
  state: account.state,
  path: account.path === null ? null : [...account.path],
  outcome: 'skipped',
  code,
  message,
  remedy: null,
  ...nothingRan,
});

/** An id that was asked for and that no account has: the run says so instead of leaving it out. */
export const unknownRow = (id: string): ManifestAccount => {
  const { outcome, code, message, remedy } = failedVerdict(
    'unknown-account',
    `${JSON.stringify(id)} was asked for, by INCLUDE_ACCOUNTS or by the retried run, and is not an account of the Organization`,
  );
  return { id, name: '', state: null, path: null, outcome, code, message, remedy, ...nothingRan };
};

/** Nothing where no account was compared with states: a zero would say that nothing has drifted. */
const driftTotals = (accounts: readonly ManifestAccount[]): Partial<ManifestTotals> => {
  const drifts = accounts.flatMap(({ counts }) => counts?.drift ?? []);
  if (drifts.length === 0) return {};
  const sum = (name: 'unmanaged' | 'missing' | 'changed') => drifts.reduce((total, drift) => total + drift[name], 0);
  return { unmanaged: sum('unmanaged'), missing: sum('missing'), changed: sum('changed') };
};

/** Nothing where no account's tags were checked. */
const tagTotals = (accounts: readonly ManifestAccount[]): Partial<ManifestTotals> => {
  const all = accounts.flatMap(({ counts }) => counts?.tags ?? []);
  if (all.length === 0) return {};
  const sum = (name: 'checked' | 'compliant' | 'untagged') => all.reduce((total, tags) => total + tags[name], 0);
  return { tagged: { checked: sum('checked'), compliant: sum('compliant') }, untagged: sum('untagged') };
};

const totalsOf = (accounts: readonly ManifestAccount[]): ManifestTotals => {
  const count = (outcome: ManifestAccount['outcome']) => accounts.filter(account => account.outcome === outcome).length;
  return {
    accounts: accounts.length,
    succeeded: count('succeeded'),
    partial: count('partial'),
    failed: count('failed'),
    skipped: count('skipped'),
    resources: accounts.reduce((sum, account) => sum + (account.counts?.resources ?? 0), 0),
    ...driftTotals(accounts),
    ...tagTotals(accounts),
  };
};

export interface ManifestFacts {
  readonly finishedAt: string;
  readonly version: string;
  readonly templateVersion: string;
}

export const buildManifest = (plan: RunPlan, rows: readonly ManifestAccount[], facts: ManifestFacts): Manifest => ({
  schemaVersion: 1,
  run: plan.run,
  retryOf: plan.retryOf,
  complete: plan.complete,
  date: plan.date,
  startedAt: plan.startedAt,
  finishedAt: facts.finishedAt,
  version: facts.version,
  partition: plan.partition,
  templateVersion: facts.templateVersion,
  totals: totalsOf(rows),
  // By id, so that two manifests can be compared line by line.
  accounts: rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

/** Nothing failed and nothing is partial; a skipped account was meant to be skipped. */
export const isClean = (manifest: Manifest): boolean => manifest.totals.failed === 0 && manifest.totals.partial === 0;

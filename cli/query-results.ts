// What a query is asked over: which entry of each account, its reports as files of this machine, and what is missing.
import type { QueriedAccount } from '../clients/duckdb/accounts-table.ts';
import type { DatabaseOptions, QueriedReport } from '../clients/duckdb/open-database.ts';
import { findLooseReports } from '../clients/results/directory-results.ts';
import type { FoundReports, Results } from '../clients/results/results.ts';
import { InventoryError } from '../contract/errors.ts';
import { type Latest, type LatestAccount, latestSchema, type Manifest, manifestSchema } from '../contract/manifest.ts';
import { latestKey, manifestKey } from '../contract/report-keys.ts';
import { type AccountChoice, chooseAccounts, latestOf, reportOf } from '../reports/choose-entries.ts';

export interface ResultsChoice extends AccountChoice {
  readonly date?: string | undefined;
  /** Of manifests and latest.json. */
  readonly prefix: string;
  /** Set when results are a directory, which may hold reports without a manifest. */
  readonly directory?: string | undefined;
}

/** Views that the SQL names: only their files are fetched. */
export interface NamedViews {
  readonly resources: boolean;
  readonly coverage: boolean;
}

export interface ChosenResults extends Pick<DatabaseOptions, 'accounts' | 'resources' | 'coverage'> {
  /** Entries whose report may lack something; none for reports without a manifest. */
  readonly entries: readonly LatestAccount[];
  /** Whether some run has covered the Organization; null when there is no manifest to tell. */
  readonly complete: boolean | null;
  readonly fetched: FoundReports['fetched'];
}

export const namedViews = (sql: string): NamedViews => ({
  resources: /\bresources\b/i.test(sql),
  coverage: /\bcoverage\b/i.test(sql),
});

const parse = <Document>(text: string, place: string, schema: { parse: (value: unknown) => Document }): Document => {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new InventoryError('report-unreadable', `${place} is damaged, or of another version`, {
      remedy: 'Restore an older version of it.',
      cause,
    });
  }
};

const readDay = async (results: Results, prefix: string, date: string): Promise<Latest | undefined> => {
  const keys = await results.listKeys(manifestKey(prefix, date, '').replace(/\.json$/, ''));
  const manifests: Manifest[] = [];
  for (const key of keys.filter(name => name.endsWith('.json'))) {
    const text = await results.readText(key);
    if (text !== undefined) manifests.push(parse(text, `${results.place}/${key}`, manifestSchema));
  }
  return latestOf(manifests);
};

const readEntries = async (results: Results, { prefix, date }: ResultsChoice): Promise<Latest | undefined> => {
  if (date !== undefined) return await readDay(results, prefix, date);
  const key = latestKey(prefix);
  const text = await results.readText(key);
  return text === undefined ? undefined : parse(text, `${results.place}/${key}`, latestSchema);
};

const rowOf = (entry: LatestAccount): QueriedAccount => ({
  id: entry.id,
  name: entry.name,
  state: entry.state,
  ou: entry.path?.join('/') ?? null,
  outcome: entry.outcome,
  code: entry.code,
  message: entry.message,
  remedy: entry.remedy,
  resources: entry.counts?.resources ?? null,
  has_report: reportOf(entry, 'recon') !== undefined,
  attempts: entry.attempts,
  run: entry.run,
  run_date: entry.runDate,
  started_at: entry.startedAt,
  finished_at: entry.finishedAt,
});

const unreadable = (missing: FoundReports['missing']): InventoryError => {
  const lines = missing.map(({ account, reason }) => `  ${account}: ${reason}`);
  const count = missing.length === 1 ? 'one account' : `${missing.length} accounts`;
  return new InventoryError('report-unreadable', `The report of ${count} cannot be used:\n${lines.join('\n')}`, {
    remedy: `Restore what the manifest names, or leave out with --exclude ${missing.map(({ account }) => account).join(',')}`,
  });
};

const findKind = async (results: Results, entries: readonly LatestAccount[], kind: string): Promise<FoundReports> => {
  const wanted = entries.flatMap(entry => {
    const report = reportOf(entry, kind);
    return report === undefined ? [] : [{ account: entry.id, report }];
  });
  const found = await results.findReports(wanted);
  if (found.missing.length > 0) throw unreadable(found.missing);
  return found;
};

const nothing: FoundReports = { reports: [], missing: [], fetched: { reports: 0, bytes: 0 } };

const chooseFromManifest = async (
  results: Results,
  latest: Latest,
  { choice, views }: { readonly choice: ResultsChoice; readonly views: NamedViews },
): Promise<ChosenResults> => {
  const entries = chooseAccounts(latest.accounts, choice);
  const recon = views.resources ? await findKind(results, entries, 'recon') : nothing;
  const scan = views.coverage ? await findKind(results, entries, 'scan') : nothing;
  return {
    entries,
    complete: latest.completeRun !== null,
    accounts: entries.map(rowOf),
    resources: views.resources ? recon.reports : null,
    coverage: views.coverage ? scan.reports : null,
    fetched: {
      reports: recon.fetched.reports + scan.fetched.reports,
      bytes: recon.fetched.bytes + scan.fetched.bytes,
    },
  };
};

const unknownFacts = {
  name: null,
  state: null,
  ou: null,
  outcome: null,
  code: null,
  message: null,
  remedy: null,
  resources: null,
  attempts: null,
  run: null,
  run_date: null,
  started_at: null,
  finished_at: null,
};

const chooseLoose = async (
  directory: string,
  { choice, views }: { readonly choice: ResultsChoice; readonly views: NamedViews },
): Promise<ChosenResults | undefined> => {
  const found = await findLooseReports(directory, choice.date);
  if (found.length === 0) return undefined;
  const chosen = chooseAccounts(
    found.map(each => ({ ...each, id: each.account })),
    choice,
  );
  // A manifest would have told its size.
  const torn = chosen.filter(({ isTorn }) => isTorn);
  if (torn.length > 0) {
    throw unreadable(torn.map(({ account, recon }) => ({ account, reason: `${recon} does not end as a JSON array` })));
  }
  const scans: QueriedReport[] = chosen.flatMap(({ account, scan }) =>
    scan === null ? [] : [{ account, path: scan }],
  );
  return {
    entries: [],
    complete: null,
    accounts: chosen.map(({ account }) => ({ ...unknownFacts, id: account, has_report: true })),
    resources: views.resources ? chosen.map(({ account, recon }) => ({ account, path: recon })) : null,
    coverage: views.coverage ? scans : null,
    fetched: nothing.fetched,
  };
};

/** Throws results-not-found, unknown-account, report-unreadable with every account that has one, and what reading throws. */
export const chooseResults = async (
  results: Results,
  choice: ResultsChoice,
  views: NamedViews,
): Promise<ChosenResults> => {
  const latest = await readEntries(results, choice);
  if (latest !== undefined) return await chooseFromManifest(results, latest, { choice, views });
  const loose = choice.directory === undefined ? undefined : await chooseLoose(choice.directory, { choice, views });
  if (loose !== undefined) return loose;
  const what = choice.date === undefined ? latestKey(choice.prefix) : `a run of ${choice.date} under ${choice.prefix}`;
  throw new InventoryError('results-not-found', `${results.place} has no ${what.replace(/^a /, '')}`);
};

// At the end of a run: which accounts were seen less well than the last time, by the entries of latest.json.
import { type Latest, latestSchema, type ManifestAccount } from '../contract/manifest.ts';
import { latestKey } from '../contract/report-keys.ts';
import { fallenCoverage } from '../reports/coverage.ts';
import type { ResultStore } from './result-store.ts';

/** Nothing where there is none, or none that can be read: closing the run says what is wrong with it. */
const readEntries = async (store: ResultStore, prefix: string): Promise<Latest['accounts']> => {
  try {
    const stored = await store.getText(latestKey(prefix));
    return stored === undefined ? [] : latestSchema.parse(JSON.parse(stored.text)).accounts;
  } catch {
    return [];
  }
};

/** The rows, those with `coverageFell` whose account an earlier run saw better. */
export const markFalls = (
  rows: readonly ManifestAccount[],
  earlier: Latest['accounts'],
  run: string,
): ManifestAccount[] => {
  const byId = new Map(earlier.map(entry => [entry.id, entry]));
  return rows.map(row => {
    const entry = byId.get(row.id);
    // A run that is closed once more must not be compared with itself.
    if (entry === undefined || entry.run === run) return row;
    const fall = fallenCoverage(entry.counts, row.counts);
    return fall === undefined ? row : { ...row, coverageFell: { ...fall, run: entry.run } };
  });
};

/** Compares with what the bucket holds. Never throws: without an earlier run there is nothing to compare with. */
export const compareCoverage = async (
  rows: readonly ManifestAccount[],
  { store, prefix, run }: { readonly store: ResultStore; readonly prefix: string; readonly run: string },
): Promise<ManifestAccount[]> =>
  // A scan that counted no types cannot have seen fewer.
  rows.some(row => row.counts !== null) ? markFalls(rows, await readEntries(store, prefix), run) : [...rows];

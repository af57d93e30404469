// The runs that a bucket knows: those that latest.json remembers, or the manifests of some days.
import pLimit from 'p-limit';
import type { Results } from '../clients/results/results.ts';
import { InventoryError } from '../contract/errors.ts';
import { latestSchema, manifestSchema, type RunSummary } from '../contract/manifest.ts';
import { latestKey, manifestKey, type RunDate } from '../contract/report-keys.ts';

export type ClosedRun = RunSummary & { readonly state: 'closed' };

/** Its manifest is there and cannot be read. */
export interface DamagedRun {
  readonly state: 'damaged';
  readonly run: string;
  readonly date: RunDate;
  readonly key: string;
}

/** Lists and manifests that are read at once. */
const readsAtOnce = 8;
const dayMilliseconds = 86_400_000;

/** The last sixty that closed. Throws results-not-found where none has. */
export const recentRuns = async (results: Results, prefix: string): Promise<ClosedRun[]> => {
  const key = latestKey(prefix);
  const text = await results.readText(key);
  if (text === undefined) {
    throw new InventoryError('results-not-found', `There is no ${results.place}/${key}: no run has closed there`);
  }
  try {
    return latestSchema.parse(JSON.parse(text)).runs.map(run => ({ ...run, state: 'closed' }));
  } catch (cause) {
    throw new InventoryError('report-unreadable', `${results.place}/${key} is damaged, or of another version`, {
      remedy: 'Name a day with --date or --since: the manifests themselves are read then.',
      cause,
    });
  }
};

const readRun = async (
  results: Results,
  { date, key }: { readonly date: RunDate; readonly key: string },
): Promise<ClosedRun | DamagedRun> => {
  const text = (await results.readText(key)) ?? '';
  try {
    const { run, retryOf, complete, startedAt, finishedAt, totals } = manifestSchema.parse(JSON.parse(text));
    return { state: 'closed', run, retryOf, complete, date, startedAt, finishedAt, totals };
  } catch {
    return { state: 'damaged', run: key.replace(/^.*\/run_|\.json$/g, ''), date, key };
  }
};

/** From one day to another, both included. */
export const daysBetween = (first: RunDate, last: RunDate): RunDate[] => {
  const days: RunDate[] = [];
  for (let time = Date.parse(first); time <= Date.parse(last); time += dayMilliseconds)
    days.push(new Date(time).toISOString().slice(0, 10));
  return days;
};

/** In no order. One that is damaged hides none of the others. */
export const runsOfDays = async (
  results: Results,
  prefix: string,
  days: readonly RunDate[],
): Promise<(ClosedRun | DamagedRun)[]> => {
  const limit = pLimit(readsAtOnce);
  const listed = await limit.map(days, async date => {
    const keys = await results.listKeys(manifestKey(prefix, date, '').replace(/\.json$/, ''));
    return keys.filter(key => key.endsWith('.json')).map(key => ({ date, key }));
  });
  return await limit.map(listed.flat(), place => readRun(results, place));
};

// `--retry RUN`: the failed and partial accounts of an old manifest.
import { InventoryError } from '../contract/errors.ts';
import { latestSchema, manifestSchema } from '../contract/manifest.ts';
import { latestKey, manifestKey, runDatePattern } from '../contract/report-keys.ts';
import type { ResultStore } from './result-store.ts';

export interface RetriedRun {
  readonly of: string;
  readonly ids: readonly string[];
}

const dateOf = async (run: string, store: ResultStore, prefix: string): Promise<string> => {
  const stored = await store.getText(latestKey(prefix));
  const latest = stored === undefined ? undefined : latestSchema.safeParse(JSON.parse(stored.text)).data;
  const date = latest?.accounts.find(account => account.run === run)?.runDate;
  if (date !== undefined) return date;
  throw new InventoryError('run-not-found', `No account's newest entry is of the run ${JSON.stringify(run)}`, {
    remedy: `Name the day of the run as well: --retry YYYY-MM-DD/${run}`,
  });
};

/** `reference` is a run id, or `YYYY-MM-DD/<run id>` for a run that newer ones have replaced everywhere. */
export const readRetriedRun = async (reference: string, store: ResultStore, prefix: string): Promise<RetriedRun> => {
  const [first = '', second] = reference.split('/');
  const dated = second !== undefined && runDatePattern.test(first);
  const run = dated ? second : reference;
  const key = manifestKey(prefix, dated ? first : await dateOf(run, store, prefix), run);
  const stored = await store.getText(key);
  if (stored === undefined) throw new InventoryError('run-not-found', `There is no manifest ${store.place}/${key}`);
  const manifest = manifestSchema.parse(JSON.parse(stored.text));
  const ids = manifest.accounts
    .filter(account => account.outcome === 'failed' || account.outcome === 'partial')
    .map(account => account.id);
  return { of: run, ids };
};

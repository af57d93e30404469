// `--retry RUN`: the failed and partial accounts of an old manifest.
import type * as z from 'zod';
import { InventoryError } from '../contract/errors.ts';
import { latestSchema, manifestSchema } from '../contract/manifest.ts';
import { latestKey, manifestKey, runDatePattern } from '../contract/report-keys.ts';
import type { ResultStore } from './result-store.ts';

export interface RetriedRun {
  readonly of: string;
  readonly ids: readonly string[];
}

/** undefined when there is no such object; throws run-not-found when it is there and cannot be read. */
const readDocument = async <Schema extends z.ZodType>(key: string, schema: Schema, store: ResultStore) => {
  try {
    const stored = await store.getText(key);
    return stored === undefined ? undefined : schema.parse(JSON.parse(stored.text));
  } catch (cause) {
    const reason = cause instanceof InventoryError ? cause.message : 'it is damaged, or of another version';
    throw new InventoryError('run-not-found', `${store.place}/${key} cannot be read: ${reason}`, {
      remedy:
        'Allow this identity s3:GetObject on latest.json and run_*.json; restore an older version of a damaged one.',
      cause,
    });
  }
};

const dateOf = async (run: string, store: ResultStore, prefix: string): Promise<string> => {
  const latest = await readDocument(latestKey(prefix), latestSchema, store);
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
  const manifest = await readDocument(key, manifestSchema, store);
  if (manifest === undefined) throw new InventoryError('run-not-found', `There is no manifest ${store.place}/${key}`);
  const ids = manifest.accounts
    .filter(account => account.outcome === 'failed' || account.outcome === 'partial')
    .map(account => account.id);
  return { of: run, ids };
};

// The end of a run: the manifest is written last, then latest.json is brought up to date without losing another run's entries.
import { sleep } from '../clients/clock.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { type Latest, latestSchema, type Manifest } from '../contract/manifest.ts';
import { latestKey, manifestKey } from '../contract/report-keys.ts';
import { mergeLatest } from '../reports/latest.ts';
import type { ResultStore, StoredText } from './result-store.ts';

/** Runs that close at the same moment: each conflict means that one of them got through. */
const latestAttempts = 20;

interface ResultPlace {
  readonly prefix: string;
  readonly partition: string;
}

/** An orchestrator's role may be able to list accounts and nothing else: what it lacks is printed ready to paste. */
const statementFor = (store: ResultStore, { prefix, partition }: ResultPlace): string => {
  const bucket = store.place.replace('s3://', '');
  const statement = {
    Sid: 'CloseRuns',
    Effect: 'Allow',
    Action: ['s3:PutObject', 's3:GetObject'],
    Resource: ['*/run_*.json', 'latest.json'].map(name => `arn:${partition}:s3:::${bucket}/${prefix}/${name}`),
  };
  return `Add this statement to the orchestrator's role, and allow that role in the bucket policy: ${JSON.stringify(statement)}`;
};

const refused = (
  thrown: unknown,
  { store, key, place }: { store: ResultStore; key: string; place: ResultPlace },
): InventoryError => {
  const error = toInventoryError(thrown);
  const remedy = error.code === 'upload-refused' ? statementFor(store, place) : error.remedy;
  const message = `${store.place}/${key} could not be written: ${error.message}`;
  return new InventoryError('manifest-refused', message, { remedy, cause: thrown });
};

const parseLatest = (text: string, key: string): Latest => {
  try {
    return latestSchema.parse(JSON.parse(text));
  } catch (cause) {
    // Overwriting it would forget the newest entries of every account that this run did not visit.
    throw new InventoryError('latest-not-updated', `${key} is not a latest.json that this version can read`, { cause });
  }
};

/**
 * Who may not list the bucket is told AccessDenied for an object that does not exist yet. Creating it then succeeds
 * only if it truly is absent; otherwise the conflict comes back here and the refusal stands.
 */
const readLatest = async (store: ResultStore, key: string): Promise<StoredText | undefined> => {
  try {
    return await store.getText(key);
  } catch (thrown) {
    // Not after a passing error: a store that ignores conditions would then be emptied.
    if (toInventoryError(thrown).code !== 'upload-refused') throw thrown;
    const empty: Latest = { schemaVersion: 1, updatedAt: '', completeRun: null, runs: [], accounts: [] };
    const text = `${JSON.stringify(empty)}\n`;
    const created = await store.putTextIfUnchanged(key, text, null).catch(() => 'refused');
    if (created !== 'written') throw thrown;
    return await store.getText(key);
  }
};

const updateLatest = async (manifest: Manifest, store: ResultStore, prefix: string): Promise<void> => {
  const key = latestKey(prefix);
  for (let attempt = 0; attempt < latestAttempts; attempt += 1) {
    const stored = await readLatest(store, key);
    const merged = mergeLatest(stored === undefined ? undefined : parseLatest(stored.text, key), manifest);
    const text = `${JSON.stringify(merged)}\n`;
    if ((await store.putTextIfUnchanged(key, text, stored?.etag ?? null)) === 'written') return;
    await sleep(Math.random() * 100 * (attempt + 1));
  }
  throw new InventoryError('latest-not-updated', `${key} was changed by others ${latestAttempts} times in a row`);
};

export interface ClosedRun {
  /** Key of the manifest, or null when it could not be written. */
  readonly manifestKey: string | null;
  readonly problems: readonly InventoryError[];
}

/** `prefix` is the one of manifests (reports.otherPrefix when set). Never throws: a run that was made is told about. */
export const closeRun = async (manifest: Manifest, store: ResultStore, prefix: string): Promise<ClosedRun> => {
  const key = manifestKey(prefix, manifest.date, manifest.run);
  const place = { prefix, partition: manifest.partition };
  try {
    await store.putText(key, `${JSON.stringify(manifest, null, 1)}\n`);
  } catch (thrown) {
    return { manifestKey: null, problems: [refused(thrown, { store, key, place })] };
  }
  try {
    await updateLatest(manifest, store, prefix);
    return { manifestKey: key, problems: [] };
  } catch (thrown) {
    const error = toInventoryError(thrown);
    const problem =
      error.code === 'latest-not-updated' ? error : refused(thrown, { store, key: latestKey(prefix), place });
    return { manifestKey: key, problems: [problem] };
  }
};

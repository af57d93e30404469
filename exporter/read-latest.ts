// The first read of each refresh: latest.json, whole and of this version, or why it cannot be used.
import { createHash } from 'node:crypto';
import { giveWay, startStopwatch } from '../clients/clock.ts';
import type { Documents } from '../clients/results/documents.ts';
import { InventoryError } from '../contract/errors.ts';
import { type Latest, type LatestAccount, latestAccountSchema, latestSchema } from '../contract/manifest.ts';
import { latestKey } from '../contract/report-keys.ts';
import { splitLatest } from './split-latest.ts';

/** Rows by the SHA-1 of their bytes: one that has not changed is not parsed again, and stays the same object. */
export type KnownRows = ReadonlyMap<string, LatestAccount>;

export interface LatestQuestion {
  readonly documents: Documents;
  /** Of manifests and latest.json. */
  readonly prefix: string;
  /** Of the one that is known. */
  readonly unlessTag: string | undefined;
  readonly knownRows: KnownRows;
  readonly signal: AbortSignal;
}

export interface ReadLatest {
  readonly latest: Latest;
  readonly tag: string;
  readonly knownRows: KnownRows;
}

/** Ten thousand accounts are some twenty megabytes. */
const maxBytes = 256 * 1024 * 1024;
const milliseconds = 60_000;
/** Seconds of work after which others get their turn. */
const turn = 0.005;

/** An id that stands there twice would give two series of one name, which no reader of metrics accepts: the newer entry counts. */
const uniqueAccounts = (accounts: Iterable<LatestAccount>): LatestAccount[] => {
  const rows = new Map<string, LatestAccount>();
  for (const row of accounts) {
    const known = rows.get(row.id);
    if (known === undefined || row.runStartedAt >= known.runStartedAt) rows.set(row.id, row);
  }
  return [...rows.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
};

const parseRows = async (rows: readonly Buffer[], known: KnownRows): Promise<KnownRows> => {
  const parsed = new Map<string, LatestAccount>();
  let elapsed = startStopwatch();
  for (const row of rows) {
    const sha1 = createHash('sha1').update(row).digest('base64url');
    parsed.set(sha1, known.get(sha1) ?? latestAccountSchema.parse(JSON.parse(row.toString('utf8'))));
    if (elapsed() < turn) continue;
    await giveWay();
    elapsed = startStopwatch();
  }
  return parsed;
};

const parse = async (bytes: Buffer, place: string, known: KnownRows): Promise<Omit<ReadLatest, 'tag'>> => {
  try {
    const { head, rows } = await splitLatest(bytes);
    const latest = latestSchema.parse(JSON.parse(head));
    const knownRows = await parseRows(rows, known);
    return { latest: { ...latest, accounts: uniqueAccounts(knownRows.values()) }, knownRows };
  } catch (cause) {
    throw new InventoryError('report-unreadable', `${place} is damaged, or of another version`, {
      remedy: 'Restore an older version of it, or start a run: it writes a whole one.',
      cause,
    });
  }
};

/** `unchanged` when it is still the known one. Throws what reading throws, results-not-found or report-unreadable. */
export const readLatest = async (question: LatestQuestion): Promise<ReadLatest | 'unchanged'> => {
  const { documents, prefix, unlessTag, knownRows, signal } = question;
  const key = latestKey(prefix);
  const place = `${documents.place}/${key}`;
  const answer = await documents.read({ key, unlessTag, maxBytes, milliseconds, signal });
  if (answer.kind === 'unchanged') return 'unchanged';
  if (answer.kind === 'read') return { ...(await parse(answer.bytes, place, knownRows)), tag: answer.tag };
  if (answer.kind === 'absent') {
    throw new InventoryError('results-not-found', `${place} is not there: no run has ended yet, or it ended elsewhere`);
  }
  throw new InventoryError('report-unreadable', `${place} has ${answer.bytes} bytes, more than ${maxBytes}`, {
    remedy: 'Restore an older version of it.',
  });
};

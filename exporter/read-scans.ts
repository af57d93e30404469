// The second part of a refresh: the scan.json of each account whose checksum is not known yet → digests, and what is wrong.
import pLimit from 'p-limit';
import { giveWay } from '../clients/clock.ts';
import type { Documents } from '../clients/results/documents.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import type { LatestAccount } from '../contract/manifest.ts';
import type { UploadedReport } from '../contract/outcome.ts';
import { reportOf } from '../reports/choose-entries.ts';
import { digestAccount } from './digest-account.ts';
import { fetchReport, type ReportFault } from './fetch-report.ts';
import type { Pool } from './intern.ts';
import type { AccountDigest, ReportProblem } from './snapshot.ts';

export interface ScanBook {
  /** By account: of the newest scan that could be read. */
  readonly digests: Map<string, AccountDigest>;
  /** By checksum: what will never be any better, and is not asked for again. */
  readonly hopeless: Map<string, ReportProblem>;
}

export interface ScanReading {
  readonly documents: Documents;
  readonly book: ScanBook;
  readonly pool: Pool;
  readonly now: () => string;
  readonly signal: AbortSignal;
  /** Called when the book has something new. */
  readonly note: () => void;
}

export interface ReadScans {
  readonly problems: readonly ReportProblem[];
  readonly read: number;
  readonly bytes: number;
}

const atOnce = 24;
const maxBytes = 32 * 1024 * 1024;
const milliseconds = 15_000;
/** So many in a row without an answer: S3 is out of reach, and the rest would only wait as long. */
const patience = 8;

const oneByOne = pLimit(1);

/** What the bytes are, and not where they lie. */
const isHopeless = ({ reason }: ReportFault): boolean => reason === 'corrupt' || reason === 'foreign';

const readScan = async (reading: ScanReading, account: string, report: UploadedReport) => {
  const { documents, signal, book, pool, now } = reading;
  const fetched = await fetchReport({ documents, signal, maxBytes, milliseconds }, report);
  if (!('bytes' in fetched)) return { ...fetched, bytes: 0 };
  const question = { account, sha256: report.sha256, now: now(), pool };
  // One after the other: two dozen that arrive together would keep a scrape waiting.
  const digest = await oneByOne(async () => {
    await giveWay();
    return digestAccount(fetched.bytes, question);
  });
  if ('reason' in digest) {
    const problem = { account, key: report.key, ...digest };
    if (isHopeless(digest)) book.hopeless.set(report.sha256, problem);
    return { ...problem, bytes: fetched.bytes.length };
  }
  book.digests.set(account, digest);
  reading.note();
  return { bytes: fetched.bytes.length };
};

interface Wanted {
  readonly account: string;
  readonly report: UploadedReport;
}

const findWanted = (rows: readonly LatestAccount[], { digests, hopeless }: ScanBook): Wanted[] =>
  rows.flatMap(row => {
    const report = reportOf(row, 'scan');
    if (report === undefined || digests.get(row.id)?.sha256 === report.sha256) return [];
    return hopeless.has(report.sha256) ? [] : { account: row.id, report };
  });

/** Forgets what no row names any more: accounts that have left, and reports that newer ones have replaced. */
const tidy = (rows: readonly LatestAccount[], { digests, hopeless }: ScanBook): void => {
  const ids = new Set(rows.map(({ id }) => id));
  const named = new Set(rows.flatMap(row => reportOf(row, 'scan')?.sha256 ?? []));
  for (const id of digests.keys()) if (!ids.has(id)) digests.delete(id);
  for (const sha256 of hopeless.keys()) if (!named.has(sha256)) hopeless.delete(sha256);
};

/**
 * Brings the book up to these rows. One report that cannot be used is a problem, and the older digest stays; throws
 * results-unavailable when nothing answers any more: what was read until then is in the book.
 */
export const readScans = async (rows: readonly LatestAccount[], reading: ScanReading): Promise<ReadScans> => {
  const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
  const problems: ReportProblem[] = [...reading.book.hopeless.values()];
  const done = { read: 0, bytes: 0, unanswered: 0 };
  const readOne = async ({ account, report }: Wanted): Promise<void> => {
    try {
      const { bytes, ...answer } = await readScan(reading, account, report);
      done.unanswered = 0;
      done.read += 1;
      done.bytes += bytes;
      if ('reason' in answer) problems.push({ account, key: report.key, ...answer });
    } catch (thrown) {
      if (reading.signal.aborted) throw thrown;
      const error = toInventoryError(thrown);
      done.unanswered += error.code === 'results-unavailable' ? 1 : 0;
      if (done.unanswered >= patience || !(thrown instanceof InventoryError)) throw error;
      problems.push({ account, key: report.key, reason: 'unreadable', message: error.message });
    }
  };
  try {
    await limit.map(findWanted(rows, reading.book), readOne);
  } catch (thrown) {
    limit.clearQueue();
    throw thrown;
  } finally {
    reading.pool.forget();
  }
  tidy(rows, reading.book);
  return { problems: problems.sort((a, b) => (a.account < b.account ? -1 : 1)), read: done.read, bytes: done.bytes };
};

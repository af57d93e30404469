// Results of a bucket: documents are read anew each time, reports come through the cache.
import pLimit from 'p-limit';
import { InventoryError } from '../../contract/errors.ts';
import type { AwsConnection } from '../aws/connection.ts';
import { connectionRemedy, describeAwsError } from '../aws/errors.ts';
import { type Bucket, type BucketPlace, closeBucket, getObject, openBucket } from '../aws/s3.ts';
import { listKeys, openObject } from '../aws/s3-download.ts';
import { openReportCache, type ReportCache } from './report-cache.ts';
import type { FoundReports, LocalReport, MissingReport, Results, WantedReport } from './results.ts';

export interface BucketResultsOptions {
  /** Of the reports of this bucket. */
  readonly cacheDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

/** Downloads at once: enough to fill a line, and few files half written when somebody stops. */
const atOnce = 16;
const daysKept = 60;

const explain = (thrown: unknown, what: string): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const facts = describeAwsError(thrown);
  const said = `${what}: S3 answered ${facts.code}${facts.message === '' ? '' : `: ${facts.message}`}`;
  if (facts.kind === 'no-credentials' || facts.kind === 'credentials-expired') {
    return new InventoryError('no-credentials', said, { cause: thrown });
  }
  if (facts.kind === 'not-found') return new InventoryError('results-not-found', said, { cause: thrown });
  if (facts.kind === 'denied') return new InventoryError('results-denied', said, { cause: thrown });
  return new InventoryError('results-unavailable', said, { remedy: connectionRemedy(facts), cause: thrown });
};

/** What S3 throws, as the errors of who reads results. */
export const attempt = async <Result>(what: string, run: () => Promise<Result>): Promise<Result> => {
  try {
    return await run();
  } catch (thrown) {
    throw explain(thrown, what);
  }
};

interface Download {
  readonly bucket: Bucket;
  readonly cache: ReportCache;
  readonly signal: AbortSignal | undefined;
}

type Stored = { readonly path: string } | { readonly reason: string };

const storeVersion = async (
  { bucket, cache, signal }: Download,
  { report }: WantedReport,
  versionId: string | undefined,
): Promise<Stored | 'other version'> => {
  const object = await openObject(bucket, { key: report.key, versionId }, signal);
  if (object === undefined) return { reason: `${report.key} is not there` };
  if (versionId === undefined && report.versionId !== null && object.versionId !== report.versionId) {
    object.body.destroy();
    return 'other version';
  }
  const stored = await cache.store(report.sha256, object.body);
  if ('path' in stored) return stored;
  return { reason: `${report.key} has the SHA-256 ${stored.sha256}, the manifest says ${report.sha256}` };
};

/** The newest version nearly always is the manifest's, and needs no right of its own: the named one is asked for after that. */
const download = async (edges: Download, wanted: WantedReport): Promise<Stored> => {
  const { report, account } = wanted;
  return await attempt(`reading the report of account ${account}, ${report.key}`, async () => {
    const newest = await storeVersion(edges, wanted, undefined);
    if (newest !== 'other version') return newest;
    const named = await storeVersion(edges, wanted, report.versionId ?? undefined);
    return named === 'other version' ? { reason: `${report.key} has no version ${report.versionId}` } : named;
  });
};

const findReports = async (edges: Download, wanted: readonly WantedReport[]): Promise<FoundReports> => {
  const missing: MissingReport[] = [];
  const fetched = { reports: 0, bytes: 0 };
  const limit = pLimit({ concurrency: atOnce, rejectOnClear: true });
  const findReport = async (one: WantedReport): Promise<LocalReport[]> => {
    const { account, report } = one;
    if (!/^[0-9a-f]{64}$/.test(report.sha256)) {
      missing.push({ account, reason: `the manifest's SHA-256 of ${report.key} is none` });
      return [];
    }
    const cached = await edges.cache.find(report.sha256, report.bytes);
    if (cached !== undefined) return [{ account, path: cached }];
    const stored = await download(edges, one);
    if ('reason' in stored) {
      missing.push({ account, reason: stored.reason });
      return [];
    }
    fetched.reports += 1;
    fetched.bytes += report.bytes;
    return [{ account, path: stored.path }];
  };
  try {
    const reports = (await limit.map(wanted, findReport)).flat();
    if (fetched.reports > 0) await edges.cache.prune(daysKept);
    return { reports, missing, fetched };
  } catch (thrown) {
    // What has not begun need not: the first refusal is what everybody else would be told.
    limit.clearQueue();
    throw thrown;
  }
};

/** Calls nothing yet. Close it, or its connections hold the process open. */
export const openBucketResults = (
  connection: AwsConnection,
  place: BucketPlace,
  { cacheDirectory, signal }: BucketResultsOptions,
): Results => {
  const bucket = openBucket(connection, place);
  const edges = { bucket, cache: openReportCache(cacheDirectory), signal };
  return {
    place: `s3://${place.name}`,
    readText: key => attempt(`reading ${key}`, async () => (await getObject(bucket, key))?.text),
    listKeys: prefix => attempt(`listing ${prefix}`, () => listKeys(bucket, prefix)),
    findReports: wanted => findReports(edges, wanted),
    close: () => closeBucket(bucket),
  };
};

// Reports directory → bucket: each report is checked, then sent; at the end the list of what was sent, and the verdict.
import type { FileHandle } from 'node:fs/promises';
import { describeAwsError } from '../clients/aws/errors.ts';
import { type Bucket, putObject, textBody, type WrittenObject } from '../clients/aws/s3.ts';
import { timestamp } from '../clients/clock.ts';
import type { ContainerEnd } from '../clients/container-program.ts';
import type { Log } from '../clients/log.ts';
import { untilStopped } from '../clients/until-stopped.ts';
import type { ErrorCode } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import type { UploadedReport } from '../contract/outcome.ts';
import { type ReportPlace, reportKey, uploadRecordKey } from '../contract/report-keys.ts';
import type { UploadRecord } from '../contract/upload-record.ts';
import { explainUpload } from './refusals.ts';
import { type CheckedReport, checkReport, openReport, readPieces } from './report-file.ts';
import { type Candidate, listReports, type RejectedFile } from './reports-directory.ts';
import { readScanVerdict } from './scan-verdict.ts';
import { decideEnd, type UploadFacts } from './verdict.ts';

export interface UploadRequest {
  readonly bucket: Bucket;
  readonly place: ReportPlace;
  readonly run: string;
  readonly directory: string;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One write, with what S3 said told in the catalogue's words. */
const write = async (
  request: UploadRequest,
  key: string,
  run: () => Promise<WrittenObject>,
): Promise<WrittenObject> => {
  try {
    // The SDK hears the signal only once it has credentials; it resolves them once for all writes.
    await untilStopped(request.bucket.client.config.credentials(), request.signal);
    return await run();
  } catch (thrown) {
    if (request.signal.aborted || thrown instanceof InventoryError) throw thrown;
    const { code, message, remedy } = explainUpload(describeAwsError(thrown), request.bucket, key);
    throw new InventoryError(code, message, { remedy, cause: thrown });
  }
};

const metadataOf = ({ run, place }: UploadRequest, sha256: string) => ({ run, account: place.accountId, sha256 });

const writeChecked = (request: UploadRequest, key: string, report: CheckedReport & { readonly handle: FileHandle }) =>
  write(request, key, async () => {
    const { bucket, signal } = request;
    const { content, sha256, handle } = report;
    const facts = { key, sha256, metadata: metadataOf(request, sha256) };
    if (content !== undefined) return putObject(bucket, { ...facts, body: content }, { signal });
    // Loaded for large reports alone, because loading costs every other upload a part of its time.
    const { partSize, putLargeObject } = await import('../clients/aws/s3-multipart.ts');
    return putLargeObject(bucket, { ...facts, parts: readPieces(handle, partSize) }, signal);
  });

interface SentReport {
  readonly report: UploadedReport;
  readonly scan: UploadRecord['scan'];
}

const sendReport = async (request: UploadRequest, candidate: Candidate): Promise<SentReport> => {
  const { place, signal, directory } = request;
  const { kind } = candidate;
  const handle = await openReport(directory, candidate.file);
  try {
    const checked = await checkReport(handle, { ...candidate, accountId: place.accountId }, signal);
    const scan = kind === 'scan' ? readScanVerdict(checked.content, request.run) : undefined;
    const key = reportKey(place, kind);
    const { versionId } = await writeChecked(request, key, { ...checked, handle });
    const report = { kind, key, versionId, sha256: checked.sha256, bytes: checked.bytes };
    return { report, scan };
  } finally {
    await handle.close();
  }
};

/** Sends one after the other; what is wrong with one report keeps none of the others back. */
const sendReports = async (request: UploadRequest): Promise<UploadFacts> => {
  const listing = await listReports(request.directory);
  const sent: UploadedReport[] = [];
  const rejected: RejectedFile[] = [...listing.rejected];
  const unsent: InventoryError[] = [];
  let scan: UploadRecord['scan'];
  for (const candidate of listing.candidates) {
    request.signal.throwIfAborted();
    try {
      const done = await sendReport(request, candidate);
      sent.push(done.report);
      scan ??= done.scan;
    } catch (thrown) {
      if (request.signal.aborted || !(thrown instanceof InventoryError)) throw thrown;
      if (thrown.code === 'report-rejected') rejected.push({ file: candidate.file, reason: thrown.message });
      else unsent.push(thrown);
    }
  }
  for (const { file, reason } of rejected) request.log.warn({ file, reason }, 'report rejected');
  for (const file of listing.unfinished) request.log.warn({ file }, 'unfinished report ignored');
  return { scan, sent, rejected, unsent, unfinished: listing.unfinished };
};

/** Written last: a reader who finds it finds everything that it lists. */
const writeRecord = async (request: UploadRequest, facts: UploadFacts, end: ContainerEnd): Promise<void> => {
  const { reports: _listedInFull, ...outcome } = end.message;
  const record: UploadRecord = {
    schemaVersion: 1,
    run: request.run,
    account: request.place.accountId,
    finishedAt: timestamp(),
    outcome,
    ...(facts.scan === undefined ? {} : { scan: facts.scan }),
    reports: [...facts.sent],
    rejected: [...facts.rejected],
  };
  const { body, sha256 } = textBody(`${JSON.stringify(record, undefined, 2)}\n`);
  const key = uploadRecordKey(request.place);
  const { bucket, signal } = request;
  await write(request, key, () =>
    putObject(bucket, { key, body, sha256, metadata: metadataOf(request, sha256) }, { signal }),
  );
};

const outOfReach: ReadonlySet<ErrorCode> = new Set(['upload-unavailable', 'no-credentials', 'settings-invalid']);

/** Throws when the signal aborts, template-unusable without a directory, and otherwise tells everything in the result. */
export const uploadReports = async (request: UploadRequest): Promise<ContainerEnd> => {
  const facts = await sendReports(request);
  const end = decideEnd(facts);
  // Out of reach for a report is out of reach for the list: the Job is repeated, and writes it then.
  if (end.message.code !== undefined && outOfReach.has(end.message.code)) return end;
  try {
    await writeRecord(request, facts, end);
    return end;
  } catch (thrown) {
    if (request.signal.aborted || !(thrown instanceof InventoryError)) throw thrown;
    return decideEnd({ ...facts, unsent: [...facts.unsent, thrown] });
  }
};

// What was sent, what was not, and what the scan said → how the pod ends. Pure: the uploader speaks for the whole Job.
import type { ContainerEnd } from '../clients/container-program.ts';
import { type ErrorCode, errorCatalogue } from '../contract/error-catalogue.ts';
import type { InventoryError } from '../contract/errors.ts';
import { reconFile } from '../contract/names.ts';
import type { ContainerMessage, UploadedReport } from '../contract/outcome.ts';
import type { UploadRecord } from '../contract/upload-record.ts';
import type { RejectedFile } from './reports-directory.ts';

export interface UploadFacts {
  /** The scan's own verdict; undefined when a foreign scanner left none, or a broken one. */
  readonly scan: UploadRecord['scan'];
  readonly sent: readonly UploadedReport[];
  readonly rejected: readonly RejectedFile[];
  readonly unfinished: readonly string[];
  /** Why reports did not reach the bucket: what explainUpload says of each. */
  readonly unsent: readonly InventoryError[];
}

/** What no retry mends comes first, so that the Job is not repeated for nothing. */
const byGravity: readonly ErrorCode[] = ['settings-invalid', 'no-credentials', 'upload-refused', 'upload-unavailable'];

const quoted = (file: string): string => JSON.stringify(file);

const rejectionText = (rejected: readonly RejectedFile[]): string[] =>
  rejected.length === 0
    ? []
    : [`rejected: ${rejected.map(({ file, reason }) => `${quoted(file)} (${reason})`).join(', ')}`];

/** Sentences about files that nobody asked to be read, but that nobody shall miss. */
const remarks = (facts: UploadFacts): string[] => [
  ...rejectionText(facts.rejected),
  ...(facts.unfinished.length === 0 ? [] : [`ignored as unfinished: ${facts.unfinished.map(quoted).join(', ')}`]),
];

const joined = (parts: readonly (string | undefined)[]): string =>
  parts.filter(part => part !== undefined && part !== '').join('; ');

interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  readonly exitCode?: number;
}

const findFailure = (facts: UploadFacts): Failure | undefined => {
  const gravest = facts.unsent.toSorted((a, b) => byGravity.indexOf(a.code) - byGravity.indexOf(b.code))[0];
  if (gravest !== undefined) {
    const others = facts.unsent.filter(error => error !== gravest).map(error => error.message);
    return {
      code: gravest.code,
      message: joined([gravest.message, ...others, facts.scan?.message]),
      remedy: gravest.remedy,
    };
  }
  if (facts.scan?.outcome === 'failed') {
    const code = facts.scan.code ?? 'report-missing';
    const message = facts.scan.message ?? 'the scan failed and did not say why';
    // Whatever the scan's code means elsewhere, here the Job ends without a usable report.
    return { code, message, remedy: facts.scan.remedy, exitCode: code === 'credentials-expired' ? 45 : 44 };
  }
  if (facts.sent.some(report => report.kind === 'recon')) return undefined;
  const isRejected = facts.rejected.some(({ file }) => file === reconFile);
  if (!isRejected) return { code: 'report-missing', message: `the scanners left no ${reconFile}` };
  const remedy = errorCatalogue['report-rejected'].remedy;
  return { code: 'report-missing', message: 'no inventory was sent', remedy };
};

/** What every message carries, however the pod ends. */
const commonOf = (facts: UploadFacts): Pick<ContainerMessage, 'counts' | 'reports'> => ({
  ...(facts.scan?.counts === undefined ? {} : { counts: facts.scan.counts }),
  reports: facts.sent.map(({ key: _followsFromKind, ...report }) => report),
});

const failedEnd = (failure: Failure, facts: UploadFacts): ContainerEnd => ({
  message: {
    outcome: 'failed',
    code: failure.code,
    message: joined([failure.message, ...remarks(facts)]),
    remedy: failure.remedy ?? errorCatalogue[failure.code].remedy,
    ...commonOf(facts),
  },
  exitCode: failure.exitCode ?? errorCatalogue[failure.code].exit,
});

/** The termination message and the exit code of `upload`, and so of the pod. */
export const decideEnd = (facts: UploadFacts): ContainerEnd => {
  const failure = findFailure(facts);
  if (failure !== undefined) return failedEnd(failure, facts);
  const isPartial = facts.scan?.outcome === 'partial';
  const message = joined([isPartial ? facts.scan?.message : undefined, ...remarks(facts)]);
  if (!isPartial && facts.rejected.length === 0) {
    return {
      message: { outcome: 'succeeded', ...(message === '' ? {} : { message }), ...commonOf(facts) },
      exitCode: 0,
    };
  }
  const code = (isPartial ? facts.scan?.code : undefined) ?? (isPartial ? 'services-failed' : 'report-rejected');
  const remedy = (isPartial ? facts.scan?.remedy : undefined) ?? errorCatalogue[code].remedy;
  return { message: { outcome: 'partial', code, message, remedy, ...commonOf(facts) }, exitCode: 0 };
};

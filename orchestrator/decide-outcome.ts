// A finished runner Job → the outcome of its account. Pure: termination messages decide, exit codes only where there is none.
import { type ErrorCode, errorCatalogue } from '../contract/error-catalogue.ts';
import { containerNames } from '../contract/names.ts';
import type { ObservedContainer, ObservedJob } from '../contract/observed-job.ts';
import {
  type ContainerMessage,
  type Outcome,
  parseContainerMessage,
  type ScanCounts,
  type UploadedReport,
} from '../contract/outcome.ts';
import { type ReportPlace, reportKey } from '../contract/report-keys.ts';

export interface AccountVerdict {
  readonly outcome: Exclude<Outcome, 'skipped'>;
  readonly code: ErrorCode | null;
  readonly message: string | null;
  readonly remedy: string | null;
  readonly counts: ScanCounts | null;
  readonly reports: readonly UploadedReport[];
  /** The message had no room for all reports, or the pod is gone: upload_<account>.json has them. */
  readonly needsUploadRecord: boolean;
}

export const failedVerdict = (code: ErrorCode, message: string, remedy?: string): AccountVerdict => ({
  outcome: 'failed',
  code,
  message,
  remedy: remedy ?? errorCatalogue[code].remedy,
  counts: null,
  reports: [],
  needsUploadRecord: false,
});

/** The message named some of the reports and the record of all of them is not to be had. */
export const withoutRecord = (verdict: AccountVerdict, key: string): AccountVerdict =>
  verdict.outcome === 'failed'
    ? verdict
    : {
        ...verdict,
        outcome: 'partial',
        code: 'report-rejected',
        message: `more reports were uploaded than are named here, and their list ${key} cannot be read`,
        remedy: 'Allow the orchestrator s3:GetObject on upload_*.json under the prefix, then retry the account.',
      };

const find = (job: ObservedJob, name: string): ObservedContainer | undefined =>
  job.containers.find(container => container.name === name);

const messageOf = (job: ObservedJob, name: string): ContainerMessage | undefined =>
  parseContainerMessage(find(job, name)?.message);

const reportsOf = (message: ContainerMessage, place: ReportPlace): UploadedReport[] =>
  (message.reports ?? []).map(report => ({ ...report, key: reportKey(place, report.kind) }));

const findFailed = (job: ObservedJob): ObservedContainer | undefined =>
  job.containers.find(container => container.exitCode !== null && container.exitCode !== 0);

const killed = (container: ObservedContainer): boolean =>
  container.reason === 'OOMKilled' || container.exitCode === 137;

const fromFailedContainer = (container: ObservedContainer, job: ObservedJob): AccountVerdict => {
  const message = parseContainerMessage(container.message);
  if (message?.code !== undefined && message.outcome === 'failed') {
    const text = message.message ?? `the container ${container.name} failed`;
    return failedVerdict(message.code, text, message.remedy);
  }
  const facts = `the container ${container.name} ended with exit code ${container.exitCode}${container.reason === null ? '' : ` (${container.reason})`}`;
  const uploadStarted = find(job, containerNames.upload)?.startedAt != null;
  const consequence = uploadStarted ? '' : ', so upload did not start';
  const attempts = job.attempts > 1 ? ` in the last of ${job.attempts} attempts` : '';
  return failedVerdict(
    killed(container) ? 'container-killed' : 'container-failed',
    `${facts}${attempts}${consequence}`,
  );
};

const fromUpload = (upload: ContainerMessage, job: ObservedJob, place: ReportPlace): AccountVerdict => {
  const reports = reportsOf(upload, place);
  const counts = upload.counts ?? messageOf(job, containerNames.scan)?.counts ?? null;
  if (upload.outcome === 'succeeded' && reports.length === 0 && upload.reportsOmitted === undefined) {
    return { ...failedVerdict('report-missing', 'upload succeeded without having sent a report'), counts };
  }
  const beside = upload.outcome === 'failed' || job.phase === 'succeeded' ? undefined : findFailed(job);
  if (beside !== undefined) return { ...fromFailedContainer(beside, job), counts, reports };
  const code = upload.code ?? (upload.outcome === 'succeeded' ? null : 'unexpected');
  return {
    outcome: upload.outcome,
    code,
    message: upload.message ?? null,
    remedy:
      upload.outcome === 'succeeded' ? null : (upload.remedy ?? (code === null ? null : errorCatalogue[code].remedy)),
    counts,
    reports,
    needsUploadRecord: upload.reportsOmitted !== undefined,
  };
};

/** A pod that never got as far as a container's end: the image, a quota, no room, an eviction. */
const fromHindrance = (job: ObservedJob, hindrance: string): AccountVerdict => {
  const end = job.reason === null ? '' : ` (${job.reason})`;
  return failedVerdict('pod-not-run', `the Job ended${end} and its pod did not run to its end: ${hindrance}`);
};

const fromDeadline = (job: ObservedJob): AccountVerdict =>
  job.hindrance === null
    ? failedVerdict('job-deadline', `the Job ran into its deadline${job.message === null ? '' : `: ${job.message}`}`)
    : fromHindrance(job, job.hindrance);

/** `place` says where this account's reports lie. Call it with a finished Job only. */
export const decideOutcome = (job: ObservedJob, place: ReportPlace): AccountVerdict => {
  const upload = messageOf(job, containerNames.upload);
  const uploadEnded = find(job, containerNames.upload)?.exitCode ?? null;
  if (upload !== undefined && uploadEnded !== null) return fromUpload(upload, job, place);
  if (job.reason === 'DeadlineExceeded') return fromDeadline(job);
  const failed = findFailed(job);
  // An evicted pod's containers end with 137 like one that ran out of memory: the pod says which it was.
  if (job.phase === 'failed' && job.hindrance !== null && (failed === undefined || killed(failed))) {
    return fromHindrance(job, job.hindrance);
  }
  if (failed !== undefined) return fromFailedContainer(failed, job);
  if (job.reason === 'SupervisorLost') {
    return failedVerdict('container-killed', 'the process that ran the Job was killed before it ended');
  }
  if (job.containers.length === 0) {
    return { ...failedVerdict('report-missing', 'the pod is gone and left no message'), needsUploadRecord: true };
  }
  if (job.phase === 'succeeded')
    return failedVerdict('report-missing', 'the Job succeeded but no report reached the bucket');
  return failedVerdict(
    'container-failed',
    `the Job failed: ${job.reason ?? 'without a reason'}${job.message === null ? '' : `: ${job.message}`}`,
  );
};

// One run from the first call to the last: accounts → plan → Jobs → outcomes → manifest → latest.json.

import { createHash } from 'node:crypto';
import { timestamp } from '../clients/clock.ts';
import type { Organization } from '../contract/account.ts';
import { InventoryError } from '../contract/errors.ts';
import type { Manifest, ManifestAccount } from '../contract/manifest.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { uploadRecordKey } from '../contract/report-keys.ts';
import type { RunnerTemplate } from '../contract/runner-job.ts';
import type { Selection } from '../contract/selection.ts';
import { type UploadRecord, uploadRecordSchema } from '../contract/upload-record.ts';
import { version } from '../contract/version.ts';
import type { JobBackend, RunBeginning } from './backend.ts';
import { compareCoverage } from './coverage-falls.ts';
import { type AccountVerdict, withoutRecord } from './decide-outcome.ts';
import { type ClosedRun, closeRun } from './finish.ts';
import type { FinishedAccount } from './followed-run.ts';
import { refuseCancelled } from './following.ts';
import { buildManifest, finishedRow, isClean, skippedRow, unknownRow } from './manifest.ts';
import { type PlannedAccount, planRun, type RunPlan, selectionOf } from './plan.ts';
import type { RunProgress } from './progress.ts';
import type { ResultStore } from './result-store.ts';
import { readRetriedRun } from './retry.ts';
import { runJobs } from './run-jobs.ts';

export interface RunEdges {
  readonly backend: JobBackend;
  readonly store: ResultStore;
  /** Reads no more of the Organization than the selection needs. */
  readonly readAccounts: (selection: Selection) => Promise<Organization>;
  /** Partition of the caller's own ARN. */
  readonly readPartition: () => Promise<string>;
  readonly progress: RunProgress;
}

export interface RunOptions {
  readonly run: string;
  readonly settings: RunSettings;
  readonly region: string;
  readonly bucket: string;
  readonly maxRunning: number;
  readonly retry?: string | undefined;
  readonly signal: AbortSignal;
}

export interface RunResult extends ClosedRun {
  readonly manifest: Manifest;
  readonly exitCode: 0 | 3;
}

const templateVersion = (template: RunnerTemplate): string =>
  createHash('sha256').update(JSON.stringify(template.spec)).digest('hex').slice(0, 12);

/** A Job without a deadline could hold its slot until the end of the run: it gets one where the template has none. */
const jobSecondsOf = (settings: RunSettings, template: RunnerTemplate): number =>
  settings.run.accountDeadline ?? template.spec?.jobTemplate.spec?.activeDeadlineSeconds ?? 3000;

/** Manifests are among everything but recon. */
const manifestPrefix = ({ reports }: RunSettings): string => reports.otherPrefix ?? reports.prefix;

const makePlan = async (
  options: RunOptions,
  edges: RunEdges,
  template: RunnerTemplate,
  begun: RunBeginning,
): Promise<RunPlan> => {
  const { settings, run, region, bucket } = options;
  const retry =
    options.retry === undefined
      ? undefined
      : await readRetriedRun(options.retry, edges.store, manifestPrefix(settings));
  const partition = await edges.readPartition();
  const organization = await edges.readAccounts(selectionOf(settings));
  const jobSeconds = jobSecondsOf(settings, template);
  const plan = planRun(organization, settings, { ...begun, run, partition, region, bucket, jobSeconds, retry });
  if (plan.planned.length > 0 || plan.unknownIds.length > 0 || retry !== undefined) return plan;
  throw new InventoryError(
    'settings-invalid',
    `The selection leaves none of ${organization.accounts.length} accounts to scan`,
    {
      remedy: 'Widen accounts.include, accounts.organizationalUnits, accounts.tags or accounts.names.',
    },
  );
};

const readUploadRecord = async (planned: PlannedAccount, edges: RunEdges): Promise<UploadRecord | undefined> => {
  try {
    const stored = await edges.store.getText(uploadRecordKey(planned.facts));
    const record = stored === undefined ? undefined : uploadRecordSchema.parse(JSON.parse(stored.text));
    // A later run of the same day writes the same key.
    if (record?.run === planned.facts.run) return record;
  } catch (thrown) {
    edges.progress.warned('upload record not readable', { account: planned.account.id, reason: String(thrown) });
  }
  return undefined;
};

/** Reports that the termination message could not name stand in the uploader's own record. */
const completeVerdict = async (
  { verdict, planned, job }: FinishedAccount,
  edges: RunEdges,
): Promise<AccountVerdict> => {
  if (!verdict.needsUploadRecord) return verdict;
  const record = await readUploadRecord(planned, edges);
  const hasPod = job !== undefined && job.containers.length > 0;
  if (record === undefined) return hasPod ? withoutRecord(verdict, uploadRecordKey(planned.facts)) : verdict;
  return hasPod ? { ...verdict, reports: record.reports } : leftVerdict(record);
};

const leftVerdict = (record: UploadRecord): AccountVerdict => {
  const { outcome, code = null, message = null, remedy = null } = record.outcome;
  const counts = record.scan?.counts ?? null;
  return { outcome, code, message, remedy, counts, reports: record.reports, needsUploadRecord: false };
};

/** Time that a run needs for its manifest, before whoever would end it does. */
const closingSeconds = 300;

/** The run's own deadline, brought forward when somebody else would end the orchestrator before it. */
const deadlineOf = (begun: RunBeginning, settings: RunSettings, progress: RunProgress): AbortSignal => {
  const own = Date.parse(begun.deadlineFrom) + settings.run.deadline * 1000;
  const latest = begun.endsBefore === null ? own : Date.parse(begun.endsBefore) - closingSeconds * 1000;
  if (latest < own) {
    const facts = { deadline: new Date(latest).toISOString(), endsBefore: begun.endsBefore };
    progress.warned('run.deadline lies after the end of the orchestrator’s own Job; it is brought forward', facts);
  }
  return AbortSignal.timeout(Math.max(1, Math.min(own, latest) - Date.now()));
};

const warnUnversioned = (rows: readonly ManifestAccount[], edges: RunEdges): void => {
  if (!rows.some(row => row.reports.some(report => report.versionId === null))) return;
  edges.progress.warned('the bucket is not versioned: a second run of a day overwrites its reports', {
    bucket: edges.store.place,
  });
};

/** A right that was taken away, or a region that was closed, must not pass as a smaller account. */
const warnFalls = (rows: readonly ManifestAccount[], edges: RunEdges): void => {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  for (const { id, coverageFell } of rows) {
    if (coverageFell === undefined) continue;
    const { from, to, run } = coverageFell;
    const facts = { account: id, from: percent(from), to: percent(to), since: run };
    edges.progress.warned('the coverage of an account fell', facts);
  }
};

/**
 * Throws only before the first Job exists, or when `signal` aborts; from then on every account's failure is a row. A run
 * with failed or partial accounts, or without a manifest, ends with 3.
 */
export const runOrganization = async (options: RunOptions, edges: RunEdges): Promise<RunResult> => {
  const { settings, run, signal, maxRunning } = options;
  const template = await edges.backend.readTemplate();
  const begun = await edges.backend.beginRun(run);
  const plan = await makePlan(options, edges, template, begun);
  edges.progress.planned(plan);

  const rows: ManifestAccount[] = [...plan.skipped.map(skippedRow), ...plan.unknownIds.map(unknownRow)];
  const limits = { retries: settings.run.retries, deadlineSeconds: jobSecondsOf(settings, template) };
  const deadline = deadlineOf(begun, settings, edges.progress);
  const ttlSeconds = template.spec?.jobTemplate.spec?.ttlSecondsAfterFinished ?? Number.POSITIVE_INFINITY;
  const finished = async (account: FinishedAccount): Promise<void> => {
    const row = finishedRow({ ...account, verdict: await completeVerdict(account, edges) });
    rows.push(row);
    edges.progress.finished(row);
  };
  await runJobs({
    plan,
    template,
    limits,
    maxRunning,
    signal,
    deadline,
    backend: edges.backend,
    progress: edges.progress,
    mayHaveExpired: Date.now() - Date.parse(begun.startedAt) > ttlSeconds * 1000,
    findLeftVerdict: async planned => {
      const record = await readUploadRecord(planned, edges);
      return record === undefined ? undefined : leftVerdict(record);
    },
    finished,
  });

  // A run that was cancelled in its last moment has no manifest either: its Jobs may have been deleted before they ended.
  await refuseCancelled(edges);
  warnUnversioned(rows, edges);
  const facts = { finishedAt: timestamp(), version, templateVersion: templateVersion(template) };
  const prefix = manifestPrefix(settings);
  const compared = await compareCoverage(rows, { store: edges.store, prefix, run: plan.run });
  warnFalls(compared, edges);
  const manifest = buildManifest(plan, compared, facts);
  const closed = await closeRun(manifest, edges.store, prefix);
  return { ...closed, manifest, exitCode: isClean(manifest) && closed.problems.length === 0 ? 0 : 3 };
};

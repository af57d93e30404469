// What the orchestrator needs from whoever keeps and runs Jobs: this machine or a Kubernetes API server.

import type { ObservedJob } from '../contract/observed-job.ts';
import type { RunDate } from '../contract/report-keys.ts';
import type { RunnerJob, RunnerTemplate } from '../contract/runner-job.ts';

export interface RunBeginning {
  /** RFC 3339, UTC: when the run was started for the first time, however often it was started again. */
  readonly startedAt: string;
  readonly date: RunDate;
  /** RFC 3339, UTC: what the run's deadline counts from. */
  readonly deadlineFrom: string;
  /** RFC 3339, UTC: when somebody else ends the orchestrator, whatever the settings say; null when nobody does. */
  readonly endsBefore: string | null;
}

export interface JobBackend {
  /** The suspended CronJob that gives every runner Job its shape; throws template-unusable when it cannot be run here. */
  readonly readTemplate: () => Promise<RunnerTemplate>;
  /** Fixes the run's beginning at the first call and returns the same at every later one. */
  readonly beginRun: (run: string) => Promise<RunBeginning>;
  /** Whoever keeps the run has given it up, as by deleting the orchestrator's own Job: its Jobs are being removed. */
  readonly isCancelled: () => Promise<boolean>;
  /** `exists` when a Job of this name is there already: it is not touched. */
  readonly createJob: (job: RunnerJob) => Promise<'created' | 'exists'>;
  readonly readJob: (name: string) => Promise<ObservedJob | undefined>;
  readonly listJobs: (run: string) => Promise<readonly ObservedJob[]>;
  /** Ends its containers with grace; resolves when nothing keeps them from ending any more. */
  readonly deleteJob: (name: string) => Promise<void>;
  /** Resolves when the status of some Job may have changed, after a few seconds in any case, and rejects when the signal aborts. */
  readonly waitForChange: (signal: AbortSignal) => Promise<void>;
  /**
   * The orchestrator leaves before the end: of the Jobs that it followed, those that must not go on without it are ended,
   * so that the next start makes them anew. Some may have finished by now.
   */
  readonly leave: (followed: readonly string[]) => Promise<void>;
}

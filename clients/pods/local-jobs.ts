// The local backend: Jobs as the API server would keep them, in one directory, each run by a process of its own.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Job } from '@kubernetes/client-node';
import { InventoryError } from '../../contract/errors.ts';
import { labelNames } from '../../contract/names.ts';
import { hasFinished, type ObservedJob } from '../../contract/observed-job.ts';
import { deleteJobDirectory, discardJob } from './delete-job.ts';
import type { LocalImages } from './images.ts';
import { openJobChanges } from './job-changes.ts';
import { jobFiles, placeJob, readWhole } from './job-files.ts';
import { type KeptVolume, type LogFile, listKeptVolumes, listLogFiles } from './job-leavings.ts';
import { sightJob } from './observe-job.ts';
import { type SupervisorOptions, startSupervisor } from './start-supervisor.ts';
import { checkJobSpec } from './template-check.ts';

export interface LocalJobsOptions extends SupervisorOptions {
  /** Where Jobs live, one directory each; made when it is not there. Every orchestrator of it sees the same Jobs. */
  readonly directory: string;
  readonly images: LocalImages;
  /** Before a Job's second pod; doubles for each later one. Kubernetes' own 10 when not given. */
  readonly backoffSeconds?: number | undefined;
}

export interface LocalJobs {
  /**
   * `exists` when there is a Job of this name, whatever is in it. Throws template-unusable with every reason why it
   * cannot run here, and job-refused when its supervisor cannot be started.
   */
  readonly createJob: (job: V1Job) => Promise<'created' | 'exists'>;
  readonly readJob: (name: string) => Promise<ObservedJob | undefined>;
  /** All Jobs with the label of this run, by name. */
  readonly listJobs: (run: string) => Promise<ObservedJob[]>;
  /** Ends its processes with grace and removes all it left; resolves when the name is free. */
  readonly deleteJob: (name: string) => Promise<void>;
  /** Resolves when something may have changed since the last listJobs, at the latest after a second, or on the signal. */
  readonly waitForChange: (signal: AbortSignal) => Promise<void>;
  /** What failed pods left on their disk-backed volumes, which stays until the Job is deleted. */
  readonly keptVolumes: (name: string) => KeptVolume[];
  /** Each container's output, of every attempt. */
  readonly logFiles: (name: string) => LogFile[];
}

/** A name becomes a directory, so nothing else than a name may get here. */
const jobName = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/;

const placeOf = (jobs: string, name: string): string => {
  if (jobName.test(name)) return join(jobs, name);
  throw new InventoryError('template-unusable', `${JSON.stringify(name)} cannot be the name of a Job`);
};

const refuseUnusable = (job: V1Job, images: LocalImages): void => {
  const reasons = checkJobSpec(job.spec, images);
  if (reasons.length === 0) return;
  throw new InventoryError('template-unusable', `The local backend cannot run this Job: ${reasons.join('; ')}`, {
    remedy: 'Correct the runner template as listed, set local.images for your own images, or run it on Kubernetes.',
  });
};

const createJob = async (job: V1Job, options: LocalJobsOptions): Promise<'created' | 'exists'> => {
  const directory = placeOf(options.directory, job.metadata?.name ?? '');
  refuseUnusable(job, options.images);
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  const { images, backoffSeconds = 10 } = options;
  const record = { uid: randomUUID(), job, images, backoffSeconds };
  if (!placeJob(directory, record)) {
    if (readWhole(jobFiles(directory).spec) !== undefined) return 'exists';
    // Without a spec nobody can run it: what a machine that lost its power left must not block the account for ever.
    await discardJob(directory, undefined);
    if (!placeJob(directory, record)) return 'exists';
  }
  try {
    await startSupervisor(directory, options);
    return 'created';
  } catch (error) {
    // Nobody runs it: leaving it would make every later try of this account answer `exists`.
    if (readWhole(jobFiles(directory).supervisor) === undefined) await discardJob(directory, record.uid);
    throw error;
  }
};

const jobNames = (jobs: string): string[] => {
  try {
    return readdirSync(jobs)
      .filter(name => jobName.test(name))
      .sort();
  } catch {
    return [];
  }
};

/** Reads Jobs, and takes up what a process that is gone left half done: the start of a Job, or its deletion. */
const openJobReader = (options: LocalJobsOptions) => {
  const finished = new Map<string, { version: string; observed: ObservedJob }>();
  const underWay = new Set<string>();
  const takeUp = (name: string, work: Promise<unknown>) => {
    underWay.add(name);
    // What fails now is tried again at the next look.
    void work.catch(() => undefined).finally(() => underWay.delete(name));
  };
  return (name: string): ObservedJob | undefined => {
    const directory = placeOf(options.directory, name);
    const facts = statSync(directory, { bigint: true, throwIfNoEntry: false });
    if (facts === undefined) return undefined;
    // Every file of a Job is renamed into its directory, so the directory's time is its version.
    const version = `${facts.ino}@${facts.mtimeNs}`;
    const known = finished.get(name);
    if (known?.version === version) return known.observed;
    const sighting = sightJob(directory);
    if (sighting === undefined) return undefined;
    const { observed, abandoned, deletionLeft } = sighting;
    if (!underWay.has(name)) {
      if (deletionLeft) takeUp(name, deleteJobDirectory(directory));
      else if (abandoned) takeUp(name, startSupervisor(directory, options));
    }
    if (hasFinished(observed) && !observed.deleting) finished.set(name, { version, observed });
    return observed;
  };
};

/** Nothing is started or made before the first call. */
export const openLocalJobs = (options: LocalJobsOptions): LocalJobs => {
  const readJob = openJobReader(options);
  const changes = openJobChanges(options.directory);
  return {
    createJob: job => createJob(job, options),
    readJob: async name => readJob(name),
    listJobs: async run => {
      changes.mark();
      return jobNames(options.directory)
        .map(readJob)
        .filter(job => job?.labels[labelNames.run] === run)
        .filter(job => job !== undefined);
    },
    deleteJob: name => deleteJobDirectory(placeOf(options.directory, name)),
    waitForChange: changes.wait,
    keptVolumes: name => listKeptVolumes(placeOf(options.directory, name)),
    logFiles: name => listLogFiles(placeOf(options.directory, name)),
  };
};

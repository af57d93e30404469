// Part of the local backend: what stands in a Job's directory. The orchestrator's side and the supervisor meet here alone.
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { V1Job } from '@kubernetes/client-node';
import type { ObservedContainer, ObservedJob } from '../../contract/observed-job.ts';
import type { LocalImages } from './images.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** `spec.json`: stands there before the Job's directory has its name, and never changes. */
export interface JobRecord {
  readonly uid: string;
  readonly job: V1Job;
  readonly images: LocalImages;
  /** Before the second pod; doubles for each later one. */
  readonly backoffSeconds: number;
}

/** `status.json`: written by the supervisor, or by whoever notices that it is lost. */
export interface JobStatus {
  readonly phase: ObservedJob['phase'];
  readonly reason: string | null;
  readonly message: string | null;
  readonly attempts: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly podName: string | null;
  readonly containers: readonly ObservedContainer[];
  /** Leaders of the process groups that run now. */
  readonly processes: readonly ProcessIdentity[];
  /** Where the pod's memory-backed volumes are, null when there are none. */
  readonly memory: string | null;
}

export const jobFiles = (directory: string) =>
  ({
    spec: join(directory, 'spec.json'),
    supervisor: join(directory, 'supervisor.json'),
    status: join(directory, 'status.json'),
    /** Holds the identity of the process that deletes the Job. */
    deletion: join(directory, 'deletion.json'),
    supervisorLog: join(directory, 'kubelet.log'),
    attempts: join(directory, 'attempts'),
  }) as const;

export const attemptFiles = (directory: string, attempt: number) => {
  const root = join(directory, 'attempts', String(attempt));
  return {
    root,
    log: (container: string) => join(root, `${container}.log`),
    message: (container: string) => join(root, `${container}.message`),
    home: (container: string) => join(root, 'homes', container),
    homes: join(root, 'homes'),
    /** Disk-backed emptyDirs: what a failed pod leaves stays here. */
    volumes: join(root, 'volumes'),
    /** Volumes that are empty on this backend: tokens, optional secrets. */
    placeholders: join(root, 'placeholders'),
    /** Stands for tmpfs where there is none. */
    memory: join(root, 'memory'),
  } as const;
};

/** Changes whenever anything changed in any Job of the directory. */
export const bellFile = (jobs: string): string => join(jobs, '.changed');

export const ringBell = (jobs: string): void => writeFileSync(bellFile(jobs), randomUUID());

/** Whole or not at all: a reader never sees half a file. */
export const writeWhole = (path: string, content: unknown): void => {
  const making = `${path}.${process.pid}`;
  writeFileSync(making, JSON.stringify(content), { mode: 0o600 });
  renameSync(making, path);
};

export const isMissing = (error: unknown): boolean => (error as { code?: unknown }).code === 'ENOENT';

/** undefined when there is no such file, or one without its content, as a machine that lost its power leaves it. */
export const readWhole = <Content>(path: string): Content | undefined => {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Content;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/** Writes the file unless it exists: of two supervisors of one Job, exactly one gets true. */
export const claimJob = (directory: string, supervisor: ProcessIdentity): boolean => {
  const { supervisor: claim } = jobFiles(directory);
  const making = `${claim}.${supervisor.pid}`;
  writeFileSync(making, JSON.stringify(supervisor), { mode: 0o600 });
  try {
    linkSync(making, claim);
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(making, { force: true });
  }
};

/**
 * Makes the Job's directory with its spec inside, in one step: rename refuses a directory that holds something, so of two
 * callers exactly one gets true, and no directory is ever without its spec.
 */
export const placeJob = (directory: string, record: JobRecord): boolean => {
  const making = join(dirname(directory), `.creating-${record.uid}`);
  mkdirSync(making, { recursive: true, mode: 0o700 });
  writeWhole(jobFiles(making).spec, record);
  try {
    renameSync(making, directory);
    return true;
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    const { code } = error as { code?: unknown };
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
};

export const writeStatus = (directory: string, status: JobStatus): void => {
  writeWhole(jobFiles(directory).status, status);
  ringBell(dirname(directory));
};

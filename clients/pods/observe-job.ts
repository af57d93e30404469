// Part of the local backend: a Job's directory → what the orchestrator sees. Here a lost supervisor is noticed.
import { statSync } from 'node:fs';
import { hasFinished, type ObservedContainer, type ObservedJob } from '../../contract/observed-job.ts';
import { timestamp } from '../clock.ts';
import { attemptFiles, type JobRecord, type JobStatus, jobFiles, readWhole, writeStatus } from './job-files.ts';
import { isAlive, killPodProcesses, killRecordedGroup, type ProcessIdentity } from './process-identity.ts';
import { messageBytes, readMessage } from './termination-message.ts';
import { removeTree } from './volumes.ts';

/** A Job that nobody runs this long after the last start of a supervisor gets another one. */
const startGraceMilliseconds = 5_000;

export interface JobSighting {
  readonly observed: ObservedJob;
  /** No supervisor has taken the Job: whoever created it died in between. */
  readonly abandoned: boolean;
  /** Whose deletion was begun and not ended, because that process is gone. */
  readonly deletionLeft: boolean;
}

const fresh: JobStatus = {
  ...{ phase: 'pending', reason: null, message: null, attempts: 0, startedAt: null, finishedAt: null },
  ...{ podName: null, containers: [], processes: [], memory: null },
};

/** The container did not end before its supervisor, but it may have left its message. */
const lastWords = (directory: string, status: JobStatus, container: ObservedContainer): ObservedContainer => {
  if (container.startedAt === null || container.finishedAt !== null) return container;
  const path = attemptFiles(directory, status.attempts).message(container.name);
  return { ...container, message: readMessage(path, messageBytes(status.containers.length)) };
};

/** Ends what a lost supervisor left behind: processes first, then the volumes that hold credentials. */
export const cleanUpAfter = (directory: string, status: JobStatus): void => {
  const { podName, memory } = status;
  for (const leader of status.processes) killRecordedGroup(leader);
  // After the end of a pod only people stand in its directories.
  const directories = memory === null ? [] : [attemptFiles(directory, status.attempts).root, memory];
  if (podName !== null) killPodProcesses({ podName, directories });
  if (memory !== null) removeTree(memory);
};

const concludeLost = (directory: string, status: JobStatus): JobStatus => {
  cleanUpAfter(directory, status);
  const concluded: JobStatus = {
    ...status,
    phase: 'failed',
    reason: 'SupervisorLost',
    message: 'The process that ran this Job was killed, or the machine was restarted',
    finishedAt: timestamp(),
    containers: status.containers.map(container => lastWords(directory, status, container)),
    processes: [],
    memory: null,
  };
  try {
    writeStatus(directory, concluded);
  } catch {
    // A disk that is full, or a deletion that was faster: the next look concludes the same.
  }
  return concluded;
};

const readStatus = (directory: string, supervisor: ProcessIdentity | undefined): JobStatus => {
  const files = jobFiles(directory);
  // Looked at before the status: a supervisor that ends in between has written its last one by then.
  const supervised = supervisor === undefined || isAlive(supervisor);
  const status = readWhole<JobStatus>(files.status) ?? fresh;
  return supervised || hasFinished(status) ? status : concludeLost(directory, status);
};

/** The Job as it is now; undefined when there is none. A lost supervisor's leftovers are ended on the way. */
export const sightJob = (directory: string): JobSighting | undefined => {
  const files = jobFiles(directory);
  const record = readWhole<JobRecord>(files.spec);
  if (record === undefined) return undefined;
  const supervisor = readWhole<ProcessIdentity>(files.supervisor);
  const status = readStatus(directory, supervisor);
  const deleter = readWhole<ProcessIdentity>(files.deletion);
  const lastStart = statSync(files.spec, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  const { name = '', labels = {}, annotations = {} } = record.job.metadata ?? {};
  const { phase, reason, message, attempts, startedAt, finishedAt, containers } = status;
  return {
    observed: {
      ...{ name, labels, annotations, phase, reason, message, attempts, startedAt, finishedAt, containers },
      hindrance: null,
      deleting: deleter !== undefined,
    },
    abandoned: supervisor === undefined && Date.now() - lastStart > startGraceMilliseconds,
    deletionLeft: deleter !== undefined && !isAlive(deleter),
  };
};

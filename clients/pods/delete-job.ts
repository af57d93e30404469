// Part of the local backend: ends a Job's processes with grace, then frees its name.
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sleep } from '../clock.ts';
import { isMissing, type JobRecord, type JobStatus, jobFiles, readWhole, ringBell, writeWhole } from './job-files.ts';
import { cleanUpAfter } from './observe-job.ts';
import { identifyProcess, isAlive, type ProcessIdentity, signalProcess } from './process-identity.ts';
import { removeTree } from './volumes.ts';

/** The supervisor ends the pod, its own containers first and then the sidecars, each within the pod's grace. */
const endSupervisor = async (directory: string): Promise<void> => {
  const files = jobFiles(directory);
  const supervisor = readWhole<ProcessIdentity>(files.supervisor);
  const record = readWhole<JobRecord>(files.spec);
  if (supervisor !== undefined) {
    const graceSeconds = record?.job.spec?.template.spec?.terminationGracePeriodSeconds ?? 30;
    const patience = Date.now() + (2 * graceSeconds + 10) * 1000;
    signalProcess(supervisor, 'SIGTERM');
    while (isAlive(supervisor) && Date.now() < patience) await sleep(20);
    signalProcess(supervisor, 'SIGKILL');
  }
  const status = readWhole<JobStatus>(files.status);
  if (status !== undefined) cleanUpAfter(directory, status);
};

/**
 * Takes the directory out of its place when the Job in it is still this one (undefined: when it holds no spec); answers
 * where it lies then. undefined when another Job has the name by now, or none.
 */
const takeAway = (directory: string, uid: string | undefined): string | undefined => {
  const isExpected = (place: string) => readWhole<JobRecord>(jobFiles(place).spec)?.uid === uid;
  if (!isExpected(directory)) return undefined;
  const taken = join(dirname(directory), `.removed-${randomUUID()}`);
  try {
    renameSync(directory, taken);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
  if (isExpected(taken)) return taken;
  // Created between the look and the rename. Its supervisor finds it again, unless the name was taken once more.
  renameSync(taken, directory);
  return undefined;
};

/** Frees the name of the Job, and removes what it left; false when the name is another Job's by now, or free already. */
export const discardJob = async (directory: string, uid: string | undefined): Promise<boolean> => {
  const taken = takeAway(directory, uid);
  if (taken === undefined) return false;
  ringBell(dirname(directory));
  // A supervisor that was just starting may have claimed the Job: without its directory it would not know the end.
  await endSupervisor(taken);
  removeTree(taken);
  return true;
};

/** Deletes the Job with all it left; resolves when its name is free. A Job that is not there is deleted already. */
export const deleteJobDirectory = async (directory: string): Promise<void> => {
  const files = jobFiles(directory);
  const record = readWhole<JobRecord>(files.spec);
  if (record === undefined) return;
  writeWhole(files.deletion, identifyProcess(process.pid) ?? { pid: process.pid, started: '' });
  ringBell(dirname(directory));
  await endSupervisor(directory);
  // Another deleter may have been faster, and somebody may have created the Job anew since.
  await discardJob(directory, record.uid);
};

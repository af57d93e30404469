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
  if (status !== undefined) cleanUpAfter(status);
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
  if (readWhole<JobRecord>(files.spec)?.uid !== record.uid) return;
  const removed = join(dirname(directory), `.removed-${randomUUID()}`);
  try {
    renameSync(directory, removed);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  ringBell(dirname(directory));
  // A supervisor that was just starting has claimed the Job meanwhile: without its directory it would not know the end.
  await endSupervisor(removed);
  removeTree(removed);
};

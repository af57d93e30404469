// The supervisor of one local Job: a process of its own session, so that it outlives the orchestrator. Argument: the
// Job's directory. Says `claimed` or `taken` on stdout, once; what goes wrong with itself stands on stderr.
import { writeSync } from 'node:fs';
import { timestamp } from '../clock.ts';
import { claimJob, type JobRecord, type JobStatus, jobFiles, readWhole, writeStatus } from './job-files.ts';
import { cleanUpAfter } from './observe-job.ts';
import { identifyProcess } from './process-identity.ts';
import { runJob } from './run-job.ts';

const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => stop.abort());

const say = (word: string): void => {
  try {
    writeSync(1, `${word}\n`);
  } catch {
    // The orchestrator that started this process is gone; the Job goes on.
  }
};

const reportFailure = (directory: string, thrown: unknown): void => {
  const status = readWhole<JobStatus>(jobFiles(directory).status);
  if (status === undefined) return;
  cleanUpAfter(directory, status);
  const message = `The supervisor of the Job failed: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  const left = { processes: [], memory: null };
  const end = { phase: 'failed', reason: 'SupervisorLost', message, finishedAt: timestamp() } as const;
  writeStatus(directory, { ...status, ...left, ...end });
};

const supervise = async (directory: string): Promise<number> => {
  const self = identifyProcess(process.pid);
  if (self === undefined || !claimJob(directory, self)) {
    say('taken');
    return 0;
  }
  say('claimed');
  try {
    const record = readWhole<JobRecord>(jobFiles(directory).spec);
    if (record === undefined) throw new Error('it has no spec');
    await runJob({ directory, record, environment: process.env, signal: stop.signal });
    return 0;
  } catch (thrown) {
    console.error(thrown);
    reportFailure(directory, thrown);
    return 1;
  }
};

const [directory] = process.argv.slice(2);
if (directory === undefined) {
  console.error('usage: kubelet <directory of the Job>');
  process.exitCode = 2;
} else {
  process.exitCode = await supervise(directory);
}

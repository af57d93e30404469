// Supervisors that misbehave before they have their Job: each is a refusal of the Job, and no orchestrator's end.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { discardJob } from '../../../clients/pods/delete-job.ts';
import { openSampleJobs, readPids, runs, sampleJob, shell } from './sample-jobs.ts';

/** A supervisor as a shell script: `$0` is the Job's directory. */
const supervisor = (script: string) => ['/bin/sh', '-c', script];
const job = sampleJob({ containers: [shell('scan', 'true')] });

test('a Job’s directory that vanishes under its supervisor is a refusal', async () => {
  const jobs = openSampleJobs({ kubelet: supervisor('rm -rf "$0"') });
  await expect(jobs.createJob(job)).rejects.toMatchObject({
    code: 'job-refused',
    message: expect.stringContaining('it ended at once and left no log'),
  });
  expect(await jobs.readJob('sample')).toBeUndefined();
});

test('what a supervisor says to its log before it ends is the reason', async () => {
  const jobs = openSampleJobs({ kubelet: supervisor('echo no such thing >&2; exit 1') });
  await expect(jobs.createJob(job)).rejects.toMatchObject({
    code: 'job-refused',
    message: expect.stringContaining('it ended at once: no such thing'),
  });
});

test('a supervisor that says nothing is killed with its children after a while, and the name stays free', async () => {
  const jobs = openSampleJobs({
    kubelet: supervisor('echo $$ > "$0/../.pids"; sleep 60 & echo $! >> "$0/../.pids"; wait'),
    startSeconds: 0.5,
  });
  await expect(jobs.createJob(job)).rejects.toMatchObject({
    code: 'job-refused',
    message: expect.stringContaining('it said nothing for 0.5 s'),
  });
  const pids = readPids(join(jobs.directory, '.pids'));
  expect(pids).toHaveLength(2);
  while (pids.some(runs)) await jobs.waitForChange(AbortSignal.timeout(20));
  expect(await jobs.readJob('sample')).toBeUndefined();
  expect(await openSampleJobs({ directory: jobs.directory }).createJob(job)).toBe('created');
});

test('a Job that another process put in the place of a refused one is left alone', async () => {
  const other = JSON.stringify({ uid: 'another', job, images: {}, backoffSeconds: 1 });
  const script = `echo '${other}' > "$0/spec.json"`;
  const jobs = openSampleJobs({ kubelet: supervisor(script) });
  await expect(jobs.createJob(job)).rejects.toMatchObject({ code: 'job-refused' });
  expect(JSON.parse(readFileSync(join(jobs.directory, 'sample', 'spec.json'), 'utf8'))).toMatchObject({
    uid: 'another',
  });
});

test.each([
  ['what has no spec', undefined, true],
  ['the very Job', 'mine', true],
  ['a Job that was created since', 'another', false],
])('of a directory that was taken for one of ours, %s is discarded: %s → %s', async (_name, uid, isRemoved) => {
  const jobs = mkdtempSync(join(tmpdir(), 'discard-'));
  onTestFinished(() => rmSync(jobs, { recursive: true, force: true }));
  const directory = join(jobs, 'sample');
  mkdirSync(directory);
  if (uid !== undefined) writeFileSync(join(directory, 'spec.json'), JSON.stringify({ uid }));
  expect(await discardJob(directory, uid === undefined ? undefined : 'mine')).toBe(isRemoved);
  expect(await discardJob(join(jobs, 'absent'), undefined)).toBe(false);
});

// Jobs for the tests of the local backend: shell and node scripts as containers, in a directory of their own.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { V1Container, V1Job, V1JobSpec, V1PodSpec } from '@kubernetes/client-node';
import { onTestFinished } from 'vitest';
import { type LocalJobs, type LocalJobsOptions, openLocalJobs } from '../../../clients/pods/local-jobs.ts';
import { hasFinished, type ObservedJob } from '../../../contract/observed-job.ts';

export const kubelet = [process.execPath, fileURLToPath(new URL('../../../clients/pods/kubelet.ts', import.meta.url))];

export const images = {
  'test/sh': { command: ['/bin/sh', '-c'] },
  'test/node': { command: [process.execPath, '-e'] },
};

/** A container that runs a shell script; `/recon` and `/aws` are mounted, and stand in RECON and AWS_DIR. */
export const shell = (name: string, script: string, more: Partial<V1Container> = {}): V1Container => ({
  name,
  image: 'test/sh:1.0',
  args: [script],
  ...more,
  env: [
    { name: 'RECON', value: '/recon' },
    { name: 'MEMORY', value: '/memory' },
    { name: 'MESSAGE', value: '/dev/termination-log' },
    ...(more.env ?? []),
  ],
  volumeMounts: [
    { name: 'inventory-output', mountPath: '/recon' },
    { name: 'aws-creds', mountPath: '/memory' },
    ...(more.volumeMounts ?? []),
  ],
});

export interface SampleJob extends Partial<V1PodSpec> {
  readonly name?: string;
  readonly run?: string;
  readonly spec?: Partial<V1JobSpec>;
}

export const sampleJob = ({ name = 'sample', run = 'r1', spec = {}, ...pod }: SampleJob): V1Job => ({
  metadata: { name, namespace: 'inventory', labels: { 'aws-inventory/run': run } },
  spec: {
    backoffLimit: 0,
    ...spec,
    template: {
      spec: {
        restartPolicy: 'Never',
        terminationGracePeriodSeconds: 1,
        volumes: [
          { name: 'inventory-output', emptyDir: {} },
          { name: 'aws-creds', emptyDir: { medium: 'Memory' } },
          {
            name: 'aws-token',
            projected: { sources: [{ serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com' } }] },
          },
        ],
        containers: [],
        ...pod,
      },
    },
  },
});

/** A directory of its own per test, whose Jobs are deleted at the end. */
export const openSampleJobs = (options: Partial<LocalJobsOptions> = {}): LocalJobs & { directory: string } => {
  const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'local-jobs-'));
  const environment = { PATH: process.env['PATH'] };
  const jobs = openLocalJobs({ images, kubelet, environment, backoffSeconds: 0.05, ...options, directory });
  onTestFinished(async () => {
    // A second opening of the same directory may find it removed already.
    if (!existsSync(directory)) return;
    const names = readdirSync(directory).filter(name => !name.startsWith('.'));
    await Promise.all(names.map(name => jobs.deleteJob(name)));
    rmSync(directory, { recursive: true, force: true });
  });
  return { ...jobs, directory };
};

/** The Job once `holds` is true of it; follows it as the orchestrator does. */
export const follow = async (
  jobs: LocalJobs,
  name: string,
  holds: (job: ObservedJob) => boolean = hasFinished,
): Promise<ObservedJob> => {
  const patience = AbortSignal.timeout(15_000);
  for (;;) {
    await jobs.listJobs('r1');
    const job = await jobs.readJob(name);
    if (job !== undefined && holds(job)) return job;
    if (patience.aborted) throw new Error(`still ${JSON.stringify(job)}`);
    await jobs.waitForChange(patience);
  }
};

export const run = async (jobs: LocalJobs, job: V1Job): Promise<ObservedJob> => {
  await jobs.createJob(job);
  return follow(jobs, job.metadata?.name ?? '');
};

/** Pids written by a container into a kept or live file, as soon as it is there. */
export const readPids = (path: string): number[] => readFileSync(path, 'utf8').split('\n').filter(Boolean).map(Number);

export const runs = (pid: number): boolean => {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
};

export const logOf = (jobs: LocalJobs, name: string, container: string): string =>
  jobs
    .logFiles(name)
    .filter(log => log.container === container)
    .map(log => readFileSync(log.path, 'utf8'))
    .join('');

// Part of the local backend: a Job from its first pod to its end, as the Job controller and a kubelet would bring it there.
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { V1JobSpec, V1ObjectMeta, V1PodSpec } from '@kubernetes/client-node';
import { sleep, timestamp } from '../clock.ts';
import type { Environment } from './container-environment.ts';
import { planContainer } from './container-plan.ts';
import { backoffDelay, type EndedPod, judgePod } from './job-decision.ts';
import { attemptFiles, type JobRecord, type JobStatus, writeStatus } from './job-files.ts';
import { killPodProcesses } from './process-identity.ts';
import { runPod } from './run-pod.ts';
import { findMemoryDirectory, makeVolumes, planVolumes, removeTree, removeVolumes } from './volumes.ts';

export interface JobRun {
  readonly directory: string;
  readonly record: JobRecord;
  /** Of the supervisor: the caller's variables, the identity among them. */
  readonly environment: Environment;
  /** Aborts when the Job is deleted or the machine goes down. */
  readonly signal: AbortSignal;
}

const suffixLetters = 'bcdfghjklmnpqrstvwxz2456789';
const randomSuffix = (): string =>
  Array.from({ length: 5 }, () => suffixLetters[randomInt(suffixLetters.length)]).join('');

const podMetadata = ({ job }: JobRecord): V1ObjectMeta => {
  const template = job.spec?.template.metadata;
  const jobName = job.metadata?.name ?? '';
  return {
    name: `${jobName}-${randomSuffix()}`,
    namespace: job.metadata?.namespace ?? 'default',
    labels: { ...template?.labels, 'batch.kubernetes.io/job-name': jobName, 'job-name': jobName },
    annotations: { ...template?.annotations },
  };
};

const memoryPlace = (run: JobRun, attempt: number): string => {
  const memory = findMemoryDirectory();
  if (memory === undefined) return attemptFiles(run.directory, attempt).memory;
  return join(memory, `aws-inventory-${run.record.uid}-${attempt}`);
};

interface Attempt {
  readonly run: JobRun;
  readonly pod: V1PodSpec;
  readonly number: number;
  readonly signal: AbortSignal;
  readonly publish: (change: Partial<JobStatus>) => void;
}

const runAttempt = async ({ run, pod, number, signal, publish }: Attempt): Promise<EndedPod> => {
  const files = attemptFiles(run.directory, number);
  const places = { memory: memoryPlace(run, number), disk: files.volumes, placeholders: files.placeholders };
  const volumes = planVolumes(pod.volumes ?? [], places);
  const metadata = podMetadata(run.record);
  const podName = metadata.name ?? '';
  mkdirSync(files.root, { recursive: true, mode: 0o700 });
  // Published before anything is made: whoever finds this supervisor lost must know what to clean up.
  publish({ attempts: number, podName, memory: places.memory, containers: [], processes: [] });
  let succeeded = false;
  try {
    makeVolumes(volumes, places);
    const place = { pod, metadata, images: run.record.images, volumes, files, caller: run.environment };
    const end = await runPod({
      initContainers: (pod.initContainers ?? []).map(container => planContainer(container, place)),
      containers: pod.containers.map(container => planContainer(container, place)),
      graceSeconds: () => pod.terminationGracePeriodSeconds ?? 30,
      sidecarBackoffSeconds: run.record.backoffSeconds,
      signal,
      publish,
    });
    succeeded = end.succeeded;
    return { name: `${metadata.namespace}/${podName}`, succeeded, containers: end.containers };
  } finally {
    killPodProcesses({ podName, directories: [files.root, places.memory] });
    removeVolumes(places, succeeded);
    removeTree(files.homes);
    publish({ memory: null, processes: [] });
  }
};

type JobEnd = Pick<JobStatus, 'phase' | 'reason' | 'message'>;

const stoppedEnd = (reason: unknown): JobEnd =>
  reason === 'DeadlineExceeded'
    ? { phase: 'failed', reason, message: 'Job was active longer than specified deadline' }
    : { phase: 'failed', reason: 'SupervisorLost', message: 'The supervisor of the Job was told to stop' };

/** Pods until one succeeds, a rule or the limit says that no other follows, or the signal. */
const runAttempts = async (run: JobRun, spec: V1JobSpec, attempt: Omit<Attempt, 'number'>): Promise<JobEnd> => {
  const { signal } = attempt;
  let failures = 0;
  for (let number = 1; ; number += 1) {
    const pod = await runAttempt({ ...attempt, number });
    const step = judgePod(spec, pod, failures);
    if (step.kind === 'succeeded') return { phase: 'succeeded', reason: null, message: null };
    if (signal.aborted) return stoppedEnd(signal.reason);
    if (step.kind === 'failed') return { phase: 'failed', reason: step.reason, message: step.message };
    if (step.counted) failures += 1;
    await sleep(backoffDelay(number, run.record.backoffSeconds) * 1000, signal).catch(() => undefined);
    if (signal.aborted) return stoppedEnd(signal.reason);
  }
};

const longestTimer = 2 ** 31 - 1;

/** Aborts with `DeadlineExceeded`, or when the run's own signal does; `cancel` lets the process end before. */
const startDeadline = (run: JobRun, spec: V1JobSpec) => {
  const stop = new AbortController();
  run.signal.addEventListener('abort', () => stop.abort('stopped'), { once: true });
  if (run.signal.aborted) stop.abort('stopped');
  const seconds = spec.activeDeadlineSeconds;
  const timer =
    seconds === undefined
      ? undefined
      : setTimeout(() => stop.abort('DeadlineExceeded'), Math.min(seconds * 1000, longestTimer));
  return { signal: stop.signal, cancel: () => clearTimeout(timer) };
};

/** Runs the Job to its end; its state stands in `status.json` all the while. */
export const runJob = async (run: JobRun): Promise<void> => {
  const spec = run.record.job.spec;
  const pod = spec?.template.spec;
  if (spec === undefined || pod === undefined) throw new TypeError('the Job has no pod');
  let status: JobStatus = {
    ...{ phase: 'running', reason: null, message: null, attempts: 0, startedAt: timestamp(), finishedAt: null },
    ...{ podName: null, containers: [], processes: [], memory: null },
  };
  const publish = (change: Partial<JobStatus>) => {
    status = { ...status, ...change };
    writeStatus(run.directory, status);
  };
  publish({});
  const deadline = startDeadline(run, spec);
  try {
    const end = await runAttempts(run, spec, { run, pod, signal: deadline.signal, publish });
    publish({ ...end, finishedAt: timestamp() });
  } finally {
    deadline.cancel();
  }
};

// A Job's status and its pods' → what the orchestrator decides by. Pure.
import type { V1ContainerStatus, V1JobCondition, V1Pod } from '@kubernetes/client-node';
import { labelNames } from '../../contract/names.ts';
import type { ObservedContainer, ObservedJob } from '../../contract/observed-job.ts';
import type { RawJob } from './jobs.ts';

/** What is kept of a Job between two looks: of ten thousand of them, not one whole object. */
export interface JobSight extends Omit<ObservedJob, 'containers' | 'hindrance'> {
  readonly uid: string;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  /** Pods that the Job controller counts as running now. */
  readonly active: number;
  /** By whom it waits to be admitted, or `nobody`; null for a Job that may have pods. */
  readonly suspendedFor: string | null;
}

/** The client's type says Date; raw JSON and its models differ. */
const timeOf = (time: unknown): string | null => {
  if (time === undefined || time === null) return null;
  return time instanceof Date ? time.toISOString() : new Date(String(time)).toISOString();
};

const findCondition = (job: RawJob, type: string): V1JobCondition | undefined =>
  job.status?.conditions?.find(condition => condition.type === type && condition.status === 'True');

/** Kueue suspends the Jobs that have it until their queue admits them. */
const queueLabel = 'kueue.x-k8s.io/queue-name';

const phaseOf = (job: RawJob): ObservedJob['phase'] => {
  if (findCondition(job, 'Complete') !== undefined) return 'succeeded';
  if (findCondition(job, 'Failed') !== undefined) return 'failed';
  return (job.status?.active ?? 0) > 0 ? 'running' : 'pending';
};

export const sightJob = (job: RawJob): JobSight => {
  const { metadata, status } = job;
  const failed = findCondition(job, 'Failed');
  return {
    uid: metadata?.uid ?? '',
    createdAt: timeOf(metadata?.creationTimestamp) ?? '',
    name: metadata?.name ?? '',
    labels: metadata?.labels ?? {},
    annotations: metadata?.annotations ?? {},
    phase: phaseOf(job),
    reason: failed?.reason ?? null,
    message: failed?.message ?? null,
    active: status?.active ?? 0,
    suspendedFor: job.spec?.suspend === true ? (metadata?.labels?.[queueLabel] ?? 'nobody') : null,
    attempts: (status?.active ?? 0) + (status?.failed ?? 0) + (status?.succeeded ?? 0),
    startedAt: timeOf(status?.startTime),
    finishedAt: timeOf(status?.completionTime ?? failed?.lastTransitionTime),
    deleting: metadata?.deletionTimestamp !== undefined,
  };
};

const observeContainer = (name: string, status: V1ContainerStatus | undefined): ObservedContainer => {
  const { terminated, running } = status?.state ?? {};
  return {
    name,
    exitCode: terminated?.exitCode ?? null,
    reason: terminated?.reason ?? null,
    message: terminated?.message ?? null,
    startedAt: timeOf(terminated?.startedAt ?? running?.startedAt),
    finishedAt: timeOf(terminated?.finishedAt),
  };
};

/** Without sidecars: they are ended by a signal when all is done, and their exit code is nobody's outcome. */
const observeContainers = (pod: V1Pod): ObservedContainer[] => {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const containers = [
    ...(pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy !== 'Always'),
    ...(pod.spec?.containers ?? []),
  ];
  return containers.map(({ name }) =>
    observeContainer(
      name,
      statuses.find(status => status.name === name),
    ),
  );
};

/** A container waits like this in every healthy pod. */
const usualWaits = new Set(['PodInitializing', 'ContainerCreating']);

/** `Reason: message`, of what is there. */
export const sentence = (reason: string | null | undefined, message: string | null | undefined): string =>
  [reason, message].filter(Boolean).join(': ');

/** Why the pod does not get on, or did not reach its end, in Kubernetes' words; null when nothing held it up. */
export const hindranceOf = (pod: V1Pod): string | null => {
  const { status } = pod;
  if (status?.reason !== undefined) return sentence(status.reason, status.message);
  const waiting = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])]
    .map(container => container.state?.waiting)
    .find(state => state?.reason !== undefined && !usualWaits.has(state.reason));
  if (waiting !== undefined) return sentence(waiting.reason, waiting.message);
  const conditions = status?.conditions ?? [];
  const unscheduled = conditions.find(({ type, status: is }) => type === 'PodScheduled' && is === 'False');
  if (unscheduled !== undefined) return sentence(unscheduled.reason, unscheduled.message);
  const disrupted = conditions.find(({ type, status: is }) => type === 'DisruptionTarget' && is === 'True');
  return disrupted === undefined ? null : sentence(disrupted.reason, disrupted.message);
};

export const newestPod = (pods: readonly V1Pod[]): V1Pod | undefined =>
  pods.toSorted((a, b) =>
    String(timeOf(b.metadata?.creationTimestamp)).localeCompare(String(timeOf(a.metadata?.creationTimestamp))),
  )[0];

/** `lastHindrance` was seen earlier: a Job's deadline takes its pods away, and with them the reason. */
export const observeJob = (
  sight: JobSight,
  pods: readonly V1Pod[],
  lastHindrance: string | null = null,
): ObservedJob => {
  const { uid: _uid, createdAt: _createdAt, active: _active, suspendedFor: _suspendedFor, ...facts } = sight;
  const pod = newestPod(pods);
  const containers = pod === undefined ? [] : observeContainers(pod);
  return {
    ...facts,
    attempts: Math.max(facts.attempts, pods.length),
    containers,
    // A pod that is there speaks for itself: what held it up an hour ago is not why it failed.
    hindrance: pod === undefined ? lastHindrance : hindranceOf(pod),
  };
};

export const runSelector = (run: string): string => `${labelNames.run}=${run}`;

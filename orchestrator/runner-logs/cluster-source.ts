// The logs of an account's pods in the cluster, while they are kept.
import type { V1Pod } from '@kubernetes/client-node';
import { openKubernetes } from '../../clients/kubernetes/connection.ts';
import { describeApiError, explainApiError, isRetried } from '../../clients/kubernetes/errors.ts';
import { openClusterJobs } from '../../clients/kubernetes/jobs.ts';
import { sightJob } from '../../clients/kubernetes/observe-job.ts';
import { openClusterPods } from '../../clients/kubernetes/pods.ts';
import { streamContainerLog } from '../../clients/kubernetes/stream-log.ts';
import { labelNames, runnerJobName } from '../../contract/names.ts';
import { hasFinished } from '../../contract/observed-job.ts';
import type { LogPart, LogSource, RunnerAsked } from './log-source.ts';

interface ClusterAsked extends RunnerAsked {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
  /** Go on until the containers end. */
  readonly follow: boolean;
}

const partsOf = (pod: V1Pod, attempt: number, isOver: boolean): LogPart[] => {
  const statuses = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])];
  const hasEnded = isOver || ['Succeeded', 'Failed'].includes(pod.status?.phase ?? '');
  return [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])].map(({ name, restartPolicy }) => {
    const state = statuses.find(status => status.name === name)?.state;
    const isRunning = state?.running !== undefined;
    return {
      attempt,
      pod: pod.metadata?.name ?? '',
      container: name,
      state: hasEnded || state?.terminated !== undefined ? 'ended' : isRunning ? 'running' : 'waiting',
      isSidecar: restartPolicy === 'Always',
    };
  });
};

/** Needs get of Jobs, list of pods and get of pods/log. Throws cluster-denied, cluster-unauthorized, cluster-unavailable. */
export const openClusterLogs = (asked: ClusterAsked): LogSource => {
  const { run, account, signal, follow } = asked;
  const connection = openKubernetes(asked.environment, asked.namespace);
  const jobs = openClusterJobs(connection, { signal });
  const pods = openClusterPods(connection, { signal });
  const labelSelector = `${labelNames.run}=${run},${labelNames.account}=${account}`;
  const explained = async <Result>(reading: Promise<Result>): Promise<Result> => {
    try {
      return await reading;
    } catch (thrown) {
      signal.throwIfAborted();
      throw explainApiError(thrown, 'reading the logs');
    }
  };

  const look = async () => {
    const job = await jobs.read(runnerJobName(run, account));
    const isOver = job === undefined || hasFinished(sightJob(job));
    const found: V1Pod[] = [];
    await pods.list({ labelSelector }, pod => found.push(pod));
    found.sort((a, b) => Number(a.metadata?.creationTimestamp ?? 0) - Number(b.metadata?.creationTimestamp ?? 0));
    return { parts: found.flatMap((pod, at) => partsOf(pod, at + 1, isOver)), isOver };
  };

  const tell: LogSource['tell'] = async ({ pod, container, state }, skip, hear) => {
    let read = 0;
    const streamed = { pod: pod ?? '', container, follow: follow && state === 'running', signal };
    const hearRest = (bytes: Uint8Array) => {
      if (read + bytes.length > skip) hear(bytes.subarray(Math.max(0, skip - read)));
      read += bytes.length;
    };
    try {
      await streamContainerLog(connection, streamed, hearRest);
    } catch (thrown) {
      signal.throwIfAborted();
      const facts = describeApiError(thrown);
      // One that never started has none, and the log of a pod whose node is gone went with it.
      if (facts.kind === 'refused' || facts.kind === 'not-found') return undefined;
      // A stream that broke is taken up again where it was.
      if (!follow || !isRetried(facts)) throw thrown;
    }
    return Math.max(0, read - skip);
  };

  return {
    look: () => explained(look()),
    tell: (part, skip, hear) => explained(tell(part, skip, hear)),
    close: () => connection.close(),
  };
};

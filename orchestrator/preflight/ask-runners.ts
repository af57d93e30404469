// What needs the identity of the runners: one Job made from their template is started, listened to, and deleted.
import { sleep, startStopwatch } from '../../clients/clock.ts';
import type { KubernetesConnection } from '../../clients/kubernetes/connection.ts';
import { readContainerLog } from '../../clients/kubernetes/container-log.ts';
import { type ContainerSight, sightContainers } from '../../clients/kubernetes/container-sights.ts';
import { describeApiError } from '../../clients/kubernetes/errors.ts';
import { type ClusterJobs, openClusterJobs } from '../../clients/kubernetes/jobs.ts';
import { hindranceOf, sentence, sightJob } from '../../clients/kubernetes/observe-job.ts';
import { type ClusterPods, openClusterPods } from '../../clients/kubernetes/pods.ts';
import { containerNames } from '../../contract/names.ts';
import { hasFinished } from '../../contract/observed-job.ts';
import { type PreflightJobFacts, stampPreflightJob } from '../../contract/preflight-job.ts';
import { type PreflightAnswer, readAnswers } from '../../contract/preflight-order.ts';
import type { RunnerTemplate } from '../../contract/runner-job.ts';

export interface RunnersEdge {
  readonly connection: KubernetesConnection;
  readonly signal: AbortSignal;
  /** Told once the Job is there. */
  readonly started: (job: string) => void;
  /** Told as accounts have been asked. */
  readonly progress: (done: number) => void;
}

/** What came of one container. */
export interface PartEnd {
  readonly sight: ContainerSight | undefined;
  readonly answers: readonly PreflightAnswer[];
}

export interface RunnersEnd {
  readonly parts: Readonly<Record<'assume' | 'upload', PartEnd>>;
  readonly containers: readonly ContainerSight[];
  /** Why no container came to its end; null where they did. */
  readonly hindrance: string | null;
}

/** Milliseconds between two looks; seconds that a node may take to be found, or made. */
const pause = 1_000;
const patience = 300;

interface Sighting {
  readonly pod: string | undefined;
  readonly containers: readonly ContainerSight[];
  /** undefined while it goes on. */
  readonly end: { readonly hindrance: string | null } | undefined;
}

const isSettled = ({ exitCode, stuck }: ContainerSight): boolean => exitCode !== undefined || stuck !== undefined;

interface Listener {
  readonly jobs: ClusterJobs;
  readonly pods: ClusterPods;
  readonly name: string;
}

const look = async ({ jobs, pods, name }: Listener, seconds: number): Promise<Sighting> => {
  const job = await jobs.read(name);
  if (job === undefined) return { pod: undefined, containers: [], end: { hindrance: 'somebody deleted its Job' } };
  const sight = sightJob(job);
  const [pod] = await pods.ofJob(sight.uid);
  const containers = pod === undefined ? [] : sightContainers(pod);
  const seen = { pod: pod?.metadata?.name, containers };
  if (containers.length > 0 && containers.every(isSettled)) return { ...seen, end: { hindrance: null } };
  const reason = pod === undefined ? null : hindranceOf(pod);
  if (hasFinished(sight)) return { ...seen, end: { hindrance: reason ?? sentence(sight.reason, sight.message) } };
  const begun = containers.some(({ running, exitCode }) => running || exitCode !== undefined);
  if (begun || seconds < patience) return { ...seen, end: undefined };
  const suspended = sight.suspendedFor === null ? null : `the Job waits to be admitted by ${sight.suspendedFor}`;
  const hindrance = reason ?? suspended ?? (await pods.refusalOf(sight.uid)) ?? 'no pod was made for its Job';
  return { ...seen, end: { hindrance } };
};

const readPart = async (
  name: string,
  { pod, containers }: Sighting,
  { connection, signal }: RunnersEdge,
): Promise<PartEnd> => {
  const sight = containers.find(container => container.name === name);
  if (pod === undefined || sight?.pulled !== true) return { sight, answers: [] };
  const text = await readContainerLog(connection, { pod, container: name }, { signal });
  return { sight, answers: readAnswers(text ?? '') };
};

/** Of how many accounts it says that they were asked, in its last line. */
const readProgress = async ({ pod, containers }: Sighting, { connection, signal }: RunnersEdge): Promise<number> => {
  const container = containerNames.assume;
  if (pod === undefined || !containers.some(({ name, running }) => name === container && running)) return 0;
  const text = await readContainerLog(connection, { pod, container, tailLines: 1 }, { signal }).catch(() => undefined);
  return readAnswers(text ?? '').at(-1)?.done ?? 0;
};

/** A call of its own patience: who is interrupted leaves no Job behind. */
const remove = async (connection: KubernetesConnection, name: string): Promise<void> => {
  const jobs = openClusterJobs(connection, { signal: AbortSignal.timeout(10_000) });
  // What stays goes by itself, ten minutes after its end.
  await jobs.remove(name).catch(() => undefined);
};

/** `denied` where this identity may not create Jobs, or read pods and their logs. Throws the client's errors, template-unusable. */
export const askRunners = async (
  template: RunnerTemplate,
  facts: PreflightJobFacts,
  edge: RunnersEdge,
): Promise<RunnersEnd | { readonly denied: string }> => {
  const { connection, signal } = edge;
  const job = stampPreflightJob(template, facts);
  const name = job.metadata?.name ?? '';
  const jobs = openClusterJobs(connection, { signal });
  const listener = { jobs, pods: openClusterPods(connection, { signal }), name };
  const stopwatch = startStopwatch();
  let made = false;
  let told = 0;
  try {
    await jobs.create({ ...job, metadata: { ...job.metadata, namespace: connection.namespace } });
    made = true;
    edge.started(name);
    for (;;) {
      const sighting = await look(listener, stopwatch());
      if (sighting.end !== undefined) {
        const [assume, upload] = await Promise.all([
          readPart(containerNames.assume, sighting, edge),
          readPart(containerNames.upload, sighting, edge),
        ]);
        return { parts: { assume, upload }, containers: sighting.containers, hindrance: sighting.end.hindrance };
      }
      const done = await readProgress(sighting, edge);
      if (done > told) edge.progress(done);
      told = Math.max(told, done);
      await sleep(pause, signal);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    const { kind, message } = describeApiError(thrown);
    if (kind === 'forbidden') return { denied: message };
    throw thrown;
  } finally {
    if (made) await remove(connection, name);
  }
};

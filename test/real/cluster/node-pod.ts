// One pod on the tests' node, from its binding to the confirmation of its deletion. clients/pods runs its processes.
import { mkdirSync } from 'node:fs';
import type { V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { planContainer } from '../../../clients/pods/container-plan.ts';
import { killPodProcesses, killRecordedGroup } from '../../../clients/pods/process-identity.ts';
import { runPod } from '../../../clients/pods/run-pod.ts';
import { removeTree, removeVolumes } from '../../../clients/pods/volumes.ts';
import type { LogFile } from './node-logs.ts';
import { fill, mountVolumes, podPlace, prepareContainer } from './node-pod-start.ts';
import type { PodEnd } from './node-pod-status.ts';
import { type NodePlace, openWork, type PodWork } from './node-pod-work.ts';
import { callUnless } from './node-registration.ts';

export interface NodePod {
  readonly pod: V1Pod;
  /** The object as the API server has it now; a deletion begins here. */
  readonly update: (pod: V1Pod) => void;
  /** Ends its processes at once and says why in its status. */
  readonly evict: (end: PodEnd) => void;
  /** SIGKILL to one container; with `outOfMemory` as the kernel does it. Throws when it does not run. */
  readonly killContainer: (container: string, outOfMemory: boolean) => void;
  /** Ends its processes without a word: the object is gone, or the node is. */
  readonly abandon: () => void;
  readonly rotateTokens: () => Promise<void>;
  readonly log: (container: string) => LogFile;
  /** Resolves when no process of it runs; the log of each container stays. */
  readonly ended: Promise<void>;
}

const longestTimer = 2 ** 31 - 1;

const runContainers = async (work: PodWork): Promise<boolean> => {
  const { record, spec, stop } = work;
  const place = podPlace(work, new Map());
  const end = await runPod({
    initContainers: (spec.initContainers ?? []).map(container => planContainer(container, place)),
    containers: spec.containers.map(container => planContainer(container, place)),
    graceSeconds: record.graceSeconds,
    sidecarBackoffSeconds: 1,
    signal: stop.signal,
    prepare: (plan, signal) => prepareContainer(work, plan, signal),
    publish: record.see,
  });
  return end.succeeded;
};

const runWork = async (work: PodWork): Promise<void> => {
  const { record, placed, stop, files, places } = work;
  const podEnd = new AbortController();
  mkdirSync(files.root, { recursive: true, mode: 0o700 });
  record.touch();
  let succeeded = false;
  try {
    await mountVolumes(work, podEnd.signal);
    succeeded = !stop.signal.aborted && (await runContainers(work));
  } catch (error) {
    record.endWith({ reason: 'NodeFailed', message: (error as Error).message });
  } finally {
    podEnd.abort();
    killPodProcesses({ podName: placed.pod.metadata?.name ?? '', directories: [files.root, places.memory] });
    // Nothing of it is kept: what a failed scan leaves is read from the log and the status, as in a cluster.
    removeVolumes(places, true);
    removeTree(files.homes);
    record.conclude(succeeded ? 'Succeeded' : 'Failed');
  }
};

const confirmDeletion = async ({ place, placed }: PodWork): Promise<void> => {
  const { namespace, name, uid } = placed.pod.metadata ?? {};
  const body = { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0, preconditions: { uid } };
  const path = `/api/v1/namespaces/${namespace}/pods/${name}`;
  await callUnless(place.api, { method: 'DELETE', path, body }, 404, 409);
};

const armDeadline = (work: PodWork, end: (end: PodEnd) => void): NodeJS.Timeout | undefined => {
  const seconds = work.spec.activeDeadlineSeconds;
  if (seconds === undefined) return undefined;
  const message = 'Pod was active on the node longer than the specified deadline';
  const expire = () => end({ reason: 'DeadlineExceeded', message });
  return setTimeout(expire, Math.min(seconds * 1000, longestTimer));
};

const refusalOf = (spec: V1PodSpec): PodEnd | undefined =>
  spec.restartPolicy === 'Never'
    ? undefined
    : { reason: 'UnexpectedAdmissionError', message: 'The node of the tests runs pods of restartPolicy Never alone' };

/** Starts at once; everything that happens to the pod from here on stands in its status. */
export const startPod = (pod: V1Pod, place: NodePlace): NodePod => {
  const work = openWork(pod, place);
  const { record, stop } = work;
  const kill = () => record.processes().forEach(killRecordedGroup);
  const endWith = (end: PodEnd) => {
    record.endWith(end);
    stop.abort();
  };
  const refusal = refusalOf(work.spec);
  if (refusal !== undefined) endWith(refusal);
  const deadline = armDeadline(work, endWith);
  const ended = runWork(work).finally(() => clearTimeout(deadline));
  let confirmed: Promise<void> | undefined;
  // Told before it is gone, as long as the node itself is there to tell.
  const confirm = async () => {
    await ended;
    await record.written();
    await confirmDeletion(work);
  };
  const update = (now: V1Pod) => {
    if (now.metadata?.deletionTimestamp === undefined) return;
    const grace = now.metadata.deletionGracePeriodSeconds ?? 0;
    record.setGrace(grace);
    // Before SIGTERM, which some would end by: without a grace there is none.
    if (grace === 0) kill();
    stop.abort();
    // The signal ends the call, and then nobody waits for it.
    confirmed ??= confirm();
    confirmed.catch(() => undefined);
  };
  update(pod);
  return {
    pod,
    ended,
    update,
    evict: end => {
      kill();
      endWith(end);
    },
    killContainer: (container, outOfMemory) => {
      const process = record.processes().find(each => each.container === container);
      if (process === undefined) throw new Error(`container ${container} of ${pod.metadata?.name} does not run`);
      if (outOfMemory) record.markOutOfMemory(container);
      killRecordedGroup(process);
    },
    abandon: () => {
      kill();
      stop.abort();
    },
    log: container => ({ path: work.files.log(container), isGrowing: () => record.isOpen(container) }),
    rotateTokens: async () => void (await fill(work)),
  };
};

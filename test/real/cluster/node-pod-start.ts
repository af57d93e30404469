// The steps before a container's start on the tests' node: volumes filled, image there, variables read. Each waits as a kubelet waits.
import { setTimeout as wait } from 'node:timers/promises';
import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import { type ContainerPlan, type PodPlace, planContainer } from '../../../clients/pods/container-plan.ts';
import { findImage } from '../../../clients/pods/images.ts';
import { makeVolumes } from '../../../clients/pods/volumes.ts';
import type { PodWork } from './node-pod-work.ts';
import { readVariables } from './node-variables.ts';
import { fillVolumes } from './node-volumes.ts';

const retryMilliseconds = 500;
const longestTimer = 2 ** 31 - 1;

/** Resolves with undefined on the signal alone; until then it is tried again, and the reason stands in the status. */
const untilDone = async <Result>(
  work: () => Promise<Result>,
  signal: AbortSignal,
  explain: (message: string) => void,
): Promise<Result | undefined> => {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      explain((error as Error).message);
    }
    await wait(retryMilliseconds, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
};

const containersOf = (spec: V1PodSpec): V1Container[] => [...(spec.initContainers ?? []), ...spec.containers];

export const podPlace = (work: PodWork, variables: ReadonlyMap<string, string>): PodPlace => ({
  pod: work.spec,
  metadata: work.placed.pod.metadata ?? {},
  images: work.place.images,
  volumes: work.volumes,
  files: work.files,
  caller: work.place.environment,
  identity: 'none but its own tokens',
  variables,
});

/** Never comes, as from a registry that does not have it: the pod waits until somebody deletes it. */
const awaitImage = async ({ record }: PodWork, { name, image }: V1Container, signal: AbortSignal): Promise<void> => {
  const quoted = JSON.stringify(image);
  record.hinder(name, { reason: 'ErrImagePull', message: `failed to pull and unpack image ${quoted}: not found` });
  await wait(1_000, undefined, { signal }).catch(() => undefined);
  record.hinder(name, { reason: 'ImagePullBackOff', message: `Back-off pulling image ${quoted}: ErrImagePull` });
  await wait(longestTimer, undefined, { signal }).catch(() => undefined);
};

const noteStart = ({ place, placed, volumes }: PodWork, container: V1Container, plan: ContainerPlan): void => {
  const { namespace = '', name: pod = '' } = placed.pod.metadata ?? {};
  const mounted = new Set((container.volumeMounts ?? []).map(({ name }) => name));
  const mounts = volumes.filter(({ name }) => mounted.has(name)).map(({ name, directory }) => [name, directory]);
  const { environment, command } = plan;
  place.started.push({
    ...{ namespace, pod, container: plan.name, environment, command },
    mounts: Object.fromEntries(mounts),
  });
};

/** What a kubelet does before each container: its image, its variables, its command. */
export const prepareContainer = async (
  work: PodWork,
  plan: ContainerPlan,
  signal: AbortSignal,
): Promise<ContainerPlan> => {
  const container = containersOf(work.spec).find(({ name }) => name === plan.name);
  if (container === undefined) return plan;
  if (findImage(work.place.images, container.image) === undefined) {
    await awaitImage(work, container, signal);
    return plan;
  }
  const { placed, entries, place, record } = work;
  const variables = await untilDone(
    () => readVariables(container, { placed, entries, service: place.service }),
    signal,
    message => record.hinder(plan.name, { reason: 'CreateContainerConfigError', message }),
  );
  const ready = planContainer(container, podPlace(work, variables ?? new Map()));
  if (!signal.aborted) noteStart(work, container, ready);
  return ready;
};

export const fill = ({ place, placed, entries, volumes }: PodWork): Promise<number> =>
  fillVolumes(volumes, { api: place.api, placed, entries });

/** Makes volumes and keeps their tokens fresh until the pod's end. */
export const mountVolumes = async (work: PodWork, podEnd: AbortSignal): Promise<void> => {
  const { signal } = work.stop;
  makeVolumes(work.volumes, work.places);
  const explain = (message: string) => {
    for (const { name } of containersOf(work.spec)) work.record.hinder(name, { reason: 'ContainerCreating', message });
  };
  const keepFresh = async (renewAt: number) => {
    for (let next = renewAt; Number.isFinite(next) && !podEnd.aborted; ) {
      await wait(Math.min(longestTimer, next - Date.now()), undefined, { signal: podEnd }).catch(() => undefined);
      if (!podEnd.aborted) next = await fill(work).catch(() => Date.now() + retryMilliseconds);
    }
  };
  const renewAt = await untilDone(() => fill(work), signal, explain);
  if (renewAt !== undefined) void keepFresh(renewAt);
};

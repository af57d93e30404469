// A pod's status as a kubelet reports it, from what its containers do. Pure.
import type { V1Container, V1Pod } from '@kubernetes/client-node';
import type { ObservedContainer } from '../../../contract/observed-job.ts';

export interface Reason {
  readonly reason: string;
  readonly message: string;
}

/** Why the pod was ended, where its status has to say so. */
export interface PodEnd extends Reason {
  /** Of the condition DisruptionTarget. */
  readonly disruption?: string;
}

export interface PodFacts {
  readonly pod: V1Pod;
  readonly address: string;
  readonly startTime: string;
  readonly containers: ReadonlyMap<string, ObservedContainer>;
  /** What keeps a container from its start. */
  readonly waiting: ReadonlyMap<string, Reason>;
  readonly restarts: ReadonlyMap<string, number>;
  readonly outOfMemory: ReadonlySet<string>;
  /** null while anything may still run. */
  readonly phase: 'Succeeded' | 'Failed' | null;
  readonly end: PodEnd | null;
}

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly reason?: string | null;
  readonly message?: string | null;
  readonly lastTransitionTime: string;
}

const isSidecar = (container: V1Container): boolean => container.restartPolicy === 'Always';

const isRunning = (seen: ObservedContainer | undefined): boolean =>
  seen !== undefined && seen.startedAt !== null && seen.finishedAt === null;

const hasStarted = (seen: ObservedContainer | undefined): boolean => seen !== undefined && seen.startedAt !== null;

const isInitialized = ({ pod, containers }: PodFacts): boolean =>
  (pod.spec?.initContainers ?? []).every(container => {
    const seen = containers.get(container.name);
    return isSidecar(container) ? hasStarted(seen) : seen?.exitCode === 0;
  });

const lost = {
  exitCode: 137,
  reason: 'ContainerStatusUnknown',
  message: 'The container could not be located when the pod was terminated',
} as const;

const ended = ({ outOfMemory }: PodFacts, seen: ObservedContainer) => ({
  terminated: {
    exitCode: seen.exitCode,
    reason: outOfMemory.has(seen.name) ? 'OOMKilled' : seen.reason,
    ...(seen.message === null ? {} : { message: seen.message }),
    startedAt: seen.startedAt,
    finishedAt: seen.finishedAt,
  },
});

const stateOf = (facts: PodFacts, container: V1Container, isMain: boolean) => {
  const seen = facts.containers.get(container.name);
  if (seen !== undefined && seen.finishedAt !== null) return ended(facts, seen);
  if (isRunning(seen)) return { running: { startedAt: seen?.startedAt } };
  if (isMain && facts.phase === 'Failed' && isInitialized(facts)) return { terminated: lost };
  const first = (facts.pod.spec?.initContainers?.length ?? 0) === 0 ? 'ContainerCreating' : 'PodInitializing';
  return { waiting: facts.waiting.get(container.name) ?? { reason: first } };
};

const containerStatus = (facts: PodFacts, container: V1Container, isMain: boolean) => {
  const seen = facts.containers.get(container.name);
  const running = isRunning(seen);
  return {
    ...{ name: container.name, image: container.image ?? '', imageID: '' },
    ...(hasStarted(seen) ? { containerID: `process://${facts.pod.metadata?.uid}/${container.name}` } : {}),
    state: stateOf(facts, container, isMain),
    ready: isMain || isSidecar(container) ? running : seen?.exitCode === 0,
    started: running,
    restartCount: facts.restarts.get(container.name) ?? 0,
  };
};

const phaseOf = (facts: PodFacts): string => {
  if (facts.phase !== null) return facts.phase;
  const main = facts.pod.spec?.containers ?? [];
  return main.some(({ name }) => hasStarted(facts.containers.get(name))) ? 'Running' : 'Pending';
};

const readiness = (facts: PodFacts): Pick<Condition, 'status' | 'reason'> => {
  if (facts.phase !== null) return { status: 'False', reason: facts.phase === 'Failed' ? 'PodFailed' : 'PodCompleted' };
  const ready = (facts.pod.spec?.containers ?? []).every(({ name }) => isRunning(facts.containers.get(name)));
  return ready ? { status: 'True', reason: null } : { status: 'False', reason: 'ContainersNotReady' };
};

const conditionsOf = (facts: PodFacts, now: string): Condition[] => {
  const initialized = isInitialized(facts);
  const ready = readiness(facts);
  const { end } = facts;
  const disruption = facts.phase === null ? undefined : end?.disruption;
  const wanted: Omit<Condition, 'lastTransitionTime'>[] = [
    { type: 'PodScheduled', status: 'True', reason: null, message: null },
    {
      type: 'Initialized',
      status: initialized ? 'True' : 'False',
      reason: initialized ? null : 'ContainersNotInitialized',
    },
    { type: 'ContainersReady', ...ready },
    { type: 'Ready', ...ready },
    ...(disruption === undefined
      ? []
      : [{ type: 'DisruptionTarget', status: 'True' as const, reason: disruption, message: end?.message ?? '' }]),
  ];
  return wanted.map(condition => ({ ...condition, lastTransitionTime: now }));
};

/**
 * The body of a strategic merge patch of `status`: conditions that others set stay. Refused by the API server when the name
 * belongs to another pod meanwhile.
 */
export const renderPodStatus = (facts: PodFacts, now: string) => {
  const { pod, address, startTime, phase, end } = facts;
  const render = (containers: readonly V1Container[] | undefined, isMain: boolean) =>
    (containers ?? []).map(container => containerStatus(facts, container, isMain));
  return {
    metadata: { uid: pod.metadata?.uid },
    status: {
      phase: phaseOf(facts),
      ...(phase === 'Failed' && end !== null ? { reason: end.reason, message: end.message } : {}),
      ...{ startTime, hostIP: address, hostIPs: [{ ip: address }], podIP: address, podIPs: [{ ip: address }] },
      conditions: conditionsOf(facts, now),
      initContainerStatuses: render(pod.spec?.initContainers, false),
      containerStatuses: render(pod.spec?.containers, true),
    },
  };
};

export type PodStatus = ReturnType<typeof renderPodStatus>;

/** Times of conditions that did not change stay as they were, so that a status without news is the same text. */
export const keepTransitions = (next: PodStatus, last: PodStatus | undefined): PodStatus => {
  const before = new Map(last?.status.conditions.map(condition => [condition.type, condition]));
  const conditions = next.status.conditions.map(condition => {
    const known = before.get(condition.type);
    return known?.status === condition.status
      ? { ...condition, lastTransitionTime: known.lastTransitionTime }
      : condition;
  });
  return { ...next, status: { ...next.status, conditions } };
};

// What the tests' node knows about one of its pods, and what it told the API server of it.
import type { V1Pod } from '@kubernetes/client-node';
import type { ContainerProcess, PodState } from '../../../clients/pods/run-pod.ts';
import type { ObservedContainer } from '../../../contract/observed-job.ts';
import type { NodeApi } from './node-api.ts';
import type { PodEnd, PodFacts, Reason } from './node-pod-status.ts';
import { openStatusWriter } from './node-status-writer.ts';

export interface PodRecord {
  readonly see: (state: PodState) => void;
  readonly hinder: (container: string, reason: Reason) => void;
  readonly markOutOfMemory: (container: string) => void;
  /** Why the node ends the pod; the first reason counts. */
  readonly endWith: (end: PodEnd) => void;
  readonly conclude: (phase: 'Succeeded' | 'Failed') => void;
  readonly setGrace: (seconds: number) => void;
  readonly graceSeconds: () => number;
  /** Whether the container may still write something. */
  readonly isOpen: (container: string) => boolean;
  readonly processes: () => readonly ContainerProcess[];
  readonly touch: () => void;
  readonly written: () => Promise<void>;
}

interface RecordPlace {
  readonly api: NodeApi;
  readonly address: string;
}

/** A container that starts again was restarted. */
const countRestart = (
  restarts: Map<string, number>,
  before: ObservedContainer | undefined,
  now: ObservedContainer,
): void => {
  if (before === undefined || before.finishedAt === null || now.finishedAt !== null) return;
  restarts.set(now.name, (restarts.get(now.name) ?? 0) + 1);
};

export const openPodRecord = (pod: V1Pod, { api, address }: RecordPlace): PodRecord => {
  const containers = new Map<string, ObservedContainer>();
  const waiting = new Map<string, Reason>();
  const restarts = new Map<string, number>();
  const outOfMemory = new Set<string>();
  const startTime = new Date().toISOString();
  let processes: readonly ContainerProcess[] = [];
  let end: PodEnd | null = null;
  let phase: PodFacts['phase'] = null;
  let grace: number | undefined;
  const read = (): PodFacts => ({
    ...{ pod, address, startTime, containers, waiting, restarts, outOfMemory, phase, end },
  });
  const writer = openStatusWriter(api, read);
  return {
    see: state => {
      processes = state.processes;
      for (const container of state.containers) {
        countRestart(restarts, containers.get(container.name), container);
        containers.set(container.name, container);
      }
      writer.touch();
    },
    hinder: (container, reason) => {
      waiting.set(container, reason);
      writer.touch();
    },
    markOutOfMemory: container => outOfMemory.add(container),
    endWith: reason => {
      end ??= reason;
    },
    conclude: last => {
      // One that was ended by the node has failed, whatever its containers made of the signal.
      phase = end === null ? last : 'Failed';
      writer.touch();
    },
    setGrace: seconds => {
      grace = seconds;
    },
    graceSeconds: () => grace ?? pod.spec?.terminationGracePeriodSeconds ?? 30,
    isOpen: container => phase === null && containers.get(container)?.finishedAt == null,
    processes: () => processes,
    touch: writer.touch,
    written: writer.written,
  };
};

// The scheduler's part of the tests' node: binds every pod to it, or holds some back as a full cluster does.
import type { V1Pod } from '@kubernetes/client-node';
import type { NodeApi } from './node-api.ts';
import { uidOf } from './node-pod-watch.ts';
import { callUnless } from './node-registration.ts';

export interface Hold {
  readonly match: (pod: V1Pod) => boolean;
  /** Why no node takes the pod, in the scheduler's words. */
  readonly message?: string;
}

export interface Scheduling {
  readonly offer: (pod: V1Pod) => void;
  readonly forget: (uid: string) => void;
  /** Pods that match stay Pending and Unschedulable until the returned function is called. */
  readonly hold: (hold: Hold) => () => void;
}

const noRoom = '0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available.';

const pathOf = ({ metadata }: V1Pod): string => `/api/v1/namespaces/${metadata?.namespace}/pods/${metadata?.name}`;

const unschedulable = (pod: V1Pod, message: string) => ({
  metadata: { uid: uidOf(pod) },
  status: {
    conditions: [
      {
        ...{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message },
        lastTransitionTime: new Date().toISOString(),
      },
    ],
  },
});

const binding = (pod: V1Pod, node: string) => ({
  apiVersion: 'v1',
  kind: 'Binding',
  metadata: { name: pod.metadata?.name, uid: uidOf(pod) },
  target: { apiVersion: 'v1', kind: 'Node', name: node },
});

export const openScheduling = (api: NodeApi, node: string): Scheduling => {
  const waiting = new Map<string, V1Pod>();
  const bound = new Set<string>();
  const refused = new Set<string>();
  const holds = new Set<Hold>();
  const refuse = (pod: V1Pod, message: string) => {
    if (refused.has(uidOf(pod))) return;
    refused.add(uidOf(pod));
    const body = unschedulable(pod, message);
    // A pod that went away meanwhile needs neither a word nor a node; the end of the node ends the call.
    callUnless(api, { method: 'PATCH', path: `${pathOf(pod)}/status`, body }, 404, 409).catch(() => undefined);
  };
  const bind = (pod: V1Pod) => {
    if (bound.has(uidOf(pod))) return;
    bound.add(uidOf(pod));
    waiting.delete(uidOf(pod));
    const body = binding(pod, node);
    callUnless(api, { method: 'POST', path: `${pathOf(pod)}/binding`, body }, 404, 409).catch(() => undefined);
  };
  const offer = (pod: V1Pod) => {
    waiting.set(uidOf(pod), pod);
    // Whoever set a gate takes it away: Kueue, for one.
    if ((pod.spec?.schedulingGates?.length ?? 0) > 0) return;
    const hold = [...holds].find(({ match }) => match(pod));
    if (hold === undefined) bind(pod);
    else refuse(pod, hold.message ?? noRoom);
  };
  return {
    offer,
    forget: uid => {
      for (const uids of [waiting, bound, refused]) uids.delete(uid);
    },
    hold: hold => {
      holds.add(hold);
      return () => {
        holds.delete(hold);
        for (const pod of [...waiting.values()]) offer(pod);
      };
    },
  };
};

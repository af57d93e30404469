// Brings a pod's status to the API server: one patch at a time, always the newest state, until it is there.
import { ApiRefusal, type NodeApi } from './node-api.ts';
import { keepTransitions, type PodFacts, type PodStatus, renderPodStatus } from './node-pod-status.ts';
import { callUnless } from './node-registration.ts';

export interface StatusWriter {
  /** Something changed; what follows within the same moment goes with it. */
  readonly touch: () => void;
  /** Resolves when all is written, or the node ended. */
  readonly written: () => Promise<void>;
}

/** A status that the API server refuses is a fault of this node: the test that waits for it shall see why it never comes. */
const report = (error: unknown): void => {
  if (error instanceof ApiRefusal) console.error(error.message);
};

/** Of one pod, which need not exist any more. `read` is asked when a patch is made, not before. */
export const openStatusWriter = (api: NodeApi, read: () => PodFacts): StatusWriter => {
  let last: PodStatus | undefined;
  let lastText = '';
  let pending = false;
  let writing: Promise<void> = Promise.resolve();
  const writeOnce = async () => {
    // The end of one container and the start of the next are one change.
    await new Promise(resolve => setImmediate(resolve));
    pending = false;
    const facts = read();
    const body = keepTransitions(renderPodStatus(facts, new Date().toISOString()), last);
    const text = JSON.stringify(body);
    if (text === lastText) return;
    const { namespace, name } = facts.pod.metadata ?? {};
    const path = `/api/v1/namespaces/${namespace}/pods/${name}/status`;
    // A pod that is gone, or another one of its name, needs no status of this one.
    await callUnless(api, { method: 'PATCH', path, body }, 404, 409);
    last = body;
    lastText = text;
  };
  return {
    touch: () => {
      if (pending) return;
      pending = true;
      writing = writing.then(writeOnce).catch(report);
    },
    written: () => writing,
  };
};

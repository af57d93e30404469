// Pods of runner Jobs, read when they have something to say: at a Job's end, and when one does not get on.
import { CoreV1Api, type CoreV1Event, type V1Pod } from '@kubernetes/client-node';
import { type CallPatience, callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';

const controllerUidLabel = 'batch.kubernetes.io/controller-uid';
const pageSize = 250;

export interface ClusterPods {
  /** Of one Job, by its UID: a deleted Job of the same name may have left others. */
  readonly ofJob: (uid: string) => Promise<V1Pod[]>;
  /** Hands over each pod that the selectors match with its Job's UID, page by page. */
  readonly list: (selectors: PodSelectors, each: (pod: V1Pod, jobUid: string) => void) => Promise<void>;
  /** The newest reason why the Job controller could not make a pod for this Job; null when there is none. */
  readonly refusalOf: (jobUid: string) => Promise<string | null>;
}

export interface PodSelectors {
  readonly labelSelector: string;
  readonly fieldSelector?: string;
}

const timeOf = (event: CoreV1Event): number => Number(event.lastTimestamp ?? event.eventTime ?? 0);

export const openClusterPods = (connection: KubernetesConnection, patience: CallPatience): ClusterPods => {
  const api = connection.config.makeApiClient(CoreV1Api);
  const { namespace } = connection;
  const list: ClusterPods['list'] = async (selectors, each) => {
    let token: string | undefined;
    do {
      const page = { namespace, ...selectors, limit: pageSize, ...(token === undefined ? {} : { _continue: token }) };
      const { items, metadata } = await callApi(connection, options => api.listNamespacedPod(page, options), patience);
      for (const pod of items) each(pod, pod.metadata?.labels?.[controllerUidLabel] ?? '');
      token = metadata?._continue;
    } while (token !== undefined && token !== '');
  };
  return {
    list,
    ofJob: async uid => {
      const pods: V1Pod[] = [];
      await list({ labelSelector: `${controllerUidLabel}=${uid}` }, pod => pods.push(pod));
      return pods;
    },
    refusalOf: async uid => {
      const fieldSelector = `involvedObject.uid=${uid},reason=FailedCreate`;
      const { items } = await callApi(
        connection,
        options => api.listNamespacedEvent({ namespace, fieldSelector, limit: 20 }, options),
        patience,
      );
      const last = items.toSorted((a, b) => timeOf(b) - timeOf(a))[0];
      return last === undefined ? null : `${last.reason}: ${last.message}`;
    },
  };
};

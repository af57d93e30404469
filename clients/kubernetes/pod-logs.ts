// Logs of one account's pods in a run, container by container, while they exist.
import { CoreV1Api } from '@kubernetes/client-node';
import { labelNames } from '../../contract/names.ts';
import { type CallPatience, callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';
import { describeApiError } from './errors.ts';

export interface PodLog {
  readonly pod: string;
  readonly container: string;
  /** undefined where the container never started, or its log is gone. */
  readonly text: string | undefined;
}

/** Of every attempt, oldest first; empty when the pods are gone. Needs list of pods and get of pods/log. */
export const readPodLogs = async (
  connection: KubernetesConnection,
  { run, account }: { readonly run: string; readonly account: string },
  patience: CallPatience,
): Promise<PodLog[]> => {
  const api = connection.config.makeApiClient(CoreV1Api);
  const { namespace } = connection;
  const labelSelector = `${labelNames.run}=${run},${labelNames.account}=${account}`;
  const list = await callApi(
    connection,
    options => api.listNamespacedPod({ namespace, labelSelector }, options),
    patience,
  );
  const pods = list.items.sort(
    (a, b) => Number(a.metadata?.creationTimestamp ?? 0) - Number(b.metadata?.creationTimestamp ?? 0),
  );
  const logs: PodLog[] = [];
  for (const { metadata, spec } of pods) {
    const pod = metadata?.name ?? '';
    for (const { name: container } of [...(spec?.initContainers ?? []), ...(spec?.containers ?? [])]) {
      const asked = { namespace, name: pod, container };
      const text = await callApi(connection, options => api.readNamespacedPodLog(asked, options), patience).catch(
        thrown => {
          // A container that is waiting has none yet.
          if (['refused', 'not-found'].includes(describeApiError(thrown).kind)) return undefined;
          throw thrown;
        },
      );
      logs.push({ pod, container, text });
    }
  }
  return logs;
};

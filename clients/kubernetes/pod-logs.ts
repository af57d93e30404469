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

export interface ContainerLogAsked {
  readonly pod: string;
  readonly container: string;
  /** Lines from its end; all of them when left out. */
  readonly tailLines?: number;
  /** Bytes from its beginning, or of those lines. */
  readonly limitBytes?: number;
}

/** undefined where the container has none (yet). Needs get of pods/log. */
export const readContainerLog = async (
  connection: KubernetesConnection,
  { pod: name, ...asked }: ContainerLogAsked,
  patience: CallPatience,
): Promise<string | undefined> => {
  const api = connection.config.makeApiClient(CoreV1Api);
  const { namespace } = connection;
  try {
    return await callApi(
      connection,
      options => api.readNamespacedPodLog({ namespace, name, ...asked }, options),
      patience,
    );
  } catch (thrown) {
    // A container that is waiting has none yet.
    if (['refused', 'not-found'].includes(describeApiError(thrown).kind)) return undefined;
    throw thrown;
  }
};

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
      const text = await readContainerLog(connection, { pod, container }, patience);
      logs.push({ pod, container, text });
    }
  }
  return logs;
};

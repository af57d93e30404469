// What a container has said, while its pod is there.
import { CoreV1Api } from '@kubernetes/client-node';
import { type CallPatience, callApi } from './calls.ts';
import type { KubernetesConnection } from './connection.ts';
import { describeApiError } from './errors.ts';

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

// A container's log as it grows: one request whose answer ends with the container. The client's own Log ends too early, and
// reads past the connection's pool.
import { ApiException, HttpMethod, RequestContext } from '@kubernetes/client-node';
import type { KubernetesConnection } from './connection.ts';

export interface StreamedLog {
  readonly pod: string;
  readonly container: string;
  /** Go on to what it says next, until it ends. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/**
 * Resolves at the end of the answer, also where that came before the container's. Needs get of pods/log. Throws what the
 * client's own calls throw: an ApiException, or what broke the connection.
 */
export const streamContainerLog = async (
  connection: KubernetesConnection,
  { pod, container, follow, signal }: StreamedLog,
  hear: (bytes: Uint8Array) => void,
): Promise<void> => {
  const { config, namespace } = connection;
  const query = new URLSearchParams({ container, follow: String(follow) });
  const path = `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(pod)}/log?${query}`;
  const url = new URL((config.getCurrentCluster()?.server ?? '') + path);
  const context = new RequestContext(url.href, HttpMethod.GET);
  await config.applySecurityAuthentication(context);
  const dispatcher = context.getDispatcher();
  if (dispatcher === undefined) throw new TypeError('the connection has no pool');
  const { statusCode, body } = await dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: context.getHeaders(),
    signal,
  });
  if (statusCode !== 200) throw new ApiException(statusCode, 'the log was not read', await body.text(), {});
  for await (const chunk of body) hear(chunk as Uint8Array);
};

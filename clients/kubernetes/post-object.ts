// Creates an object at the API server: by the client's own identity and connection pool, but without its fetch, which costs three
// times the CPU. A run makes one such call for each account (npm run bench:fanout).
import { ApiException, HttpMethod, RequestContext } from '@kubernetes/client-node';
import type { KubernetesConnection } from './connection.ts';

export interface Posting {
  /** `/apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL`, with a query where there is one. */
  readonly path: string;
  readonly object: object;
  readonly signal: AbortSignal;
}

type Headers = Record<string, string | string[] | undefined>;

const plainHeaders = (headers: Headers): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** What was created is not read. Throws what the client's own calls throw: an ApiException, or what broke the connection. */
export const postObject = async (connection: KubernetesConnection, posting: Posting): Promise<void> => {
  const { path, object, signal } = posting;
  // A server may lie below a path, as behind a gateway of many clusters.
  const url = new URL((connection.config.getCurrentCluster()?.server ?? '') + path);
  const context = new RequestContext(url.href, HttpMethod.POST);
  await connection.config.applySecurityAuthentication(context);
  const dispatcher = context.getDispatcher();
  if (dispatcher === undefined) throw new TypeError('the connection has no pool');
  const answer = await dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'POST',
    headers: { ...context.getHeaders(), accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify(object),
    signal,
  });
  if (answer.statusCode === 201) return await answer.body.dump({ limit: 1_000_000 });
  throw new ApiException(
    answer.statusCode,
    'the object was not created',
    await answer.body.text(),
    plainHeaders(answer.headers),
  );
};

// Creates an object at the API server over node:https: a run makes one call per account this way, and the client's own way to do
// it costs three times the CPU and, at ten thousand accounts, twice the memory (npm run bench:fanout).
import { type IncomingHttpHeaders, type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { text } from 'node:stream/consumers';
import { ApiException } from '@kubernetes/client-node';
import type { KubernetesConnection } from './connection.ts';

export interface Posting {
  /** `/apis/GROUP/VERSION/namespaces/NAMESPACE/PLURAL` */
  readonly path: string;
  readonly object: object;
  readonly signal: AbortSignal;
}

const plainHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

/** The object as the server has it now. Throws what the client's own calls throw: an ApiException, or what broke the connection. */
export const postObject = async <Result>(
  connection: KubernetesConnection,
  { path, object, signal }: Posting,
): Promise<Result> => {
  const { headers, ...options } = await connection.requestOptions();
  const body = Buffer.from(JSON.stringify(object));
  const json = { accept: 'application/json', 'content-type': 'application/json', 'content-length': body.length };
  const server = connection.config.getCurrentCluster()?.server ?? '';
  // kubectl proxy, and other places that add TLS and the identity themselves.
  const request = server.startsWith('http:') ? requestPlain : requestSecure;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const posted = request(server + path, { ...options, method: 'POST', signal, headers: { ...headers, ...json } });
    posted.once('response', resolve).once('error', reject).end(body);
  });
  const said = await text(answer);
  if (answer.statusCode === 201 || answer.statusCode === 200) return JSON.parse(said) as Result;
  const code = answer.statusCode ?? 0;
  throw new ApiException(code, 'the object was not created', said, plainHeaders(answer.headers));
};

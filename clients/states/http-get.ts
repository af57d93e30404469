// Under the places that are reached by plain HTTPS: one GET, bounded in bytes and time, through the connection's proxy.
import { type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientConfiguration } from '../aws/connection.ts';
import { maxStateBytes, type StateAccess } from './state-answer.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** Bytes that the body has, or would have had; it is empty when they are more than maxStateBytes. */
  readonly bytes: number;
}

export interface HttpRequest {
  readonly url: string;
  /** Not sent on to another origin, where a redirection leads. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent by POST. */
  readonly form?: Readonly<Record<string, string>>;
}

export interface HttpGet {
  /** Redirections are followed. Rejects with what Node says of the network. */
  readonly get: (request: HttpRequest) => Promise<HttpAnswer>;
  readonly close: () => void;
}

const maxRedirections = 5;
const defaultTries = 4;
const idleTimeout = 60_000;

interface Agents {
  readonly http: HttpAgent;
  readonly https: HttpsAgent;
}

const collect = async (answer: IncomingMessage): Promise<HttpAnswer> => {
  const status = answer.statusCode ?? 0;
  const chunks: Buffer[] = [];
  let bytes = Number(answer.headers['content-length'] ?? 0);
  const isTooLarge = () => bytes > maxStateBytes;
  if (!isTooLarge()) {
    bytes = 0;
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (isTooLarge()) break;
      chunks.push(chunk);
    }
  }
  if (isTooLarge()) answer.destroy();
  return { status, bytes, body: isTooLarge() ? Buffer.alloc(0) : Buffer.concat(chunks) };
};

interface Sending {
  readonly agents: Agents;
  readonly signal: AbortSignal;
  readonly tries: number;
}

const send = ({ url, headers, form }: HttpRequest, { agents, signal }: Sending): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const isTls = url.startsWith('https:');
    const body = form === undefined ? undefined : new URLSearchParams(form).toString();
    const posted = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const options = {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'user-agent': 'aws-inventory', 'accept-encoding': 'identity', ...posted, ...headers },
      signal,
      timeout: idleTimeout,
    };
    const sent = isTls
      ? requestHttps(url, { ...options, agent: agents.https }, resolve)
      : requestHttp(url, { ...options, agent: agents.http }, resolve);
    sent.on('timeout', () => sent.destroy(Object.assign(new Error('no byte for a minute'), { code: 'ETIMEDOUT' })));
    sent.on('error', reject);
    sent.end(body);
  });

const redirections = new Set([301, 302, 303, 307, 308]);

/** Where a redirection leads; undefined when the answer is none that may be followed. */
const nextRequest = (answer: IncomingMessage, request: HttpRequest): HttpRequest | undefined => {
  const { location } = answer.headers;
  if (!redirections.has(answer.statusCode ?? 0) || location === undefined) return undefined;
  const url = URL.parse(location, request.url);
  // A token, or the state itself, must not travel in the clear because a server says so.
  if (url === null || (request.url.startsWith('https:') && url.protocol !== 'https:')) return undefined;
  if (!['http:', 'https:'].includes(url.protocol)) return undefined;
  const headers = url.origin === new URL(request.url).origin ? request.headers : undefined;
  return { url: url.href, ...(headers === undefined ? {} : { headers }) };
};

const follow = async (request: HttpRequest, sending: Sending, left = maxRedirections): Promise<HttpAnswer> => {
  const answer = await send(request, sending);
  const next = left === 0 ? undefined : nextRequest(answer, request);
  if (next === undefined) return await collect(answer);
  answer.resume();
  return await follow(next, sending, left - 1);
};

const isWorthARetry = (status: number): boolean => status === 429 || status >= 500;

/** A certificate or a name that is wrong stays so. */
const isPassing = (thrown: unknown): boolean =>
  /^(ECONN|EPIPE|ETIMEDOUT|EAI_AGAIN|HPE_)/.test((thrown as { code?: string }).code ?? '');

const attempt = async (request: HttpRequest, sending: Sending, nth = 1): Promise<HttpAnswer> => {
  const isLast = nth >= sending.tries;
  try {
    const answer = await follow(request, sending);
    if (isLast || !isWorthARetry(answer.status)) return answer;
  } catch (thrown) {
    if (isLast || sending.signal.aborted || !isPassing(thrown)) throw thrown;
  }
  await sleep(2 ** nth * 125, undefined, { signal: sending.signal });
  return await attempt(request, sending, nth + 1);
};

/** Opens nothing yet. Close it, or its kept-alive sockets hold the process open. */
export const openHttpGet = ({ aws, signal }: StateAccess): HttpGet => {
  const { httpAgent, httpsAgent } = clientConfiguration(aws, { maxSockets: 16 }).requestHandler;
  const sending = { agents: { http: httpAgent, https: httpsAgent }, signal, tries: aws.maxAttempts ?? defaultTries };
  return {
    get: request => attempt(request, sending),
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
};

// How the tests' node speaks with the API server: raw JSON over kept connections, patiently, because a kubelet never gives up.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, type RequestOptions, request } from 'node:https';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'yaml';

export interface ApiCall {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** An answer that no repetition changes: not found, conflict, invalid, forbidden. */
export class ApiRefusal extends Error {
  readonly code: number;

  constructor(call: ApiCall, code: number, answer: string) {
    super(`${call.method} ${call.path} was answered ${code}: ${answer.slice(0, 500)}`);
    this.code = code;
  }
}

export interface WatchEvent<Item> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Item;
}

export interface NodeApi {
  /** Tried again until it is answered or the node ends. Throws ApiRefusal, and the signal's reason. */
  readonly call: <Result>(call: ApiCall) => Promise<Result>;
  /** One watch to its end; silence counts as one after 75 seconds, because the server sends a bookmark every minute. */
  readonly watch: <Item>(path: string, hear: (event: WatchEvent<Item>) => void) => Promise<void>;
  readonly close: () => void;
}

interface Kubeconfig {
  readonly clusters: readonly { readonly cluster: Readonly<Record<string, string>> }[];
  readonly users: readonly { readonly user: { readonly token?: string } }[];
}

/** The one cluster and the one token of a file as the control plane writes it. */
const readAccess = (path: string): { readonly server: URL; readonly ca: string; readonly token: string } => {
  const { clusters, users } = parse(readFileSync(path, 'utf8')) as Kubeconfig;
  const cluster = clusters[0]?.cluster ?? {};
  const inline = cluster['certificate-authority-data'];
  const ca =
    inline === undefined
      ? readFileSync(cluster['certificate-authority'] ?? '', 'utf8')
      : Buffer.from(inline, 'base64').toString('utf8');
  return { server: new URL(cluster['server'] ?? ''), ca, token: users[0]?.user.token ?? '' };
};

const patchType = 'application/strategic-merge-patch+json';
const silenceMilliseconds = 75_000;
const callMilliseconds = 15_000;

interface Access {
  readonly options: RequestOptions;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

const send = async (call: ApiCall, access: Access, timeout: number): Promise<IncomingMessage> => {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  const type = call.method === 'PATCH' ? patchType : 'application/json';
  const sent = request({
    ...access.options,
    ...{ method: call.method, path: call.path, signal: access.signal },
    headers: {
      ...access.headers,
      ...(body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }),
    },
  });
  // Also after the answer began, when the reader of the answer is told: unheard, it would end this process.
  sent.on('error', () => undefined);
  // Of silence, not of the whole: a watch lasts as long as something comes.
  sent.setTimeout(timeout, () => sent.destroy(new Error(`nothing came for ${timeout} ms`)));
  sent.end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  return answer;
};

const mayPass = (code: number): boolean => code === 429 || code >= 500;

const callOnce = async <Result>(call: ApiCall, access: Access): Promise<Result> => {
  const answer = await send(call, access, callMilliseconds);
  const said = await text(answer);
  const code = answer.statusCode ?? 0;
  if (code >= 200 && code < 300) return JSON.parse(said) as Result;
  if (mayPass(code)) throw new Error(`answered ${code}`);
  throw new ApiRefusal(call, code, said);
};

const callPatiently = async <Result>(call: ApiCall, access: Access): Promise<Result> => {
  for (let delay = 100; ; delay = Math.min(1_000, delay * 2)) {
    access.signal.throwIfAborted();
    try {
      return await callOnce<Result>(call, access);
    } catch (error) {
      access.signal.throwIfAborted();
      if (error instanceof ApiRefusal) throw error;
    }
    await wait(delay, undefined, { signal: access.signal });
  }
};

const watchOnce = async <Item>(path: string, access: Access, hear: (event: WatchEvent<Item>) => void) => {
  const call = { method: 'GET', path } as const;
  const answer = await send(call, access, silenceMilliseconds);
  if (answer.statusCode !== 200) throw new ApiRefusal(call, answer.statusCode ?? 0, await text(answer));
  const broken = once(answer, 'error').then(([error]) => Promise.reject(error));
  // Only one of the two is awaited when the server ends the watch as it should.
  broken.catch(() => undefined);
  const read = async () => {
    for await (const line of createInterface({ input: answer })) hear(JSON.parse(line) as WatchEvent<Item>);
  };
  await Promise.race([read(), broken]).finally(() => answer.destroy());
};

/** `kubeconfig` is a file; nothing is connected before the first call. */
export const openNodeApi = (kubeconfig: string, signal: AbortSignal): NodeApi => {
  const { server, ca, token } = readAccess(kubeconfig);
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  const options = { host: server.hostname, port: server.port, ca, agent };
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json', 'user-agent': 'node-of-the-tests' };
  const access = { options, headers, signal };
  return {
    call: call => callPatiently(call, access),
    // A connection of its own: the pool is for calls that end.
    watch: (path, hear) => watchOnce(path, { ...access, options: { ...options, agent: false } }, hear),
    close: () => agent.destroy(),
  };
};

// A proxy before the tests' API server: refuses, delays, breaks and disturbs what rules name, calls tests in at an exact request,
// and keeps a history. HTTP/1.1 alone; connections that are upgraded (exec, port-forward) do not pass.
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerApiRequest, type WholeAnswer } from './api-answers.ts';
import { hookRequests, type RequestHook } from './api-hooks.ts';
import {
  type ApiAnswer,
  type ApiMatch,
  type ApiRule,
  chooseApiAnswer,
  type WatchDisturbance,
} from './api-proxy-rules.ts';
import { type ApiRequest, readApiRequest, type TokenNames } from './api-request.ts';
import { connectApiServer } from './api-upstream.ts';
import { followWatches } from './api-watches.ts';

/** One request as it was sent, and what became of it. */
export interface ProxiedApiRequest extends ApiRequest {
  /** What the rules said. */
  readonly answer: ApiAnswer['do'];
  /** The status that the client got; null while it waits, and where the connection broke. */
  readonly status: number | null;
}

export interface ApiProxyOptions {
  /** The control plane, or what has these of it. */
  readonly before: {
    readonly url: string;
    readonly certificateFile: string;
    readonly keyFile: string;
    readonly caFile: string;
  };
  readonly rules?: readonly ApiRule[];
  /** Names of the users whose tokens are not a service account's: token → name. */
  readonly tokens?: TokenNames;
}

export interface ApiProxy {
  /** https://127.0.0.1:PORT: with the API server's own certificate, so its CA is the one to trust. */
  readonly url: string;
  readonly port: number;
  /** In the order of arrival; holds no tokens and no bodies. */
  readonly history: readonly ProxiedApiRequest[];
  /** The new rules count from zero. */
  readonly setRules: (rules: readonly ApiRule[]) => void;
  /** Resolves with the request when the hook has run. */
  readonly onRequest: (hook: RequestHook) => Promise<ApiRequest>;
  /** Does that to the watches that are open and match; returns how many these were. */
  readonly disturbWatches: (match: ApiMatch, by: WatchDisturbance) => number;
  readonly openWatches: () => readonly ApiRequest[];
  readonly stop: () => Promise<void>;
}

type HistoryEntry = ProxiedApiRequest & { status: number | null };

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
};

const tokenOf = (authorization = ''): string | null => /^bearer (.+)$/i.exec(authorization)?.[1] ?? null;

const readRequest = async (incoming: IncomingMessage, names: TokenNames) => {
  const body = await buffer(incoming);
  const { method = 'GET', url = '/', headers } = incoming;
  const userAgent = headers['user-agent'] ?? '';
  const asked = readApiRequest({ method, url, userAgent, token: tokenOf(headers.authorization), body }, names);
  return { asked, sent: { method, url, headers, body } };
};

/** The connections below TLS: only they can be reset. Known by the client's port, which the layer above knows too. */
const followConnections = (server: Server) => {
  const connections = new Map<number | undefined, Socket>();
  server.on('connection', (socket: Socket) => {
    const { remotePort } = socket;
    connections.set(remotePort, socket);
    socket.once('close', () => connections.delete(remotePort));
  });
  return (port: number | undefined): void => void connections.get(port)?.resetAndDestroy();
};

const freshRules = (list: readonly ApiRule[]) => ({
  list,
  seen: new Map<ApiRule, number>(),
  firstAnswers: new Map<string, Promise<WholeAnswer>>(),
});

/** Starts on a free loopback port. It ends with stop() alone. */
export const startApiProxy = async ({ before, rules = [], tokens = {} }: ApiProxyOptions): Promise<ApiProxy> => {
  const upstream = connectApiServer(before.url, await readFile(before.caFile, 'utf8'));
  const watches = followWatches();
  const hooks = hookRequests();
  const history: HistoryEntry[] = [];
  let current = freshRules(rules);

  const receive = async (incoming: IncomingMessage, response: ServerResponse, reset: () => void): Promise<void> => {
    const left = new AbortController();
    // The client that goes takes its request with it, above all a watch.
    response.once('close', () => left.abort());
    const { asked, sent } = await readRequest(incoming, tokens);
    const { list, seen, firstAnswers } = current;
    const answer = chooseApiAnswer(list, asked, seen);
    const entry: HistoryEntry = { ...asked, answer: answer.do, status: null };
    history.push(entry);
    response.once('finish', () => {
      entry.status = response.statusCode;
    });
    const forwarded = { ...sent, signal: left.signal };
    const exchange = { asked, forwarded, response, reset, hooks: hooks.arrive(asked) };
    await answerApiRequest(exchange, answer, { upstream, watches, firstAnswers });
  };

  const cert = await readFile(before.certificateFile);
  const key = await readFile(before.keyFile);
  const server = createServer({ cert, key, keepAliveTimeout: 600_000, requestTimeout: 0 }, (incoming, response) => {
    const { remotePort } = incoming.socket;
    // A server that is gone, or a client that left, breaks the connection, as it would without the proxy.
    receive(incoming, response, () => reset(remotePort)).catch(() => incoming.socket.destroy());
  });
  const reset = followConnections(server);
  const port = await listen(server);
  return {
    url: `https://127.0.0.1:${port}`,
    port,
    history,
    setRules: list => {
      current = freshRules(list);
    },
    onRequest: hooks.add,
    disturbWatches: watches.disturb,
    openWatches: watches.open,
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      upstream.close();
      await closed;
    },
  };
};

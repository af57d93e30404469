// The refusing proxy before moto: refuses, delays and breaks what rules name, because moto refuses almost nothing; keeps a
// history of what was asked; and lets conditional writes of one key through one after the other.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { answerRequests } from './answer-request.ts';
import { chooseAnswer, type ProxyAnswer, type ProxyRule } from './proxy-rules.ts';
import { type IdentifiedRequest, readRequestFacts } from './request-facts.ts';
import { rememberSessions } from './sessions.ts';
import { connectUpstream } from './upstream.ts';

/** One request as it was sent, and what became of it. */
export interface ProxiedRequest extends IdentifiedRequest {
  /** What the rules said. */
  readonly answer: ProxyAnswer['do'];
  /** The status that the client got; null while it waits, and where the connection broke. */
  readonly status: number | null;
}

export interface RefusingProxyOptions {
  /** URL of the simulator. */
  readonly upstream: string;
  readonly rules?: readonly ProxyRule[];
  /** Where it listens; the loopback address when left out. */
  readonly address?: string;
}

export interface RefusingProxy {
  /** `http://ADDRESS:PORT`: the endpoint for every client. */
  readonly url: string;
  /** In the order of arrival; the newest 20,000. Holds no secrets. */
  readonly history: readonly ProxiedRequest[];
  /** The new rules count from zero. */
  readonly setRules: (rules: readonly ProxyRule[]) => void;
  readonly stop: () => Promise<void>;
}

type HistoryEntry = ProxiedRequest & { status: number | null };

const historyLength = 20_000;

const record = (history: HistoryEntry[], entry: HistoryEntry, response: ServerResponse): void => {
  history.push(entry);
  if (history.length > historyLength) history.shift();
  response.once('finish', () => {
    entry.status = response.statusCode;
  });
};

const isForm = (incoming: IncomingMessage): boolean =>
  (incoming.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

const listen = async (server: Server, address: string): Promise<string> => {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, address, resolve);
  });
  return `http://${address}:${(server.address() as AddressInfo).port}`;
};

/** Starts the proxy on a free port. It ends with stop() alone. */
export const startRefusingProxy = async (options: RefusingProxyOptions): Promise<RefusingProxy> => {
  const upstream = connectUpstream(options.upstream);
  const sessions = rememberSessions();
  const answerRequest = answerRequests(upstream, sessions);
  const history: HistoryEntry[] = [];
  let rules = { list: options.rules ?? [], seen: new Map<ProxyRule, number>() };

  const receive = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    // The query protocols name the action in the body; every other body is streamed.
    const body = isForm(incoming) ? await buffer(incoming) : null;
    const { method = 'GET', url = '/', headers } = incoming;
    const facts = readRequestFacts({ method, url, headers, form: body?.toString() ?? '' });
    const asked = { ...facts, ...sessions.identify(facts.accessKeyId) };
    const answer = chooseAnswer(rules.list, asked, rules.seen);
    record(history, { ...asked, answer: answer.do, status: null }, response);
    await answerRequest({ incoming, response, body, asked }, answer);
  };

  // Idle connections stay: closing one in the moment in which a client takes it again would be a fault of our own.
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, (incoming, response) => {
    // A simulator that is gone, or a client that left, breaks the connection, as it would without the proxy.
    receive(incoming, response).catch(() => incoming.socket.destroy());
  });
  return {
    url: await listen(server, options.address ?? '127.0.0.1'),
    history,
    setRules: list => {
      rules = { list, seen: new Map() };
    },
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      upstream.close();
      await closed;
    },
  };
};

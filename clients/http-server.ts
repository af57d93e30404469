// The one server of the programs that answer over HTTP (exporter, `tags --web`): limits, listening, and a bounded end.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { InventoryError } from '../contract/errors.ts';
import type { Log } from './log.ts';

export interface HttpServerOptions {
  readonly fetch: (request: Request) => Response | Promise<Response>;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Gets what `fetch` throws; the client is told 500 and nothing more. */
  readonly log?: Pick<Log, 'error'> | undefined;
  readonly limits?: Partial<HttpLimits> | undefined;
}

export interface HttpServer {
  readonly port: number;
  /** For people, `http://127.0.0.1:8080`: a server of all addresses is named by a loopback one. */
  readonly url: string;
  /** Takes no more requests, lets those that run end, and after some seconds ends them. */
  readonly close: () => Promise<void>;
}

/** Times in milliseconds. */
export interface HttpLimits {
  readonly headerBytes: number;
  /** Sockets at once: above it a client is turned away, and the process keeps its memory. */
  readonly connections: number;
  /** Until the header is whole. */
  readonly headerTime: number;
  /** Until the request is whole. */
  readonly requestTime: number;
  /** Of a client that does not read its answer. */
  readonly idleTime: number;
  /** Between two requests of a connection. */
  readonly keepAliveTime: number;
  /** Until requests that still run are cut off at the end. */
  readonly closeTime: number;
}

const usualLimits: HttpLimits = {
  // Prometheus and browsers send some hundred bytes; cookies of other programs of the same host come along.
  headerBytes: 16 * 1024,
  connections: 512,
  headerTime: 10_000,
  requestTime: 15_000,
  idleTime: 60_000,
  // Longer than a scrape interval, so that Prometheus keeps its connection.
  keepAliveTime: 75_000,
  closeTime: 5_000,
};

const listenRemedies: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Choose another --port, or stop what listens there.',
  EACCES: 'Choose a --port from 1024 up, or let this user listen on low ports.',
  EADDRNOTAVAIL: 'Let --host be an address of this machine, or 0.0.0.0 for all of them.',
  ENOTFOUND: 'Let --host be an address of this machine, or 0.0.0.0 for all of them.',
};

const listen = async (server: Server, host: string, port: number): Promise<void> => {
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen({ host, port }, listening.resolve);
  try {
    await listening.promise;
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new InventoryError('port-unavailable', `Nothing can listen on ${host} port ${port}: ${message}`, {
      remedy: listenRemedies[code],
      cause,
    });
  }
  server.off('error', listening.reject);
};

/** No route of these servers takes a body: whoever sends one is not read, and loses the connection. */
const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const refuseBody = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
  outgoing.once('finish', () => incoming.destroy());
  outgoing.writeHead(413, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' }).end('no body here\n');
};

type Answer = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

const createLimitedServer = (limits: HttpLimits, answer: Answer): Server => {
  const server = createServer(
    {
      maxHeaderSize: limits.headerBytes,
      headersTimeout: limits.headerTime,
      requestTimeout: limits.requestTime,
      keepAliveTimeout: limits.keepAliveTime,
      connectionsCheckingInterval: Math.min(2_000, limits.headerTime),
    },
    answer,
  );
  server.maxConnections = limits.connections;
  server.setTimeout(limits.idleTime);
  // Without a listener Node reads the whole body of who asks first whether it may send one.
  server.on('checkContinue', refuseBody);
  return server;
};

const closeServer = async (server: Server, closeTime: number): Promise<void> => {
  const ended = new Promise(resolve => server.close(resolve));
  // A kept-alive connection is closed once its last answer is out.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const limit = setTimeout(() => server.closeAllConnections(), closeTime);
  await ended;
  clearInterval(sweep);
  clearTimeout(limit);
};

const urlOf = (host: string, port: number): string => {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};

/** Resolves once it listens. Throws port-unavailable. */
export const startHttpServer = async (options: HttpServerOptions): Promise<HttpServer> => {
  const { fetch, host, port, log } = options;
  const limits = { ...usualLimits, ...options.limits };
  const answer = getRequestListener(fetch, {
    errorHandler: thrown => {
      // A request that is no request (no Host, a target that is none) is its sender's fault.
      if (thrown instanceof Error && thrown.name === 'RequestError') return new Response(null, { status: 400 });
      log?.error({ err: thrown }, 'a request failed');
      return new Response('internal error\n', { status: 500 });
    },
  });
  const server = createLimitedServer(limits, (incoming, outgoing) => {
    if (hasBody(incoming)) refuseBody(incoming, outgoing);
    else void answer(incoming, outgoing);
  });
  await listen(server, host, port);
  const address = server.address() as AddressInfo;
  return { port: address.port, url: urlOf(host, address.port), close: () => closeServer(server, limits.closeTime) };
};

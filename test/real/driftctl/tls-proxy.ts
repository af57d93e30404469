// A proxy that opens TLS, between driftctl and the simulator: driftctl has no way to name an endpoint, so it calls AWS's own hosts.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { createSecureContext, type SecureContext, TLSSocket } from 'node:tls';
import { makeAuthority, makeCertificate } from './certificates.ts';

export interface TlsProxy {
  /** For HTTPS_PROXY. */
  readonly url: string;
  /** PEM of its authority, for AWS_CA_BUNDLE. */
  readonly authority: string;
  /** `POST sqs.eu-west-1.amazonaws.com /`, in the order of arrival. */
  readonly requests: readonly string[];
  /** Hosts that are not AWS's and that somebody wanted to reach; they are refused. */
  readonly strangers: readonly string[];
  readonly stop: () => Promise<void>;
}

const awsHost = /\.amazonaws\.com(\.cn)?$/;

const forward = (upstream: string, incoming: IncomingMessage, response: ServerResponse): void => {
  const { hostname, port } = new URL(upstream);
  const { method, url: path, headers } = incoming;
  const { connection: _connection, ...kept } = headers;
  const outgoing = request({ hostname, port, method, path, headers: kept }, answer => {
    const { connection: _closed, 'keep-alive': _kept, ...given } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, given);
    answer.pipe(response);
  });
  outgoing.on('error', () => incoming.socket.destroy());
  incoming.pipe(outgoing);
};

/** Starts it on a free loopback port; `upstream` gets every request with the host that it was sent to. */
export const startTlsProxy = async (upstream: string): Promise<TlsProxy> => {
  const authority = makeAuthority();
  const contexts = new Map<string, SecureContext>();
  const requests: string[] = [];
  const strangers: string[] = [];
  const open = new Set<Socket>();

  const contextFor = (host: string): SecureContext => {
    const made = contexts.get(host);
    if (made !== undefined) return made;
    const { certificate, key } = makeCertificate(authority, host);
    const context = createSecureContext({ cert: certificate, key: key.export({ type: 'pkcs8', format: 'pem' }) });
    contexts.set(host, context);
    return context;
  };

  // A connection stays until its client closes it: closing one that a client is about to use again fails a scan.
  const inner = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (incoming, response) => {
    requests.push(`${incoming.method} ${incoming.headers.host} ${incoming.url}`);
    forward(upstream, incoming, response);
  });
  const outer = createServer((_incoming, response) => response.writeHead(405).end());
  outer.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  outer.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    const host = (incoming.url ?? '').replace(/:\d+$/, '');
    if (!awsHost.test(host)) {
      strangers.push(host);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
      return;
    }
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    const secured = new TLSSocket(socket, { isServer: true, secureContext: contextFor(host) });
    secured.on('error', () => socket.destroy());
    inner.emit('connection', secured);
  });
  await new Promise<void>(resolve => outer.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(outer.address() as AddressInfo).port}`,
    authority: authority.certificate,
    requests,
    strangers,
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise(resolve => outer.close(resolve));
    },
  };
};

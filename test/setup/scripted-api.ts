// A loopback server that answers as a test says, in the form of an API server: for what a real one cannot be made to do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { type KubernetesConnection, openKubernetes } from '../../clients/kubernetes/connection.ts';

export interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly isWatch: boolean;
}

export interface ScriptedApi {
  readonly connection: KubernetesConnection;
  readonly requests: ApiRequest[];
  /** TCP connections that were opened. */
  readonly connections: () => number;
}

/** Answers one request; `nth` counts those of the same method and path from 1. */
export type ApiScript = (request: ApiRequest, response: ServerResponse, nth: number) => void;

export const answer = (
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};

export const refusal = (code: number, reason: string, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  ...{ code, reason, message },
});

/** One event of a watch; the response stays open. */
export const tell = (response: ServerResponse, type: string, object: unknown): void => {
  response.write(`${JSON.stringify({ type, object })}\n`);
};

const kubeconfig = (server: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace: 'inventory' } }],
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'not-a-secret' } }],
  });

/** Ends with the test. */
export const startScriptedApi = async (script: ApiScript): Promise<ScriptedApi> => {
  const requests: ApiRequest[] = [];
  let connections = 0;
  const receive = (incoming: IncomingMessage, response: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://api');
    const request = { method: incoming.method ?? '', url, isWatch: url.searchParams.get('watch') === 'true' };
    requests.push(request);
    const nth = requests.filter(
      each => each.method === request.method && each.url.pathname === url.pathname && each.isWatch === request.isWatch,
    ).length;
    incoming.resume();
    incoming.once('end', () => script(request, response, nth));
  };
  const server = createServer(receive).on('connection', () => {
    connections += 1;
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const directory = mkdtempSync(join(tmpdir(), 'inventory-api-'));
  const file = join(directory, 'config');
  writeFileSync(file, kubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  vi.stubEnv('KUBECONFIG', file);
  const connection = openKubernetes({});
  onTestFinished(async () => {
    await connection.close();
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
    rmSync(directory, { recursive: true });
    vi.unstubAllEnvs();
  });
  return { connection, requests, connections: () => connections };
};

// Serves `kubectl logs` as a kubelet does: the API server comes here for /containerLogs.
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface LogFile {
  readonly path: string;
  /** Whether more may come. */
  readonly isGrowing: () => boolean;
}

export interface LogServing {
  /** PEM. */
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** undefined for a container of no pod of this node. */
  readonly find: (namespace: string, pod: string, container: string) => LogFile | undefined;
}

export interface LogServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const lookMilliseconds = 100;

const lastLines = (text: string, lines: number): string => {
  const all = text.split('\n');
  return all.slice(text.endsWith('\n') ? -lines - 1 : -lines).join('\n');
};

const readFrom = async (path: string, offset: number): Promise<Buffer> => {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const rest = Buffer.alloc(Math.max(0, size - offset));
    const { bytesRead } = await file.read(rest, 0, rest.length, offset);
    return rest.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const sendLog = async (log: LogFile, query: URLSearchParams, answer: ServerResponse): Promise<void> => {
  const first = await readFrom(log.path, 0);
  const lines = query.get('tailLines');
  answer.writeHead(200, { 'content-type': 'text/plain' });
  answer.write(lines === null ? first : lastLines(first.toString('utf8'), Number(lines)));
  let offset = first.length;
  while (query.get('follow') === 'true' && !answer.destroyed) {
    // Asked before the file is read: what came before the end is not missed.
    const growing = log.isGrowing();
    const more = await readFrom(log.path, offset);
    offset += more.length;
    answer.write(more);
    if (!growing) break;
    await wait(lookMilliseconds);
  }
  answer.end();
};

const answerRequest = async ({ url = '/' }: IncomingMessage, answer: ServerResponse, find: LogServing['find']) => {
  const { pathname, searchParams } = new URL(url, 'https://node');
  const [, what, namespace = '', pod = '', container = ''] = pathname.split('/');
  const log = what === 'containerLogs' ? find(namespace, pod, container) : undefined;
  if (log === undefined) answer.writeHead(404).end(`${pathname} is not on this node`);
  else if (existsSync(log.path)) await sendLog(log, searchParams, answer);
  else answer.writeHead(400).end(`container "${container}" in pod "${pod}" is waiting to start`);
};

/** On a free loopback port. */
export const serveLogs = async ({ certificate, key, find }: LogServing): Promise<LogServer> => {
  const server = createServer({ cert: certificate, key }, (asked, answer) => {
    answerRequest(asked, answer, find).catch(error => answer.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

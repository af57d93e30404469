// Credentials for the SDKs of one pod, on its loopback address, by the protocol that containers of AWS know.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type HttpServer, startHttpServer } from './http-server.ts';
import type { Log } from './log.ts';

/** As the SDKs read it. */
export interface ServedCredentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
  /** RFC 3339. */
  readonly Expiration: string;
  readonly RoleArn: string;
}

/** Why there are none: the SDKs show both. */
export interface ServedRefusal {
  readonly code: string;
  readonly message: string;
}

/** A new token in a file that one user may read; written beside its place and renamed into it. */
export const leaveToken = async (path: string): Promise<string> => {
  const token = randomBytes(32).toString('base64url');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, token, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return token;
};

const isSame = (sent: string, token: string): boolean => {
  const [one, other] = [Buffer.from(sent), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
};

export interface CredentialsServing {
  readonly port: number;
  readonly token: string;
  /** Asked for every request. */
  readonly current: () => ServedCredentials | ServedRefusal;
  readonly log: Log;
}

const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** Listens on 127.0.0.1 alone: who shares the pod's network can ask, and is told nothing without the token. */
export const serveCredentials = ({ port, token, current, log }: CredentialsServing): Promise<HttpServer> =>
  startHttpServer({
    host: '127.0.0.1',
    port,
    log,
    fetch: request => {
      if (request.method !== 'GET') return json(405, { code: 'MethodNotAllowed', message: 'GET alone' });
      if (!isSame(request.headers.get('authorization') ?? '', token))
        return json(403, { code: 'AccessDenied', message: 'the token of this pod is wanted' });
      const answer = current();
      return json('AccessKeyId' in answer ? 200 : 500, answer);
    },
  });

/** For the probe of a kubelet, which comes from outside of the pod: nothing but that this program is ready. */
export const serveReadiness = (port: number, log: Log): Promise<HttpServer> =>
  startHttpServer({ host: '0.0.0.0', port, log, fetch: () => new Response('ready\n') });

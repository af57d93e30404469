// Stands between the account server and moto, and remembers what moto answers: a scan whose answers come from memory is
// measured without moto's own time, which is many times AWS's.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { connectUpstream } from '../../clients/simulator/upstream.ts';

export interface Tape {
  readonly url: string;
  /** Seeds name their roles and users alike, and one account has each name once: they get this behind their names. */
  readonly nameApart: (suffix: string) => void;
  /** From now on only what was recorded is answered. */
  readonly playAlone: () => void;
  readonly stop: () => Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: Buffer;
}

const scopeOf = (authorization: string | undefined): string =>
  /Credential=[^/]+\/\d+\/([^/]+\/[^/]+)\//.exec(authorization ?? '')?.[1] ?? '';

const keyOf = ({ method, url, headers }: IncomingMessage, body: Buffer): string =>
  [method, url, scopeOf(headers.authorization), headers['x-amz-target'] ?? '', body.toString('latin1')].join(' ');

const isForm = ({ headers }: IncomingMessage): boolean =>
  headers['content-type']?.startsWith('application/x-www-form') === true;

/** The body with the names of IAM told apart, and its length in the headers that are passed on. */
const renameIn = (incoming: IncomingMessage, body: Buffer, suffix: string): Buffer => {
  if (suffix === '' || !isForm(incoming)) return body;
  const renamed = Buffer.from(body.toString().replaceAll(/\b((?:Role|User)Name=\w+)/g, `$1${suffix}`));
  const at = incoming.rawHeaders.findIndex(name => name.toLowerCase() === 'content-length');
  if (at !== -1) incoming.rawHeaders[at + 1] = String(renamed.length);
  return renamed;
};

/** Framing is this server's own. */
const withoutFraming = (raw: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    if (!/^(connection|transfer-encoding|content-length|keep-alive)$/i.test(name)) kept.push(name, value);
  }
  return kept;
};

/** Starts on a free loopback port; records until playAlone(). */
export const startTape = async (upstreamUrl: string): Promise<Tape> => {
  const upstream = connectUpstream(upstreamUrl);
  const answers = new Map<string, Answer>();
  let alone = false;
  let suffix = '';
  const ask = async (incoming: IncomingMessage): Promise<Answer> => {
    const body = renameIn(incoming, await buffer(incoming), suffix);
    const key = keyOf(incoming, body);
    if (alone) return answers.get(key) ?? { status: 400, headers: [], body: Buffer.from('not on the tape') };
    const given = await upstream.send(incoming, body);
    const answer = {
      status: given.statusCode ?? 502,
      headers: withoutFraming(given.rawHeaders),
      body: await buffer(given),
    };
    answers.set(key, answer);
    return answer;
  };
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, (incoming, response) => {
    ask(incoming).then(
      ({ status, headers, body }) =>
        response.writeHead(status, [...headers, 'content-length', String(body.length)]).end(body),
      () => incoming.socket.destroy(),
    );
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    nameApart: given => {
      suffix = given;
    },
    playAlone: () => {
      alone = true;
    },
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      upstream.close();
      await closed;
    },
  };
};

// The refusing proxy's way to the simulator: streams one request there and its answer back, over kept-alive connections.
import { Agent, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';

export interface Upstream {
  /** Sends the request with this body, or streams the incoming one; resolves with the answer's head. */
  readonly send: (incoming: IncomingMessage, body: Buffer | null) => Promise<IncomingMessage>;
  /** The status of a HEAD for the same object under the same condition. */
  readonly check: (incoming: IncomingMessage, condition: Readonly<Record<string, string>>) => Promise<number>;
  readonly close: () => void;
}

const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'expect', 'te', 'upgrade']);

/** Name, value, name, value, …: as they came, in their order and spelling. */
const passOn = (rawHeaders: readonly string[]): string[] => {
  const kept: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!hopByHop.has(name.toLowerCase())) kept.push(name, value);
  }
  return kept;
};

export const connectUpstream = (url: string): Upstream => {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const { hostname, port } = new URL(url);
  const base = { agent, hostname, port };
  return {
    send: async (incoming, body) => {
      const options = { ...base, method: incoming.method, path: incoming.url, headers: passOn(incoming.rawHeaders) };
      const outgoing = request(options);
      const answered = new Promise<IncomingMessage>((resolve, reject) => {
        outgoing.once('response', resolve).once('error', reject);
      });
      if (body !== null) outgoing.end(body);
      // An error while sending ends the promise above: the request is destroyed with it.
      else pipeline(incoming, outgoing).catch(error => outgoing.destroy(error));
      return await answered;
    },
    check: async (incoming, condition) => {
      const path = (incoming.url ?? '/').split('?')[0];
      const { host, authorization } = incoming.headers;
      const headers = { ...condition, host, authorization, 'x-amz-date': incoming.headers['x-amz-date'] };
      const present = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
      const outgoing = request({ ...base, method: 'HEAD', path, headers: present });
      return await new Promise<number>((resolve, reject) => {
        outgoing.once('error', reject).once('response', answer => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        outgoing.end();
      });
    },
    close: () => agent.destroy(),
  };
};

/** Streams the answer on, head and body. */
export const passAnswer = async (answer: IncomingMessage, response: ServerResponse): Promise<void> => {
  response.writeHead(answer.statusCode ?? 502, passOn(answer.rawHeaders));
  await pipeline(answer, response);
};

/** The same for a short answer whose text is wanted too. */
export const passShortAnswer = async (answer: IncomingMessage, response: ServerResponse): Promise<string> => {
  const body = await text(answer);
  response.writeHead(answer.statusCode ?? 502, passOn(answer.rawHeaders));
  response.end(body);
  return body;
};

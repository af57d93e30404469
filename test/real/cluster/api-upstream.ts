// How the proxy before the API server asks the real one.
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

export interface ForwardedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Gives up the request, and with it a watch. */
  readonly signal: AbortSignal;
}

export interface ApiUpstream {
  /** Resolves with the answer's head; its body flows. Rejects when the API server is not there. */
  readonly ask: (forwarded: ForwardedRequest) => Promise<IncomingMessage>;
  readonly close: () => void;
}

/** What belongs to one connection, not to the request. */
const perConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

const passedOn = (headers: IncomingHttpHeaders, body: Buffer): IncomingHttpHeaders => ({
  ...Object.fromEntries(Object.entries(headers).filter(([name]) => !perConnection.has(name))),
  ...(body.length === 0 ? {} : { 'content-length': String(body.length) }),
});

/** `ca` is a PEM text. Connects at the first request. */
export const connectApiServer = (url: string, ca: string): ApiUpstream => {
  const agent = new Agent({ keepAlive: true, ca });
  return {
    ask: ({ method, url: path, headers, body, signal }) =>
      new Promise((resolve, reject) => {
        const asked = request(new URL(path, url), { method, agent, signal, headers: passedOn(headers, body) });
        asked.once('response', resolve).once('error', reject);
        asked.end(body);
      }),
    close: () => agent.destroy(),
  };
};

// Metrics to a Pushgateway: one PUT, which replaces what the group had, so that no series lingers.
import { type Agent as HttpAgent, type IncomingMessage, request as requestHttp } from 'node:http';
import { type Agent as HttpsAgent, request as requestHttps } from 'node:https';
import { text } from 'node:stream/consumers';
import { InventoryError } from '../contract/errors.ts';
import { type AwsConnection, clientConfiguration } from './aws/connection.ts';

export interface Push {
  /** From pushUrl. */
  readonly url: URL;
  readonly body: Buffer;
  readonly contentType: string;
  /** Its proxy and its certificate authorities hold here too. */
  readonly connection: Pick<AwsConnection, 'proxy' | 'caBundle'>;
  readonly signal: AbortSignal;
}

const silence = 30_000;

/** Where the metrics of a job go: a path of the gateway's own is kept, and so are user and password. Throws usage for what is no URL of HTTP. */
export const pushUrl = (url: string, job: string): URL => {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new InventoryError('usage', `The Pushgateway is ${JSON.stringify(url)}, and no URL of http or https`, {
      remedy: 'Give it as http://pushgateway:9091.',
    });
  }
  const path = parsed.pathname.replace(/\/+$/, '').replace(/\/metrics\/job\/[^/]+$/, '');
  parsed.pathname = `${path}/metrics/job/${encodeURIComponent(job)}`;
  return parsed;
};

/** As it may be shown. */
const shown = (url: URL): string => `${url.origin}${url.pathname}`;

const put = ({ url, body, contentType, signal }: Push, agent: HttpAgent | HttpsAgent): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    const headers = { 'content-type': contentType, 'content-length': body.length };
    const request = send(url, { method: 'PUT', headers, agent, signal, timeout: silence }, resolve);
    request.on('timeout', () => request.destroy(new Error(`no answer in ${silence / 1000} seconds`)));
    request.on('error', reject);
    request.end(body);
  });

/** Throws push-failed. */
export const pushMetrics = async (push: Push): Promise<void> => {
  const { url } = push;
  const configuration = clientConfiguration({ ...push.connection, region: '', pathStyleBuckets: false });
  const { httpAgent, httpsAgent } = configuration.requestHandler;
  const failed = (why: string, cause?: unknown) =>
    new InventoryError('push-failed', `${shown(url)} did not take the metrics: ${why}`, { cause });
  try {
    const answer = await put(push, url.protocol === 'https:' ? httpsAgent : httpAgent);
    const said = (await text(answer)).replaceAll(/\s+/g, ' ').trim().slice(0, 300);
    const status = answer.statusCode ?? 0;
    if (status < 200 || status > 299) throw failed(said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`);
  } catch (thrown) {
    push.signal.throwIfAborted();
    if (thrown instanceof InventoryError) throw thrown;
    throw failed(
      thrown instanceof Error ? thrown.message || String((thrown as { code?: unknown }).code) : 'no answer',
      thrown,
    );
  } finally {
    httpAgent.destroy();
    httpsAgent.destroy();
  }
};

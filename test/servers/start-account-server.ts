// The account server: one endpoint for a whole scan. It plays Cloud Control, Resource Explorer and AWS Config's counts from
// a model, and forwards everything else to moto, which lacks them.
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { sleep } from '../../clients/clock.ts';
import { renderError } from '../../clients/simulator/error-bodies.ts';
import { type Refusal, wordRefusal } from '../../clients/simulator/refusals.ts';
import { type IdentifiedRequest, readRequestFacts } from '../../clients/simulator/request-facts.ts';
import { rememberSessions } from '../../clients/simulator/sessions.ts';
import { connectUpstream, passAnswer, passShortAnswer } from '../../clients/simulator/upstream.ts';
import type { AccountModel } from './account-model.ts';
import { type Exchanges, type InFlight, type RecordedExchange, recordExchanges } from './exchanges.ts';
import { playOwnServices } from './own-services.ts';
import { limitRate, type RateLimit } from './rate-limit.ts';
import { readObject, textOf, type WireAnswer } from './wire.ts';

export interface AccountServerOptions {
  /** URL of moto; without it, what is not played here is an UnknownOperationException. */
  readonly upstream: string | undefined;
  /** One model for all accounts, or the model of each. */
  readonly model: AccountModel | ((accountId: string) => AccountModel);
  /** Milliseconds by which every answer is late. */
  readonly latency?: number;
  readonly rateLimit?: RateLimit | readonly RateLimit[];
}

export interface AccountServer {
  readonly url: string;
  /** In the order of arrival. */
  readonly requests: readonly RecordedExchange[];
  readonly inFlight: InFlight;
  readonly stop: () => Promise<void>;
}

const isForm = ({ headers }: IncomingMessage): boolean =>
  (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');

/** Of the REST XML services S3 alone leaves its errors unwrapped; the others' look like those of the query protocol. */
const errorForm = (asked: IdentifiedRequest, url: string): IdentifiedRequest => {
  const wrapped = asked.service === 'route53' || asked.service === 'cloudfront' || url.startsWith('/v20180820/');
  return wrapped ? { ...asked, protocol: 'query' } : asked;
};

const throttled = (asked: IdentifiedRequest): Refusal =>
  asked.service === 'resource-explorer-2'
    ? { status: 429, code: 'ThrottlingException', message: 'Rate exceeded' }
    : wordRefusal('throttled', asked);

const unknownOperation: Refusal = {
  status: 400,
  code: 'UnknownOperationException',
  message: 'There is no simulator behind this server, and the operation is not played here',
};

const identify = (incoming: IncomingMessage, body: Buffer | null, sessions: ReturnType<typeof rememberSessions>) => {
  const { method = 'GET', url = '/', headers } = incoming;
  const facts = readRequestFacts({ method, url, headers, form: body?.toString() ?? '' });
  return errorForm({ ...facts, ...sessions.identify(facts.accessKeyId) }, url);
};

const send = (response: ServerResponse, { status, headers, body }: WireAnswer): void => {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
};

const receiveRequests = (options: AccountServerOptions, { record }: Exchanges) => {
  const { model, latency = 0, rateLimit = [] } = options;
  const started = performance.now();
  const upstream = options.upstream === undefined ? undefined : connectUpstream(options.upstream);
  const sessions = rememberSessions();
  const allows = limitRate([rateLimit].flat());
  const ownServices = playOwnServices();

  const forward = async (incoming: IncomingMessage, response: ServerResponse, body: Buffer | null) => {
    if (upstream === undefined) return false;
    const answer = await upstream.send(incoming, body);
    // The sessions that moto gives out say whose model a later request is about.
    if (body?.includes('Action=AssumeRole')) sessions.learn(await passShortAnswer(answer, response));
    else await passAnswer(answer, response);
    return true;
  };

  const receive = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const at = performance.now() - started;
    const formBody = isForm(incoming) ? await buffer(incoming) : null;
    const asked = identify(incoming, formBody, sessions);
    const own = ownServices.find(asked);
    const input = own === undefined ? {} : (readObject((await buffer(incoming)).toString() || '{}') ?? {});
    const { service, region, accountId } = asked;
    const action = own?.action ?? asked.action;
    const ofType = { typeName: textOf(input['TypeName']), resourceModel: textOf(input['ResourceModel']) };
    record({ service, action, region, accountId, at, status: null, ...(own === undefined ? {} : ofType) }, response);
    const allowed = allows(asked, performance.now());
    if (latency > 0) await sleep(latency);
    // Who left while the answer was late gets none, and moto is not asked on their behalf.
    if (response.destroyed) return;
    if (allowed && own !== undefined) {
      const accountModel = typeof model === 'function' ? model(accountId) : model;
      return send(response, own.answer({ ...asked, model: accountModel, action, input }));
    }
    if (allowed && (await forward(incoming, response, formBody))) return;
    // What is left of the body is read and dropped: the client would see a broken connection instead.
    incoming.resume();
    send(response, renderError(allowed ? unknownOperation : throttled(asked), asked, randomUUID()));
  };
  return { receive, close: () => upstream?.close() };
};

/** Starts on a free loopback port. It ends with stop() alone. */
export const startAccountServer = async (options: AccountServerOptions): Promise<AccountServer> => {
  const exchanges = recordExchanges();
  const { receive, close } = receiveRequests(options, exchanges);
  // Idle connections stay: closing one in the moment in which a client takes it again would be a fault of our own.
  const server = createServer({ keepAliveTimeout: 600_000, requestTimeout: 0 }, (incoming, response) => {
    // moto gone, or a client that left: the connection breaks, as it would without this server.
    receive(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: exchanges.requests,
    inFlight: exchanges.inFlight,
    stop: async () => {
      const closed = new Promise<void>(resolve => server.close(() => resolve()));
      server.closeAllConnections();
      close();
      await closed;
    },
  };
};

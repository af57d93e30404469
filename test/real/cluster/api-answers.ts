// Third step of the proxy before the API server: does what the chosen answer says.
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DueHooks } from './api-hooks.ts';
import { type ApiAnswer, renderStatus } from './api-proxy-rules.ts';
import type { ApiRequest } from './api-request.ts';
import type { ApiUpstream, ForwardedRequest } from './api-upstream.ts';
import type { PassedWatch, PassingWatches } from './api-watches.ts';

export interface ApiExchange {
  readonly asked: ApiRequest;
  readonly forwarded: ForwardedRequest;
  readonly response: ServerResponse;
  readonly hooks: DueHooks;
  /** Resets the client's connection. */
  readonly reset: () => void;
}

export interface WholeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface AnsweringParts {
  readonly upstream: ApiUpstream;
  readonly watches: PassingWatches;
  /** By URL. */
  readonly firstAnswers: Map<string, Promise<WholeAnswer>>;
}

const json = { 'content-type': 'application/json' } as const;

const respond = ({ response }: ApiExchange, { status, headers, body }: WholeAnswer): void => {
  response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
};

const askWhole = async ({ forwarded }: ApiExchange, upstream: ApiUpstream): Promise<WholeAnswer> => {
  const answer = await upstream.ask(forwarded);
  const { 'transfer-encoding': _, ...headers } = answer.headers;
  return { status: answer.statusCode ?? 502, headers, body: await buffer(answer) };
};

const passAnswer = async (exchange: ApiExchange, answer: IncomingMessage): Promise<void> => {
  const { connection: _, 'keep-alive': __, ...headers } = answer.headers;
  exchange.response.writeHead(answer.statusCode ?? 502, headers);
  await pipeline(answer, exchange.response);
};

/** Other clients than ours watch in a binary form, which has no lines to count. */
const isWatch = ({ asked }: ApiExchange, { statusCode, headers }: IncomingMessage): boolean =>
  asked.verb === 'watch' && statusCode === 200 && (headers['content-type'] ?? '').startsWith('application/json');

const forward = async (
  exchange: ApiExchange,
  { upstream, watches }: AnsweringParts,
  disturbance?: PassedWatch['disturbance'],
): Promise<void> => {
  const { asked, response, hooks, reset } = exchange;
  const answer = await upstream.ask(exchange.forwarded);
  if ((await hooks('after')) === 'break') {
    answer.resume();
    return reset();
  }
  if (!isWatch(exchange, answer)) return await passAnswer(exchange, answer);
  await watches.pass({ asked, answer, response, reset, ...(disturbance === undefined ? {} : { disturbance }) });
};

const replayFirst = async (exchange: ApiExchange, { upstream, firstAnswers }: AnsweringParts): Promise<void> => {
  const { url } = exchange.asked;
  const first = firstAnswers.get(url) ?? askWhole(exchange, upstream);
  firstAnswers.set(url, first);
  respond(exchange, await first);
};

/** Rejects when the API server, or the client, has gone: the connection is then to be broken, as it would be without the proxy. */
export const answerApiRequest = async (
  exchange: ApiExchange,
  answer: ApiAnswer,
  parts: AnsweringParts,
): Promise<void> => {
  if ((await exchange.hooks('before')) === 'break') return exchange.reset();
  switch (answer.do) {
    case 'forward':
      return await forward(exchange, parts);
    case 'refuse': {
      const { status, reason, message = reason, retryAfter } = answer;
      const headers = retryAfter === undefined ? json : { ...json, 'retry-after': String(retryAfter) };
      return respond(exchange, { status, headers, body: Buffer.from(renderStatus(status, reason, message)) });
    }
    case 'respond':
      return respond(exchange, { status: answer.status, headers: json, body: Buffer.from(answer.body) });
    case 'delay':
      await sleep(answer.milliseconds, undefined, { signal: exchange.forwarded.signal });
      return await forward(exchange, parts);
    case 'hang':
      return;
    case 'reset-before-forward':
      return exchange.reset();
    case 'forward-then-reset':
      await askWhole(exchange, parts.upstream);
      return exchange.reset();
    case 'first-answer':
      return await replayFirst(exchange, parts);
    case 'disturb-watch':
      return await forward(exchange, parts, { by: answer.by, afterEvents: answer.afterEvents ?? 0 });
  }
};

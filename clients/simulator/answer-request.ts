// Third step of the refusing proxy: does with one request what the rules say — forwards it, refuses it, breaks it off.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sleep } from '../clock.ts';
import { renderError } from './error-bodies.ts';
import { takeTurns } from './one-at-a-time.ts';
import type { ProxyAnswer } from './proxy-rules.ts';
import { type Refusal, wordRefusal } from './refusals.ts';
import type { IdentifiedRequest } from './request-facts.ts';
import type { Sessions } from './sessions.ts';
import { passAnswer, passShortAnswer, type Upstream } from './upstream.ts';

export interface Exchange {
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  /** What was read of the body already; null leaves it to be streamed. */
  readonly body: Buffer | null;
  readonly asked: IdentifiedRequest;
}

/** Resolves when nothing is left to do; rejects when the simulator or the client broke off. */
export type AnswerRequest = (exchange: Exchange, answer: ProxyAnswer) => Promise<void>;

const writes = new Set(['PutObject', 'CopyObject', 'CompleteMultipartUpload', 'DeleteObject']);
const newSession = /^AssumeRole/;

const preconditionFailed: Refusal = {
  status: 412,
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
};

const sendError = ({ response, incoming, asked }: Exchange, refusal: Refusal): void => {
  // The rest of an upload is read and dropped: the client would see a broken connection instead of the refusal.
  incoming.resume();
  const error = renderError(refusal, asked, randomUUID());
  response.writeHead(error.status, { ...error.headers, 'content-length': Buffer.byteLength(error.body) });
  response.end(error.body);
};

const breakOff = ({ incoming }: Exchange): void => {
  incoming.socket.resetAndDestroy();
};

/** Forwards; writes of one key go one after the other, because moto checks a condition and writes in two steps. */
const forwardTo = (upstream: Upstream, sessions: Sessions) => {
  const inTurn = takeTurns();

  /** moto checks the conditions of PutObject, but no If-Match where an upload in parts is completed. */
  const conditionFails = async ({ incoming, asked }: Exchange): Promise<boolean> => {
    const ifMatch = asked.headers['if-match'];
    if (asked.action !== 'CompleteMultipartUpload' || ifMatch === undefined) return false;
    return (await upstream.check(incoming, { 'if-match': ifMatch })) >= 400;
  };

  const pass = async (exchange: Exchange): Promise<void> => {
    if (await conditionFails(exchange)) return sendError(exchange, preconditionFailed);
    const answer = await upstream.send(exchange.incoming, exchange.body);
    if (!newSession.test(exchange.asked.action)) return await passAnswer(answer, exchange.response);
    sessions.learn(await passShortAnswer(answer, exchange.response));
  };

  return async (exchange: Exchange): Promise<void> => {
    const { action, bucket, key } = exchange.asked;
    if (!writes.has(action)) return await pass(exchange);
    await inTurn(`${bucket}/${key}`, () => pass(exchange));
  };
};

export const answerRequests = (upstream: Upstream, sessions: Sessions): AnswerRequest => {
  const forward = forwardTo(upstream, sessions);
  return async (exchange, answer) => {
    switch (answer.do) {
      case 'forward':
        return await forward(exchange);
      case 'refuse':
        return sendError(exchange, wordRefusal(answer.as, exchange.asked));
      case 'fail':
        return sendError(exchange, answer);
      case 'respond':
        exchange.incoming.resume();
        exchange.response.writeHead(answer.status, answer.headers).end(answer.body);
        return;
      case 'delay':
        await sleep(answer.milliseconds);
        return await forward(exchange);
      case 'hang':
        exchange.incoming.resume();
        return;
      case 'reset-before-forward':
        return breakOff(exchange);
      case 'forward-then-reset':
        (await upstream.send(exchange.incoming, exchange.body)).resume().once('end', () => breakOff(exchange));
    }
  };
};

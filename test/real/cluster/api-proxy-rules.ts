// Second step of the proxy before the API server: which rule answers a request. Rules are plain data, read from the first to the last.
import { answerInWindow, fits, type Pattern, type WindowedRule } from '../../../clients/simulator/proxy-rules.ts';
import type { ApiRequest } from './api-request.ts';

/** Every pattern that is given must fit. */
export interface ApiMatch {
  readonly user?: Pattern;
  readonly userAgent?: Pattern;
  readonly verb?: Pattern;
  readonly resource?: Pattern;
  readonly namespace?: Pattern;
  readonly name?: Pattern;
  readonly url?: Pattern;
}

export type ApiAnswer =
  | { readonly do: 'forward' }
  /** A Status as the API server words it, with Retry-After in seconds where that is given. */
  | {
      readonly do: 'refuse';
      readonly status: number;
      /** `TooManyRequests`, `AlreadyExists`, … */
      readonly reason: string;
      readonly message?: string;
      readonly retryAfter?: number;
    }
  /** These very bytes. */
  | { readonly do: 'respond'; readonly status: number; readonly body: string }
  /** Forwarded after so long. */
  | { readonly do: 'delay'; readonly milliseconds: number }
  /** Never answered, and nothing has happened. */
  | { readonly do: 'hang' }
  /** The connection breaks, and nothing has happened. */
  | { readonly do: 'reset-before-forward' }
  /** The connection breaks, and it has happened all the same. */
  | { readonly do: 'forward-then-reset' }
  /** What the first request with this URL was answered since the rules were set, again and again: a list from the past. */
  | { readonly do: 'first-answer' }
  /** A watch: so many events pass, 0 when left out, and then that happens to it. */
  | { readonly do: 'disturb-watch'; readonly by: WatchDisturbance; readonly afterEvents?: number };

export type WatchDisturbance =
  /** Nothing comes any more, and the connection stays. */
  | 'stall'
  /** Ends in order, as a watch does that reaches its time-out. */
  | 'end'
  /** The connection breaks. */
  | 'reset'
  /** An ERROR event with a Status of 410, and the end. A 410 as the answer itself is `refuse` with that status. */
  | 'gone';

export type ApiRule = WindowedRule<ApiMatch, ApiAnswer>;

export const matchesApi = (match: ApiMatch, request: ApiRequest): boolean =>
  fits(match.user, request.user) &&
  fits(match.userAgent, request.userAgent) &&
  fits(match.verb, request.verb) &&
  fits(match.resource, request.resource) &&
  fits(match.namespace, request.namespace) &&
  fits(match.name, request.name) &&
  fits(match.url, request.url);

export const chooseApiAnswer = (
  rules: readonly ApiRule[],
  request: ApiRequest,
  seen: Map<ApiRule, number>,
): ApiAnswer => answerInWindow(rules, match => matchesApi(match, request), seen) ?? { do: 'forward' };

/** A Status object as JSON, as the API server's refusals and the ERROR events of its watches have it. */
export const renderStatus = (code: number, reason: string, message: string): string =>
  JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code });

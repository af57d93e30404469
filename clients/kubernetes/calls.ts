// One call to the API server as every caller wants it: with a time-out, and again when it may succeed the next time.
import {
  type ConfigurationOptions,
  Observable,
  type RequestContext,
  type ResponseContext,
} from '@kubernetes/client-node';
import { sleep } from '../clock.ts';
import type { KubernetesConnection } from './connection.ts';
import { describeApiError, isRetried } from './errors.ts';

export interface CallPatience {
  /** Ends the call and the waiting for the next attempt. */
  readonly signal: AbortSignal;
  /** Attempts in all; 5 when not given, which bridges about five seconds. */
  readonly attempts?: number;
  /** Milliseconds until an attempt is given up; 30,000 when not given. */
  readonly timeout?: number;
}

/** The client's way to hand a signal to fetch. */
const withSignal = (signal: AbortSignal): ConfigurationOptions => ({
  middleware: [
    {
      pre: (context: RequestContext) => {
        context.setSignal(signal);
        return new Observable(Promise.resolve(context));
      },
      post: (context: ResponseContext) => new Observable(Promise.resolve(context)),
    },
  ],
  // The default replaces the client's own middleware.
  middlewareMergeStrategy: 'append',
});

const firstDelay = 200;
const longestDelay = 10_000;
const longestRetryAfter = 60;

const delayBefore = (attempt: number, retryAfterSeconds: number | null): number => {
  const jitter = Math.random() * Math.min(longestDelay, firstDelay * 2 ** attempt);
  return Math.min(retryAfterSeconds ?? 0, longestRetryAfter) * 1000 + jitter;
};

/**
 * Answers of kind `unavailable` are tried again, with jitter and never before Retry-After; every other one is thrown at once, as
 * the client threw it. A create that was tried again may find what its first attempt made.
 */
export const callApi = async <Result>(
  connection: KubernetesConnection,
  call: (options: ConfigurationOptions, signal: AbortSignal) => Promise<Result>,
  patience: CallPatience,
): Promise<Result> => {
  const { signal, attempts = 5, timeout = 30_000 } = patience;
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    const clock = AbortSignal.timeout(timeout);
    const pool = connection.pool();
    try {
      const either = AbortSignal.any([signal, clock]);
      return await call(withSignal(either), either);
    } catch (thrown) {
      signal.throwIfAborted();
      // A connection that swallows requests swallows the next one too.
      if (clock.aborted) connection.renew(pool);
      const facts = describeApiError(thrown);
      if (!isRetried(facts) || attempt >= attempts) throw thrown;
      await sleep(delayBefore(attempt, facts.retryAfterSeconds), signal);
    }
  }
};

// How many calls a scan has in flight, and how fast it may go: hooks into the SDK's own middleware, one book per scan.
import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';
import { describeAwsError } from './errors.ts';
import { createPace, type Pace } from './request-pace.ts';

/** The part of an SDK client that its rates need. */
export interface ObservedClient {
  /** Each client's stack has types of its own, all of one shape. */
  readonly middlewareStack: {
    add(middleware: never, options: never): void;
    addRelativeTo(middleware: never, options: never): void;
  };
}

export interface RateLimits {
  /** Requests of the whole scan that wait for an answer at once. */
  readonly inFlight: number;
  /** Calls of one service in one region. */
  readonly perService: number;
}

/** Calls, and what throttling cost, of one service in one region. */
export interface ServiceRate {
  readonly service: string;
  readonly region: string;
  /** Requests sent, tries again included. */
  readonly requests: number;
  readonly throttled: number;
  /** Seconds that calls have waited because of throttling, all of them added up. */
  readonly throttledSeconds: number;
}

export interface RequestRates {
  /** Bounds and counts every call of the client from now on, together with others of the same service and region. */
  readonly govern: (client: ObservedClient, place: { readonly service: string; readonly region: string }) => void;
  readonly report: () => ServiceRate[];
}

/** What the middlewares of one call pass on: the SDK gives them the same context object. */
interface CallContext {
  inventoryCall?: { answering: number; throttled: boolean };
}

type Next = (request: object) => Promise<object>;

interface Book {
  readonly service: string;
  readonly region: string;
  readonly limit: ReturnType<typeof pLimit>;
  readonly pace: Pace;
  requests: number;
  throttled: number;
  throttledSeconds: number;
}

/** What all books of a scan share. */
interface SharedBounds {
  readonly inFlight: ReturnType<typeof pLimit>;
  readonly signal: AbortSignal;
}

const now = (): number => performance.now();

/** Around a whole call, its tries included: how many there are at once, and what it lost to throttling. */
const boundCall = (book: Book) => (next: Next, context: CallContext) => (request: object) =>
  book.limit(async () => {
    const call = { answering: 0, throttled: false };
    context.inventoryCall = call;
    const begun = now();
    try {
      return await next(request);
    } finally {
      if (call.throttled) book.throttledSeconds += Math.max(0, now() - begun - call.answering) / 1000;
    }
  });

/** Around each try, before it is signed: a signature must not grow old in a queue. */
const boundTry =
  (book: Book, { inFlight, signal }: SharedBounds) =>
  (next: Next, context: CallContext) =>
  async (request: object) => {
    const wait = book.pace.reserve(now());
    // Stopped while waiting: the call itself says so.
    if (wait > 0) await sleep(wait, undefined, { signal }).catch(() => undefined);
    return inFlight(async () => {
      const begun = now();
      book.requests += 1;
      try {
        const answer = await next(request);
        book.pace.answered(now());
        return answer;
      } catch (thrown) {
        if (describeAwsError(thrown).kind === 'throttled') {
          book.throttled += 1;
          book.pace.throttled(begun, now());
          if (context.inventoryCall !== undefined) context.inventoryCall.throttled = true;
        } else {
          book.pace.answered(now());
        }
        throw thrown;
      } finally {
        if (context.inventoryCall !== undefined) context.inventoryCall.answering += now() - begun;
      }
    });
  };

/** Nobody waits for a place in a queue any more once the signal aborts. */
export const createRequestRates = (limits: RateLimits, signal: AbortSignal): RequestRates => {
  const shared: SharedBounds = { inFlight: pLimit(limits.inFlight), signal };
  const books = new Map<string, Book>();
  const bookOf = (service: string, region: string): Book => {
    const key = `${service} ${region}`;
    const known = books.get(key);
    if (known !== undefined) return known;
    const counts = { requests: 0, throttled: 0, throttledSeconds: 0 };
    const book = { service, region, limit: pLimit(limits.perService), pace: createPace(), ...counts };
    books.set(key, book);
    return book;
  };
  return {
    govern: ({ middlewareStack }, { service, region }) => {
      const book = bookOf(service, region);
      middlewareStack.add(boundCall(book) as never, { step: 'initialize', name: 'inventoryBoundCall' } as never);
      const place = { name: 'inventoryBoundTry', relation: 'after', toMiddleware: 'retryMiddleware' };
      middlewareStack.addRelativeTo(boundTry(book, shared) as never, place as never);
    },
    report: () =>
      [...books.values()].map(({ service, region, requests, throttled, throttledSeconds }) => ({
        service,
        region,
        requests,
        throttled,
        throttledSeconds: Math.round(throttledSeconds * 1000) / 1000,
      })),
  };
};

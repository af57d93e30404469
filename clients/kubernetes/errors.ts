// What the API server, or the way to it, said no with: one place that knows the client's exceptions.
import { ApiException } from '@kubernetes/client-node';
import type { ErrorCode } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';

export type ApiErrorKind =
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'exists'
  /** A resourceVersion or continue token that is too old. */
  | 'gone'
  /** Throttled, restarting, timed out, cut off: the same call may succeed later, and may have succeeded already. */
  | 'unavailable'
  | 'refused';

export interface ApiErrorFacts {
  readonly kind: ApiErrorKind;
  /** Kubernetes' own sentence where there is one. */
  readonly message: string;
  readonly retryAfterSeconds: number | null;
}

interface StatusBody {
  readonly message?: string;
  readonly reason?: string;
}

const readStatus = (body: unknown): StatusBody => {
  if (typeof body === 'object' && body !== null) return body;
  try {
    return JSON.parse(String(body)) as StatusBody;
  } catch {
    return {};
  }
};

const passing = new Set([429, 500, 502, 503, 504]);
/** A token that was just rotated is refused once, and the client reads the new one within a minute. */
const retried: ReadonlySet<ApiErrorKind> = new Set(['unavailable', 'unauthorized']);

/** Whether the same call may succeed when it is made again. */
export const isRetried = ({ kind }: ApiErrorFacts): boolean => retried.has(kind);

const kindOf = (code: number, reason: string | undefined): ApiErrorKind => {
  if (passing.has(code)) return 'unavailable';
  if (code === 401) return 'unauthorized';
  if (code === 403) return 'forbidden';
  if (code === 404) return 'not-found';
  // The other conflicts come of writers that met, as two that count the same quota do.
  if (code === 409) return reason === 'AlreadyExists' ? 'exists' : 'unavailable';
  return code === 410 ? 'gone' : 'refused';
};

const secondsOf = (header: string | undefined): number | null => {
  const seconds = Number(header);
  return header !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
};

/** The innermost sentence: `fetch failed` alone tells nobody anything. */
const innermost = (error: Error): string => {
  const cause = error.cause;
  const inner = cause instanceof Error ? innermost(cause) : '';
  return inner === '' ? error.message || error.name : inner;
};

/** Everything but an answer of the API server is the way to it: a reset, a time-out, half a body. */
export const describeApiError = (thrown: unknown): ApiErrorFacts => {
  // Our own sentence about what cannot be mended by another attempt: a sign-in that has expired.
  if (thrown instanceof InventoryError) return { kind: 'refused', message: thrown.message, retryAfterSeconds: null };
  if (thrown instanceof ApiException) {
    const { message = '', reason } = readStatus(thrown.body);
    return {
      kind: kindOf(thrown.code, reason),
      message: message === '' ? `the API server answered ${thrown.code}` : message,
      retryAfterSeconds: secondsOf(thrown.headers['retry-after']),
    };
  }
  const message = thrown instanceof Error ? innermost(thrown) : String(thrown);
  return { kind: 'unavailable', message, retryAfterSeconds: null };
};

const codeOf = (kind: ApiErrorKind): ErrorCode => {
  if (kind === 'unavailable') return 'cluster-unavailable';
  if (kind === 'unauthorized') return 'cluster-unauthorized';
  return kind === 'forbidden' ? 'cluster-denied' : 'job-refused';
};

/** The same in the project's words; `what` says what was tried. An InventoryError stays what it is. */
export const explainApiError = (thrown: unknown, what: string): InventoryError => {
  if (thrown instanceof InventoryError) return thrown;
  const { kind, message } = describeApiError(thrown);
  return new InventoryError(codeOf(kind), `${what}: ${message}`, { cause: thrown });
};

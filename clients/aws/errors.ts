// An SDK error in the project's own words: what kind of refusal it was, and what the API said, on one line.
import { redactText } from '../redaction.ts';

export type AwsErrorKind =
  | 'denied'
  | 'throttled'
  | 'credentials-expired'
  | 'no-credentials'
  /** The account has not subscribed to, or switched on, the service or the region. */
  | 'not-enabled'
  /** The service has no endpoint in this region. */
  | 'not-in-region'
  /** The API does not know the operation, as simulators and older partitions answer. */
  | 'unsupported'
  | 'not-found'
  | 'precondition-failed'
  /** Network, time-out, 5xx: worth another try. */
  | 'unavailable'
  | 'other';

export interface AwsErrorFacts {
  readonly kind: AwsErrorKind;
  /** The API's error code, or the system's (`ENOTFOUND`). */
  readonly code: string;
  /** One line, without secrets. */
  readonly message: string;
  /** `kms:ListKeys`, when the message names the refused action. */
  readonly action: string | null;
  readonly byServiceControlPolicy: boolean;
  readonly requestId: string | null;
}

interface SdkErrorShape {
  name?: unknown;
  Code?: unknown;
  code?: unknown;
  message?: unknown;
  cause?: unknown;
  $metadata?: { httpStatusCode?: unknown; requestId?: unknown };
  $response?: { statusCode?: unknown };
}

const codesByKind: readonly [AwsErrorKind, RegExp][] = [
  ['credentials-expired', /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/],
  ['no-credentials', /^(CredentialsProviderError|TokenProviderError)$/],
  [
    'not-enabled',
    /^(OptInRequired|SubscriptionRequiredException|AWSOrganizationsNotInUseException|InvalidClientTokenId|UnrecognizedClientException|RegionDisabledException)$/,
  ],
  [
    'denied',
    /^(AccessDenied|AccessDeniedException|AuthorizationError|AuthorizationErrorException|UnauthorizedOperation|UnauthorizedAccess|AllAccessDisabled|AuthFailure|Forbidden|InvalidAccessKeyId|SignatureDoesNotMatch|NotAuthorized|KMS\.DisabledException|KMSAccessDeniedException)$/,
  ],
  [
    'throttled',
    /^(Throttling|ThrottlingException|ThrottledException|RequestThrottled|RequestThrottledException|TooManyRequestsException|RequestLimitExceeded|SlowDown|BandwidthLimitExceeded|LimitExceededException|PriorRequestNotComplete|TransactionInProgressException|EC2ThrottledException)$/,
  ],
  [
    'unsupported',
    /^(UnknownOperationException|InvalidAction|UnsupportedOperation|UnsupportedOperationException|NotImplemented|NotImplementedException|UnknownOperation)$/,
  ],
  ['not-found', /^(NoSuchKey|NoSuchBucket|NotFound|ResourceNotFoundException)$/],
  ['precondition-failed', /^(PreconditionFailed|ConditionalRequestConflict)$/],
  ['not-in-region', /^(ENOTFOUND|UnknownEndpoint|EndpointError)$/],
  [
    'unavailable',
    /^(ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|TimeoutError|AbortError|RequestTimeout|InternalError|InternalFailure|InternalServerError|ServiceUnavailable|ServiceException|OperationAborted|BadDigest|IncompleteBody|XAmzContentSHA256Mismatch|XAmzContentChecksumMismatch)/,
  ],
];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const statusOf = (error: SdkErrorShape): number =>
  Number(error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0);

const kindOf = (codes: readonly string[], status: number): AwsErrorKind => {
  for (const code of codes) for (const [kind, form] of codesByKind) if (form.test(code)) return kind;
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 412) return 'precondition-failed';
  if (status === 429) return 'throttled';
  if (status === 501) return 'unsupported';
  return status >= 500 ? 'unavailable' : 'other';
};

const actionIn = (message: string): string | null =>
  /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1] ?? null;

/** Facts of anything an SDK call can throw. */
export const describeAwsError = (thrown: unknown): AwsErrorFacts => {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as SdkErrorShape;
  const cause = (typeof error.cause === 'object' && error.cause !== null ? error.cause : {}) as SdkErrorShape;
  const codes = [text(error.Code), text(error.name), text(error.code), text(cause.code)].filter(
    code => code !== '' && code !== 'Error' && code !== 'TypeError',
  );
  const message = redactText(text(error.message).replace(/\s+/g, ' ').trim());
  return {
    kind: kindOf(codes, statusOf(error)),
    code: codes[0] ?? 'Error',
    message,
    action: actionIn(message),
    byServiceControlPolicy: /service control policy/i.test(message),
    requestId: text(error.$metadata?.requestId) || null,
  };
};

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
  syscall?: unknown;
  $metadata?: { httpStatusCode?: unknown; requestId?: unknown };
  $response?: { statusCode?: unknown };
}

const codesByKind: readonly [AwsErrorKind, RegExp][] = [
  ['credentials-expired', /^(ExpiredToken|ExpiredTokenException|RequestExpired|TokenRefreshRequired)$/],
  ['no-credentials', /^(CredentialsProviderError|TokenProviderError)$/],
  [
    'not-enabled',
    /^(OptInRequired|SubscriptionRequiredException|AWSOrganizationsNotInUseException|InvalidClientTokenId|UnrecognizedClientException|RegionDisabledException|InvalidAccessException)$/,
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
  // The last one is ours, for what a service lists in another region alone.
  ['not-in-region', /^(ENOTFOUND|UnknownEndpoint|NotInRegion)$/],
  [
    'unavailable',
    /^(ECONN|ETIMEDOUT|EPIPE|EAI_AGAIN|TimeoutError|AbortError|RequestTimeout|InternalError|InternalFailure|InternalServerError|ServiceUnavailable|ServiceException|OperationAborted|BadDigest|IncompleteBody|XAmzContentSHA256Mismatch|XAmzContentChecksumMismatch)/,
  ],
];

/** Node's and OpenSSL's codes for a certificate that is not accepted, and for a list of authorities that cannot be read. */
const certificateForm =
  /^(ERR_TLS_CERT_ALTNAME_INVALID|ERR_OSSL_[A-Z0-9_]+|(DEPTH_ZERO_)?SELF_SIGNED_CERT(_IN_CHAIN)?|UNABLE_TO_[A-Z_]+|CERT_[A-Z_]+|CRL_[A-Z_]+|ERROR_IN_C(ERT|RL)_[A-Z_]+|INVALID_(CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

/** Of the system (`EHOSTUNREACH`, `EAI_FAIL`), and of Node's network: parser, proxy, TLS, sockets and streams. */
const systemForm = /^(E[A-Z0-9]+|EAI_[A-Z]+|HPE_[A-Z0-9_]+|ERR_(PROXY|TLS|SSL|SOCKET|HTTP2|STREAM)_[A-Z0-9_]+)$/;

/** They are about a file, which no other try mends; a firewall of this machine says some of them to `connect`. */
const fileForm = /^(ENOENT|EACCES|EPERM|EISDIR|ENOTDIR|ELOOP|EROFS|ENAMETOOLONG)$/;

const isOutOfReach = (code: string, { syscall }: SdkErrorShape): boolean =>
  certificateForm.test(code) || (systemForm.test(code) && (syscall === 'connect' || !fileForm.test(code)));

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const statusOf = (error: SdkErrorShape): number =>
  Number(error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? 0);

const kindOf = (codes: readonly string[], error: SdkErrorShape): AwsErrorKind => {
  for (const code of codes) for (const [kind, form] of codesByKind) if (form.test(code)) return kind;
  const status = statusOf(error);
  // With the status of an error the API has answered, and the code is its own.
  if (status < 400 && codes.some(code => isOutOfReach(code, error))) return 'unavailable';
  if (status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 412) return 'precondition-failed';
  if (status === 429) return 'throttled';
  if (status === 501) return 'unsupported';
  return status >= 500 ? 'unavailable' : 'other';
};

const actionIn = (message: string): string | null =>
  /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1] ?? null;

/** Names that every error of their class has, and that say nothing beside a code. */
const namesOfClasses = new Set(['', 'Error', 'TypeError', 'AggregateError']);

const switchedOff = /(is|has) not (been )?(enabled|activated|subscribed|opted in|onboarded)|not subscribed to/i;

/** Facts of anything an SDK call can throw. */
export const describeAwsError = (thrown: unknown): AwsErrorFacts => {
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as SdkErrorShape;
  const cause = (typeof error.cause === 'object' && error.cause !== null ? error.cause : {}) as SdkErrorShape;
  const codes = [text(error.Code), text(error.name), text(error.code), text(cause.code)].filter(
    code => !namesOfClasses.has(code),
  );
  const message = redactText(text(error.message).replace(/\s+/g, ' ').trim());
  const kind = kindOf(codes, error);
  return {
    // Some services refuse with the code of a missing right when they have not been switched on.
    kind: kind === 'denied' && switchedOff.test(message) ? 'not-enabled' : kind,
    code: codes[0] ?? 'Error',
    message,
    action: actionIn(message),
    byServiceControlPolicy: /service control policy/i.test(message),
    requestId: text(error.$metadata?.requestId) || null,
  };
};

/** Whether the SDK refused the settings before it called anything, such as FIPS together with an endpoint of one's own. */
export const isMisconfigured = (facts: AwsErrorFacts): boolean => facts.code === 'EndpointError';

/** What to do about a call that found no way to AWS; undefined when only another try can tell. */
export const connectionRemedy = (facts: AwsErrorFacts): string | undefined => {
  if (isMisconfigured(facts)) {
    return 'Correct AWS_REGION, AWS_ENDPOINT_URL, AWS_USE_FIPS_ENDPOINT and AWS_USE_DUALSTACK_ENDPOINT: they do not go together.';
  }
  if (!certificateForm.test(facts.code)) return undefined;
  return 'Let AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS name the authority that signed this certificate (of a proxy, often), then retry.';
};

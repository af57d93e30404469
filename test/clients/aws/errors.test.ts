// What the SDK throws, in the project's own words: a table over the shapes that SDK clients really throw.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from 'vitest';
import { type AwsErrorKind, connectionRemedy, describeAwsError, isMisconfigured } from '../../../clients/aws/errors.ts';

const sdkError = (name: string, status?: number, message = 'because') =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status, requestId: 'r-1' } });
const systemError = (code: string) => Object.assign(new Error(`connect ${code} 127.0.0.1:9`), { code });

const rows: readonly [string, unknown, AwsErrorKind, string][] = [
  ['a refusal', sdkError('AccessDenied', 403), 'denied', 'AccessDenied'],
  ['EC2’s refusal', sdkError('UnauthorizedOperation', 403), 'denied', 'UnauthorizedOperation'],
  ['a 403 without a known code', sdkError('Odd', 403), 'denied', 'Odd'],
  [
    'Organizations’ throttling, an HTTP 400',
    sdkError('TooManyRequestsException', 400),
    'throttled',
    'TooManyRequestsException',
  ],
  ['S3’s throttling', sdkError('SlowDown', 503), 'throttled', 'SlowDown'],
  ['a 429 without a known code', sdkError('Odd', 429), 'throttled', 'Odd'],
  ['an expired token', sdkError('ExpiredToken', 400), 'credentials-expired', 'ExpiredToken'],
  ['no credentials', sdkError('CredentialsProviderError'), 'no-credentials', 'CredentialsProviderError'],
  ['a region that is not switched on', sdkError('InvalidClientTokenId', 403), 'not-enabled', 'InvalidClientTokenId'],
  [
    'an account outside of an Organization',
    sdkError('AWSOrganizationsNotInUseException', 400),
    'not-enabled',
    'AWSOrganizationsNotInUseException',
  ],
  ['a host that does not exist', systemError('ENOTFOUND'), 'not-in-region', 'ENOTFOUND'],
  ['an operation that is unknown', sdkError('InvalidAction', 400), 'unsupported', 'InvalidAction'],
  ['a missing object', sdkError('NoSuchKey', 404), 'not-found', 'NoSuchKey'],
  ['a missing bucket', sdkError('NoSuchBucket', 404), 'not-found', 'NoSuchBucket'],
  ['a failed condition', sdkError('PreconditionFailed', 412), 'precondition-failed', 'PreconditionFailed'],
  [
    'a condition that meets another write',
    sdkError('ConditionalRequestConflict', 409),
    'precondition-failed',
    'ConditionalRequestConflict',
  ],
  ['a body that was damaged on its way', sdkError('BadDigest', 400), 'unavailable', 'BadDigest'],
  ['a server in trouble', sdkError('InternalError', 500), 'unavailable', 'InternalError'],
  ['a 502 without a code', sdkError('Error', 502), 'unavailable', 'Error'],
  ['a refused connection', systemError('ECONNREFUSED'), 'unavailable', 'ECONNREFUSED'],
  ['a reset connection', systemError('ECONNRESET'), 'unavailable', 'ECONNRESET'],
  ['a time-out', sdkError('TimeoutError'), 'unavailable', 'TimeoutError'],
  [
    'a cause that says more',
    new Error('fetch failed', { cause: systemError('ECONNRESET') }),
    'unavailable',
    'ECONNRESET',
  ],
  [
    'a fault that the retries have counted',
    Object.assign(systemError('EHOSTUNREACH'), { $metadata: { attempts: 3, totalRetryDelay: 120 } }),
    'unavailable',
    'EHOSTUNREACH',
  ],
  [
    'all addresses of a host at once',
    Object.assign(new AggregateError([systemError('EHOSTUNREACH')]), { code: 'EHOSTUNREACH' }),
    'unavailable',
    'EHOSTUNREACH',
  ],
  ['a firewall of this machine', Object.assign(systemError('EPERM'), { syscall: 'connect' }), 'unavailable', 'EPERM'],
  ['a file that is not there', Object.assign(systemError('ENOENT'), { syscall: 'open' }), 'other', 'ENOENT'],
  ['an argument that is wrong', systemError('ERR_INVALID_ARG_TYPE'), 'other', 'ERR_INVALID_ARG_TYPE'],
  ['an endpoint that the settings rule out', sdkError('EndpointError'), 'other', 'EndpointError'],
  ['an API’s own code in capitals', sdkError('EPROTO', 400), 'other', 'EPROTO'],
  ['an invalid request', sdkError('ValidationError', 400), 'other', 'ValidationError'],
  ['a text', 'oops', 'other', 'Error'],
  ['nothing', undefined, 'other', 'Error'],
];

test.each([
  ['a host without a route', 'EHOSTUNREACH'],
  ['a network without a route', 'ENETUNREACH'],
  ['a machine without a free port', 'EADDRNOTAVAIL'],
  ['a machine without a free file', 'EMFILE'],
  ['a name server in trouble', 'EAI_FAIL'],
  ['a broken handshake', 'EPROTO'],
  ['a proxy that opens no tunnel', 'ERR_PROXY_TUNNEL'],
  ['an answer that is no HTTP', 'HPE_INVALID_CONSTANT'],
  ['an alert of TLS', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'],
  ['a stream that ended early', 'ERR_STREAM_PREMATURE_CLOSE'],
  ['an unknown certificate authority', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ['a certificate of another host', 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('%s is worth another try: %s', (_name, code) => {
  expect(describeAwsError(systemError(code))).toMatchObject({ kind: 'unavailable', code });
});

test.each(rows)('%s', (_name, thrown, kind, code) => {
  expect(describeAwsError(thrown)).toMatchObject({ kind, code });
});

test('the message is one line without secrets, and the request can be found again', () => {
  const facts = describeAwsError(sdkError('AccessDenied', 403, 'key ASIAABCDEFGHIJKLMNOP\n  is   not allowed'));
  expect(facts.message).toBe('key [redacted] is not allowed');
  expect(facts.requestId).toBe('r-1');
});

test('the refused action and a service control policy are recognised', () => {
  const message =
    'User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: kms:ListKeys with an explicit deny in a service control policy';
  expect(describeAwsError(sdkError('AccessDeniedException', 400, message))).toMatchObject({
    kind: 'denied',
    action: 'kms:ListKeys',
    byServiceControlPolicy: true,
  });
  expect(describeAwsError(sdkError('AccessDenied', 403))).toMatchObject({
    action: null,
    byServiceControlPolicy: false,
  });
});

test.each([
  ['SELF_SIGNED_CERT_IN_CHAIN', true],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', true],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', true],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', true],
  ['CERT_HAS_EXPIRED', true],
  ['ERR_TLS_CERT_ALTNAME_INVALID', true],
  ['EHOSTUNREACH', false],
  ['AccessDenied', false],
])('%s is mended by another list of authorities: %s', (code, isTrust) => {
  const remedy = connectionRemedy(describeAwsError(systemError(code))) ?? '';
  expect(['AWS_CA_BUNDLE', 'NODE_EXTRA_CA_CERTS'].map(name => remedy.includes(name))).toEqual([isTrust, isTrust]);
});

test.each([
  [{ region: 'eu-west-1', useFipsEndpoint: true, endpoint: 'http://127.0.0.1:9' }, true],
  [{ region: 'eu-west-1', endpoint: 'http://127.0.0.1:9' }, false],
])(
  'the SDK’s own refusal of a configuration like %j is told apart from an answer: %s',
  async (configuration, isOurs) => {
    const client = new STSClient({
      ...configuration,
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'none' },
      maxAttempts: 1,
    });
    const thrown = await client.send(new GetCallerIdentityCommand({})).catch((error: unknown) => error);
    client.destroy();
    expect(isMisconfigured(describeAwsError(thrown))).toBe(isOurs);
  },
);

// What the SDK throws, in the project's own words: a table over the shapes that SDK clients really throw.
import { expect, test } from 'vitest';
import { type AwsErrorKind, describeAwsError } from '../../../clients/aws/errors.ts';

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
  ['an invalid request', sdkError('ValidationError', 400), 'other', 'ValidationError'],
  ['a text', 'oops', 'other', 'Error'],
  ['nothing', undefined, 'other', 'Error'],
];

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

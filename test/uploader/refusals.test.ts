// What S3 said to a report → whose turn it is.
import { expect, test } from 'vitest';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { explainUpload } from '../../uploader/refusals.ts';

const explain = (name: string, message = 'because', owner?: string) =>
  explainUpload(describeAwsError(Object.assign(new Error(message), { name })), { name: 'b', owner }, 'p/k.json');

test.each([
  ['AccessDenied', 'upload-refused'],
  ['NoSuchBucket', 'upload-refused'],
  ['PermanentRedirect', 'upload-refused'],
  ['KMS.DisabledException', 'upload-refused'],
  ['SlowDown', 'upload-unavailable'],
  ['InternalError', 'upload-unavailable'],
  ['BadDigest', 'upload-unavailable'],
  ['ECONNRESET', 'upload-unavailable'],
  ['ENOTFOUND', 'upload-unavailable'],
  ['EHOSTUNREACH', 'upload-unavailable'],
  ['HPE_INVALID_CONSTANT', 'upload-unavailable'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'upload-unavailable'],
  ['EndpointError', 'settings-invalid'],
  ['ExpiredToken', 'no-credentials'],
  ['CredentialsProviderError', 'no-credentials'],
])('%s is %s and quotes object and answer', (name, code) => {
  const error = explain(name);
  expect(error.code).toBe(code);
  expect(error.message).toBe(`s3://b/p/k.json was not written: ${name}: because`);
});

test.each([
  ['NoSuchBucket', 'because', 'reports.bucket'],
  ['KMS.DisabledException', 'because', 'kms:GenerateDataKey'],
  ['AccessDenied', 'not authorized to perform: kms:GenerateDataKey on resource', 'kms:GenerateDataKey'],
  ['AccessDenied', 'with an explicit deny in a service control policy', 'service control policy'],
  ['AccessDenied', 'Access Denied', '999988887777'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'because', 'AWS_CA_BUNDLE'],
  ['EndpointError', 'FIPS and custom endpoint are not supported', 'AWS_USE_FIPS_ENDPOINT'],
])('the remedy of %s (%s) names %s', (name, message, remedy) => {
  expect(explain(name, message, '999988887777').remedy).toContain(remedy);
});

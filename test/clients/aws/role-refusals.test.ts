// What STS said → whose turn it is: a table over the answers that STS really gives.
import { expect, test } from 'vitest';
import { describeAwsError } from '../../../clients/aws/errors.ts';
import { explainAssumption, explainOwnCredentials, explainVerification } from '../../../clients/aws/role-refusals.ts';

const role = { roleArn: 'arn:aws:iam::111122223333:role/managed/inventory', sessionName: 's' };
const facts = (name: string, message = 'because') => describeAwsError(Object.assign(new Error(message), { name }));
const denied = `User: arn:aws:sts::123456789012:assumed-role/runner/x is not authorized to perform: sts:AssumeRole on resource: ${role.roleArn}`;

test.each([
  ['AccessDenied', 'role-refused'],
  ['ValidationError', 'role-refused'],
  ['PackedPolicyTooLarge', 'role-refused'],
  ['RegionDisabledException', 'sts-unavailable'],
  ['Throttling', 'sts-unavailable'],
  ['ENOTFOUND', 'sts-unavailable'],
  ['TimeoutError', 'sts-unavailable'],
  ['EHOSTUNREACH', 'sts-unavailable'],
  ['ERR_PROXY_TUNNEL', 'sts-unavailable'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'sts-unavailable'],
  ['EndpointError', 'settings-invalid'],
  ['ExpiredToken', 'no-credentials'],
  ['InvalidClientTokenId', 'no-credentials'],
  ['SignatureDoesNotMatch', 'no-credentials'],
])('%s of AssumeRole is %s and quotes role and answer', (name, code) => {
  const error = explainAssumption(facts(name), role);
  expect(error.code).toBe(code);
  expect(error.message).toContain(role.roleArn);
  expect(error.message).toContain(`${name}: because`);
});

test('STS does not tell why it denies, so the remedy names all that it can be, and no more', () => {
  const plain = explainAssumption(facts('AccessDenied', denied), role).remedy;
  expect(plain).toContain('Create the role if it is missing');
  expect(plain).toContain('trust policy allow sts:AssumeRole');
  expect(plain).toContain('if that trust asks for an ExternalId');
  expect(plain).not.toContain('SetSourceIdentity');
  const full = explainAssumption(facts('AccessDenied', denied), {
    ...role,
    externalId: 'e',
    sourceIdentity: 's',
  }).remedy;
  expect(full).toContain('compare the ExternalId');
  expect(full).toContain('sts:SetSourceIdentity');
});

test('a service control policy is not the account owner’s to mend', () => {
  const text = `${denied} with an explicit deny in a service control policy`;
  expect(explainAssumption(facts('AccessDenied', text), role).remedy).toContain('service control policy');
});

test.each([
  ['CredentialsProviderError', 'no-credentials'],
  ['AccessDenied', 'no-credentials'],
  ['InvalidIdentityToken', 'no-credentials'],
  ['Throttling', 'sts-unavailable'],
  ['ECONNREFUSED', 'sts-unavailable'],
  ['ENETUNREACH', 'sts-unavailable'],
  ['CERT_HAS_EXPIRED', 'sts-unavailable'],
  ['EndpointError', 'settings-invalid'],
])('%s of the runner’s own identity is %s', (name, code) => {
  expect(explainOwnCredentials(facts(name)).code).toBe(code);
});

test('a session that cannot be verified may be verified later', () => {
  expect(explainVerification(facts('AccessDenied'), role)).toMatchObject({ code: 'sts-unavailable' });
});

test('a certificate that nobody here trusts names the variables that mend it, at every step', () => {
  const untrusted = facts('SELF_SIGNED_CERT_IN_CHAIN');
  for (const { remedy } of [
    explainOwnCredentials(untrusted),
    explainAssumption(untrusted, role),
    explainVerification(untrusted, role),
  ]) {
    expect(remedy).toContain('AWS_CA_BUNDLE');
    expect(remedy).toContain('NODE_EXTRA_CA_CERTS');
  }
});

// Who starts a run or a preflight, and AWS does not say who that is.
import { describe, expect, it } from 'vitest';
import { unusableIdentity } from '../../orchestrator/unusable-identity.ts';

const sdkError = (name: string, status: number) =>
  Object.assign(new Error('said so'), { name, $metadata: { httpStatusCode: status }, $fault: 'client' });

describe('an identity that is not usable', () => {
  it.each([
    ['ExpiredToken', 403, 'no-credentials'],
    ['InvalidClientTokenId', 403, 'no-credentials'],
    ['Throttling', 400, 'sts-unavailable'],
    ['InternalFailure', 500, 'sts-unavailable'],
  ])('for %s is %s %s', (name, status, code) => {
    const error = unusableIdentity(sdkError(name, status));
    expect(error.code).toBe(code);
    expect(error.message).toContain(`${name}: said so`);
  });
});

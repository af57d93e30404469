// A connection to a loopback endpoint with credentials that belong to nobody.
import { vi } from 'vitest';
import { type AwsConnection, readAwsConnection } from '../../clients/aws/connection.ts';

/** The SDK reads endpoints from the environment itself; from here on every client of this test file goes to this one. */
export const connectTo = (url: string, maxAttempts = 2): AwsConnection => {
  vi.stubEnv('AWS_ENDPOINT_URL', url);
  return {
    ...readAwsConnection({ AWS_ENDPOINT_URL: url, AWS_MAX_ATTEMPTS: String(maxAttempts) }, 'us-east-1'),
    credentials: { accessKeyId: 'AKIATESTRUNNER000001', secretAccessKey: 'runner-own-secret-access-key-value-01' },
  };
};

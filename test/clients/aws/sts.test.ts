// The STS edge against moto: roles of any account, and whose credentials they are.
import { beforeAll, expect, inject, test } from 'vitest';
import type { AwsConnection } from '../../../clients/aws/connection.ts';
import { describeAwsError } from '../../../clients/aws/errors.ts';
import { assumeRole, getCallerIdentity, resolveCredentials } from '../../../clients/aws/sts.ts';
import { connectTo } from '../../setup/connection.ts';
import { startRecordingServer, stsError } from '../../setup/recording-server.ts';
import { randomAccountId } from '../../setup/run-container.ts';

const account = randomAccountId();
let connection: AwsConnection;

beforeAll(() => {
  connection = connectTo(inject('simulator'));
});

test('a role’s session belongs to the role’s account', async () => {
  const session = await assumeRole(connection, { roleArn: `arn:aws:iam::${account}:role/x`, sessionName: 'test' });
  expect(Date.parse(session.expiresAt)).toBeGreaterThan(Date.now());
  const identity = await getCallerIdentity({ ...connection, credentials: session });
  expect(identity).toEqual({
    accountId: account,
    arn: expect.stringContaining(`arn:aws:sts::${account}:assumed-role/x/`),
    partition: 'aws',
  });
});

test('given credentials are resolved as they are', async () => {
  expect(await resolveCredentials(connection, new AbortController().signal)).toMatchObject({
    accessKeyId: 'AKIATESTRUNNER000001',
  });
});

test('a refusal is thrown as STS said it', async () => {
  const server = await startRecordingServer(undefined, () => stsError(403, 'AccessDenied', 'not you'));
  try {
    const refused = assumeRole(connectTo(server.url), {
      roleArn: `arn:aws:iam::${account}:role/x`,
      sessionName: 'test',
    });
    const facts = describeAwsError(await refused.catch((thrown: unknown) => thrown));
    expect(facts).toMatchObject({ kind: 'denied', code: 'AccessDenied', message: 'not you' });
  } finally {
    await server.stop();
    connection = connectTo(inject('simulator'));
  }
});

test('an aborted call is not sent', async () => {
  await expect(getCallerIdentity(connection, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});

test('credentials that never come are waited for until the signal', async () => {
  const asked = Promise.withResolvers<void>();
  const never = () => {
    asked.resolve();
    return new Promise<never>(() => {});
  };
  const stop = new AbortController();
  const resolving = resolveCredentials({ ...connection, credentials: never }, stop.signal);
  await asked.promise;
  stop.abort();
  await expect(resolving).rejects.toMatchObject({ name: 'AbortError' });
  await expect(resolveCredentials(connection, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
});

// The assume container as a process, against moto and against STS's refusals.
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
  stsError,
} from '../../setup/recording-server.ts';
import { makeDirectory, ownCredentials, randomAccountId, runContainer } from '../../setup/run-container.ts';

let directory: string;
let remove: () => Promise<void>;
let server: RecordingServer;
let answers: (action: string | null, request: RecordedRequest) => Answer | 'never' | undefined;

const parametersOf = (request: RecordedRequest): URLSearchParams => new URLSearchParams(request.body.toString());

beforeEach(async () => {
  ({ directory, remove } = await makeDirectory());
  await mkdir(join(directory, 'aws'));
  answers = () => undefined;
  server = await startRecordingServer(inject('simulator'), request =>
    answers(parametersOf(request).get('Action'), request),
  );
});

afterEach(async () => {
  await server.stop();
  await remove();
});

const account = randomAccountId();
const credentialsFile = (): string => join(directory, 'aws', 'creds');

const runAssume = (changes: Readonly<Record<string, string>> = {}, meanwhile?: (stop: () => void) => Promise<void>) =>
  runContainer({
    entry: 'dist/assume.mjs',
    directory,
    environment: {
      ...ownCredentials,
      AWS_ENDPOINT_URL: server.url,
      AWS_REGION: 'eu-central-1',
      AWS_MAX_ATTEMPTS: '2',
      INVENTORY_RUN: 'test-run',
      INVENTORY_ACCOUNT_ID: account,
      INVENTORY_ROLE_ARN: `arn:aws:iam::${account}:role/managed/inventory`,
      INVENTORY_SESSION_NAME: 'inventory-test-run',
      INVENTORY_CREDENTIALS_FILE: credentialsFile(),
      ...changes,
    },
    ...(meanwhile === undefined ? {} : { meanwhile }),
  });

const leftovers = () => readdir(join(directory, 'aws'));

test('the role’s credentials stand in a file that only its owner can read', async () => {
  const run = await runAssume();
  expect(run.exitCode).toBe(0);
  const text = await readFile(credentialsFile(), 'utf8');
  expect(text).toMatch(
    /^\[default\]\naws_access_key_id = \S+\naws_secret_access_key = \S+\naws_session_token = \S+\n$/,
  );
  expect((await stat(credentialsFile())).mode & 0o777).toBe(0o600);
  expect(await leftovers()).toEqual(['creds']);
});

test('the message says whose session it is and until when, and no secret leaves the process', async () => {
  const run = await runAssume();
  expect(run.message?.outcome).toBe('succeeded');
  expect(run.message?.message).toMatch(
    new RegExp(`^arn:aws:sts::${account}:assumed-role/\\S+ until \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z$`),
  );
  const secrets = (await readFile(credentialsFile(), 'utf8')).match(/(?<= = )\S+/g) ?? [];
  expect(secrets).toHaveLength(3);
  for (const secret of [...secrets, ownCredentials.AWS_SECRET_ACCESS_KEY]) {
    expect(run.log).not.toContain(secret);
    expect(run.messageText).not.toContain(secret);
  }
});

test('STS is sent the role and the session name alone', async () => {
  await runAssume();
  expect(server.requests.map(request => parametersOf(request).get('Action'))).toEqual([
    'AssumeRole',
    'GetCallerIdentity',
  ]);
  expect(server.requests[0]?.body.toString()).toBe(
    `Action=AssumeRole&Version=2011-06-15&RoleArn=${encodeURIComponent(`arn:aws:iam::${account}:role/managed/inventory`)}&RoleSessionName=inventory-test-run`,
  );
});

test('an external id and a source identity are sent when they are set', async () => {
  await runAssume({ INVENTORY_EXTERNAL_ID: 'ours/42', INVENTORY_SOURCE_IDENTITY: 'inventory' });
  const sent = parametersOf(server.requests[0] as RecordedRequest);
  expect([...sent.keys()].toSorted()).toEqual([
    'Action',
    'ExternalId',
    'RoleArn',
    'RoleSessionName',
    'SourceIdentity',
    'Version',
  ]);
  expect([sent.get('ExternalId'), sent.get('SourceIdentity')]).toEqual(['ours/42', 'inventory']);
});

test('calls are signed for the region’s own STS, the second one with the new credentials', async () => {
  await runAssume();
  const [first = '', second = ''] = server.requests.map(request => request.headers.authorization ?? '');
  expect(first).toContain(`Credential=${ownCredentials.AWS_ACCESS_KEY_ID}/`);
  expect(first).toContain('/eu-central-1/sts/aws4_request');
  expect(second).toContain('Credential=ASIA');
});

test('credentials of another account are 42 and are not written', async () => {
  const run = await runAssume({ INVENTORY_ROLE_ARN: 'arn:aws:iam::999988887777:role/managed/inventory' });
  expect(run.exitCode).toBe(42);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'wrong-account' });
  expect(run.message?.message).toContain('arn:aws:iam::999988887777:role/managed/inventory');
  expect(run.message?.message).toContain(account);
  expect(await leftovers()).toEqual([]);
});

test('a refused role is 41, quotes what STS said, and removes the credentials of an earlier attempt', async () => {
  const said = `User: arn:aws:sts::123456789012:assumed-role/runner/x is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::${account}:role/managed/inventory`;
  answers = action => (action === 'AssumeRole' ? stsError(403, 'AccessDenied', said) : undefined);
  await writeFile(credentialsFile(), 'stale');
  const run = await runAssume({ INVENTORY_EXTERNAL_ID: 'ours' });
  expect(run.exitCode).toBe(41);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'role-refused' });
  expect(run.message?.message).toContain(`arn:aws:iam::${account}:role/managed/inventory was not assumed`);
  expect(run.message?.message).toContain('AccessDenied');
  expect(run.message?.remedy).toContain('ExternalId');
  expect(server.requests).toHaveLength(1);
  expect(await leftovers()).toEqual([]);
});

test('a throttled STS is asked again and is then retryable', async () => {
  answers = () => stsError(400, 'Throttling', 'Rate exceeded');
  const run = await runAssume();
  expect(run.exitCode).toBe(1);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'sts-unavailable' });
  expect(server.requests).toHaveLength(2);
});

test('an STS that is out of reach is retryable', async () => {
  const run = await runAssume({ AWS_ENDPOINT_URL: 'http://127.0.0.1:9' });
  expect(run.exitCode).toBe(1);
  expect(run.message).toMatchObject({ code: 'sts-unavailable' });
  expect(run.message?.message).toContain('ECONNREFUSED');
});

test('a region whose STS is switched off is no fault of the role', async () => {
  answers = () =>
    stsError(403, 'RegionDisabledException', 'STS is not activated in this region for account:123456789012.');
  const run = await runAssume();
  expect(run.exitCode).toBe(1);
  expect(run.message).toMatchObject({ code: 'sts-unavailable' });
  expect(run.message?.remedy).toContain('region');
});

test('a runner without credentials of its own says so', async () => {
  const run = await runAssume({ AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' });
  expect(run.exitCode).toBe(2);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'no-credentials' });
  expect(server.requests).toEqual([]);
});

test('expired credentials of the runner are not blamed on the role', async () => {
  answers = () => stsError(403, 'ExpiredToken', 'The security token included in the request is expired');
  const run = await runAssume();
  expect(run.exitCode).toBe(2);
  expect(run.message).toMatchObject({ code: 'no-credentials' });
});

const webIdentity = async () => {
  const token = join(directory, 'token');
  await writeFile(token, 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ0ZXN0In0.c2lnbmF0dXJl');
  return {
    AWS_ACCESS_KEY_ID: '',
    AWS_SECRET_ACCESS_KEY: '',
    AWS_WEB_IDENTITY_TOKEN_FILE: token,
    AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/inventory-runner',
  };
};

test('in the cluster the runner’s own identity comes from its token', async () => {
  const run = await runAssume(await webIdentity());
  expect(run.exitCode).toBe(0);
  expect(server.requests.map(request => parametersOf(request).get('Action'))).toEqual([
    'AssumeRoleWithWebIdentity',
    'AssumeRole',
    'GetCallerIdentity',
  ]);
});

test('a token that the runner role does not trust is not blamed on the account’s role', async () => {
  answers = action =>
    action === 'AssumeRoleWithWebIdentity'
      ? stsError(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity')
      : undefined;
  const run = await runAssume(await webIdentity());
  expect(run.exitCode).toBe(2);
  expect(run.message).toMatchObject({ code: 'no-credentials' });
  expect(run.message?.message).toContain('AssumeRoleWithWebIdentity');
});

test('a link in the file’s place is replaced and what it points to is left alone', async () => {
  const target = join(directory, 'target');
  await writeFile(target, 'untouched');
  await symlink(target, credentialsFile());
  const run = await runAssume();
  expect(run.exitCode).toBe(0);
  expect(await readFile(target, 'utf8')).toBe('untouched');
  expect((await readFile(credentialsFile(), 'utf8')).startsWith('[default]\n')).toBe(true);
});

test('a place that cannot be written is the template’s fault', async () => {
  const run = await runAssume({ INVENTORY_CREDENTIALS_FILE: join(directory, 'absent', 'creds') });
  expect(run.exitCode).toBe(2);
  expect(run.message).toMatchObject({ code: 'template-unusable' });
  expect(run.message?.message).toContain(join(directory, 'absent', 'creds'));
});

test('a signal ends the wait for a silent STS at once', async () => {
  const asked = Promise.withResolvers<void>();
  answers = () => {
    asked.resolve();
    return 'never';
  };
  const run = await runAssume({}, async stop => {
    await asked.promise;
    stop();
  });
  expect(run.exitCode).toBe(143);
  expect(run.message).toMatchObject({ outcome: 'failed', code: 'interrupted' });
  expect(await leftovers()).toEqual([]);
});

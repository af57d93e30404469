// The session for an account's states, beside the account's own: what STS is asked, what is written, and what a refusal costs.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { parseRefusal } from '../../../contract/drift/state-refusal.ts';
import { parseSection } from '../../../runner/scan/credentials.ts';
import {
  type Answer,
  type RecordedRequest,
  type RecordingServer,
  startRecordingServer,
  stsError,
} from '../../setup/recording-server.ts';
import { makeDirectory, ownCredentials, randomAccountId, runContainer } from '../../setup/run-container.ts';

const account = randomAccountId();
const stateRole = 'arn:aws:iam::999988887777:role/state-reader';
const parametersOf = (request: RecordedRequest) => new URLSearchParams(request.body.toString());
const isForStates = (request: RecordedRequest) => parametersOf(request).get('RoleArn') === stateRole;

let directory: string;
let remove: () => Promise<void>;
let server: RecordingServer;
let answer: (request: RecordedRequest) => Answer | 'never' | undefined;

beforeEach(async () => {
  ({ directory, remove } = await makeDirectory());
  await mkdir(join(directory, 'aws'));
  answer = () => undefined;
  server = await startRecordingServer(inject('simulator'), request =>
    isForStates(request) ? answer(request) : undefined,
  );
});
afterEach(async () => {
  await server.stop();
  await remove();
});

const runAssume = (changes: Readonly<Record<string, string>> = {}) =>
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
      INVENTORY_EXTERNAL_ID: 'of-the-account',
      INVENTORY_SOURCE_IDENTITY: 'inventory',
      INVENTORY_CREDENTIALS_FILE: join(directory, 'aws', 'creds'),
      INVENTORY_STATE_ROLE_ARN: stateRole,
      INVENTORY_STATE_EXTERNAL_ID: 'of-the-states',
      INVENTORY_STATE_FROM: JSON.stringify([`tfstate+s3://states/${account}/**/*.tfstate`]),
      ...changes,
    },
  });

const readFileText = () => readFile(join(directory, 'aws', 'creds'), 'utf8');
const refusalIn = (text: string) => parseRefusal(parseSection(text, 'state-refused')['refusal'] ?? '');

test('both sessions stand in the file, and the one for the states is another', async () => {
  const run = await runAssume();
  expect(run.exitCode).toBe(0);
  const text = await readFileText();
  const [own, forStates] = ['default', 'state'].map(section => parseSection(text, section));
  expect(Object.keys(forStates ?? {})).toEqual(['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']);
  expect(forStates?.['aws_session_token']).not.toBe(own?.['aws_session_token']);
  expect(text).not.toContain('state-refused');
  expect(run.message?.message).toContain('with a session for its states');
  for (const secret of Object.values(forStates ?? {})) expect(run.log).not.toContain(secret);
});

test('STS is asked with the runner’s identity, the ExternalId of the states, and the states of this account alone', async () => {
  await runAssume();
  const request = server.requests.find(isForStates);
  expect(request?.headers.authorization).toContain(`Credential=${ownCredentials.AWS_ACCESS_KEY_ID}/`);
  const { Policy, ...sent } = Object.fromEntries(parametersOf(request as RecordedRequest));
  expect(sent).toEqual({
    Action: 'AssumeRole',
    Version: '2011-06-15',
    RoleArn: stateRole,
    RoleSessionName: 'inventory-test-run',
    ExternalId: 'of-the-states',
  });
  expect(JSON.parse(Policy ?? '').Statement).toEqual([
    { Effect: 'Allow', Action: 's3:GetObject', Resource: [`arn:aws:s3:::states/${account}/*.tfstate`] },
    {
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::states',
      Condition: { StringEquals: { 's3:prefix': [`${account}/`] } },
    },
    {
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
    },
  ]);
});

test('a refused role of the states leaves the account’s session, and word of what STS said', async () => {
  const said = `User: arn:aws:sts::1:assumed-role/r/x is not authorized to perform: sts:AssumeRole on resource: ${stateRole}`;
  answer = () => stsError(403, 'AccessDenied', said);
  const run = await runAssume();
  expect(run.exitCode).toBe(0);
  expect(run.message).toMatchObject({ outcome: 'succeeded' });
  expect(run.message?.message).toContain('without its states');
  const text = await readFileText();
  expect(parseSection(text, 'default')).toHaveProperty('aws_session_token');
  expect(parseSection(text, 'state')).toEqual({});
  const refusal = refusalIn(text);
  expect(refusal?.code).toBe('state-role-refused');
  expect(refusal?.message).toContain(`${stateRole} was not assumed: STS answered AccessDenied`);
  expect(refusal?.remedy).toContain('ExternalId');
});

test.each<[string, Answer, string]>([
  ['that is throttled', stsError(400, 'Throttling', 'Rate exceeded'), 'sts-unavailable'],
  ['that finds the policy too large', stsError(400, 'PackedPolicyTooLarge', 'too large'), 'settings-invalid'],
  [
    'whose keys are no plain text',
    {
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: '<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>A\nB</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>',
    },
    'sts-unavailable',
  ],
])('an STS %s costs the states alone', async (_case, answered, code) => {
  answer = () => answered;
  expect((await runAssume()).exitCode).toBe(0);
  const text = await readFileText();
  expect(parseSection(text, 'default')).toHaveProperty('aws_access_key_id');
  expect(refusalIn(text)?.code).toBe(code);
});

test('more states than a session can be narrowed to are said before STS is asked', async () => {
  const from = Array.from({ length: 60 }, (_, index) => `tfstate+s3://states/${account}/team-${index}/prod.tfstate`);
  expect((await runAssume({ INVENTORY_STATE_FROM: JSON.stringify(from) })).exitCode).toBe(0);
  expect(server.requests.filter(isForStates)).toEqual([]);
  const refusal = refusalIn(await readFileText());
  expect(refusal).toMatchObject({ code: 'settings-invalid', message: expect.stringContaining('60 locations') });
});

test('a refused role of the account is no less a failure', async () => {
  const run = await runAssume({ INVENTORY_ROLE_ARN: 'arn:aws:iam::111100002222:role/managed/inventory' });
  expect(run.exitCode).toBe(42);
  expect(server.requests.filter(isForStates)).toEqual([]);
});

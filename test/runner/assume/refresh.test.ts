// The sidecar `refresh` as a process: the file and the loopback address stay fresh, whatever STS does in between.
import { mkdir, readFile, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { pauseBefore } from '../../../runner/assume/refresh.ts';
import { type Answer, type RecordingServer, startRecordingServer, stsError } from '../../setup/recording-server.ts';
import { makeDirectory, ownCredentials, randomAccountId, runContainer } from '../../setup/run-container.ts';

const account = randomAccountId();
let directory: string;
let remove: () => Promise<void>;
let sts: RecordingServer;
let answerAssume: (count: number) => Answer | undefined;
let assumed: number;

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
};

/** A session that ends in so many seconds; moto's last an hour. */
const session = (name: string, seconds: number): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${name}</AccessKeyId><SecretAccessKey>secret-of-${name}</SecretAccessKey><SessionToken>token-of-${name}</SessionToken><Expiration>${new Date(Date.now() + seconds * 1000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
});

const identity: Answer = {
  status: 200,
  headers: { 'content-type': 'text/xml' },
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:sts::${account}:assumed-role/inventory/x</Arn><UserId>x</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
};

beforeEach(async () => {
  ({ directory, remove } = await makeDirectory());
  await mkdir(join(directory, 'aws'));
  assumed = 0;
  answerAssume = count => session(`ASIA${count}`, 3600);
  sts = await startRecordingServer(inject('simulator'), ({ body }) => {
    const action = new URLSearchParams(body.toString()).get('Action');
    if (action === 'GetCallerIdentity') return identity;
    if (action !== 'AssumeRole') return undefined;
    assumed += 1;
    return answerAssume(assumed);
  });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await sts.stop();
  await remove();
});

const credentialsFile = (): string => join(directory, 'aws', 'creds');
const tokenFile = (): string => join(directory, 'aws', 'refresh-token');
const keyInFile = async (): Promise<string | undefined> =>
  /aws_access_key_id = (\S+)/.exec(await readFile(credentialsFile(), 'utf8').catch(() => ''))?.[1];

interface Running {
  readonly url: string;
  readonly readyUrl: string;
  readonly ask: (authorization?: string) => Promise<{ status: number; body: Record<string, string> }>;
}

/** Runs refresh while `use` looks at it, then stops it; the end of the process is the result. */
const runRefresh = async (use: (running: Running) => Promise<void>) => {
  const [port, readyPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}/`;
  const ask: Running['ask'] = async authorization => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await fetch(url, { headers });
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  let failure: unknown;
  const end = await runContainer({
    entry: 'dist/refresh.mjs',
    directory,
    environment: {
      ...ownCredentials,
      AWS_ENDPOINT_URL: sts.url,
      AWS_REGION: 'eu-central-1',
      AWS_MAX_ATTEMPTS: '1',
      INVENTORY_RUN: 'test-run',
      INVENTORY_ACCOUNT_ID: account,
      INVENTORY_ROLE_ARN: `arn:aws:iam::${account}:role/managed/inventory`,
      INVENTORY_SESSION_NAME: 'inventory-test-run',
      INVENTORY_CREDENTIALS_FILE: credentialsFile(),
      INVENTORY_REFRESH_PORT: String(port),
      INVENTORY_READY_PORT: String(readyPort),
      INVENTORY_REFRESH_TOKEN_FILE: tokenFile(),
    },
    meanwhile: async stop => {
      await use({ url, readyUrl: `http://127.0.0.1:${readyPort}/`, ask }).catch(thrown => {
        failure = thrown;
      });
      stop();
    },
  });
  if (failure !== undefined) throw failure;
  return end;
};

const patiently = { timeout: 15_000, interval: 50 };
const isReady = ({ readyUrl }: Running) =>
  vi.waitUntil(
    () =>
      fetch(readyUrl).then(
        ({ ok }) => ok,
        () => false,
      ),
    patiently,
  );
const token = () => readFile(tokenFile(), 'utf8');

describe('refresh', () => {
  it('serves the credentials that stand in the file, to who has the token, and ends with its pod', async () => {
    const end = await runRefresh(async running => {
      await isReady(running);
      expect(await running.ask()).toMatchObject({ status: 403 });
      expect(await running.ask(`${await token()}x`)).toMatchObject({ status: 403 });
      const { status, body } = await running.ask(await token());
      expect(status).toBe(200);
      expect(body).toEqual({
        AccessKeyId: 'ASIA1',
        SecretAccessKey: 'secret-of-ASIA1',
        Token: 'token-of-ASIA1',
        Expiration: expect.stringMatching(/Z$/),
        RoleArn: `arn:aws:iam::${account}:role/managed/inventory`,
      });
      expect(await keyInFile()).toBe('ASIA1');
      for (const file of [credentialsFile(), tokenFile()]) expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect((await fetch(running.url, { method: 'POST' })).status).toBe(405);
    });
    expect(end.exitCode).toBe(0);
    expect(end.log).not.toContain('secret-of');
  });

  it('is what an SDK finds by the variables that scan gets', async () => {
    await runRefresh(async running => {
      await isReady(running);
      for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_SHARED_CREDENTIALS_FILE'])
        vi.stubEnv(name, undefined);
      vi.stubEnv('HOME', directory);
      vi.stubEnv('AWS_CONTAINER_CREDENTIALS_FULL_URI', running.url);
      vi.stubEnv('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', tokenFile());
      const client = new STSClient({ region: 'eu-central-1', endpoint: sts.url });
      expect((await client.config.credentials()).accessKeyId).toBe('ASIA1');
      expect((await client.send(new GetCallerIdentityCommand({}))).Account).toBe(account);
      client.destroy();
    });
  });

  it('renews long before the end, file and address together', async () => {
    answerAssume = count => session(`ASIA${count}`, count === 1 ? 4 : 3600);
    await runRefresh(async running => {
      await isReady(running);
      expect(await keyInFile()).toBe('ASIA1');
      await vi.waitUntil(async () => (await keyInFile()) === 'ASIA2', patiently);
      await vi.waitUntil(async () => (await running.ask(await token())).body['AccessKeyId'] === 'ASIA2', patiently);
    });
    expect(assumed).toBe(2);
  });

  it('keeps what it has while STS is away, says so when that has ended, and goes on', async () => {
    const down = stsError(503, 'ServiceUnavailable', 'try again');
    answerAssume = count => (count === 1 ? session('ASIA1', 2) : count < 4 ? down : session(`ASIA${count}`, 3600));
    await runRefresh(async running => {
      await isReady(running);
      await vi.waitUntil(async () => (await running.ask(await token())).status === 500, patiently);
      expect((await running.ask(await token())).body).toMatchObject({ code: 'sts-unavailable' });
      expect(await keyInFile()).toBe('ASIA1');
      await vi.waitUntil(async () => (await running.ask(await token())).body['AccessKeyId'] === 'ASIA4', patiently);
      expect(await keyInFile()).toBe('ASIA4');
    });
  });

  it('is not ready, and has no credentials, where the role is refused', async () => {
    answerAssume = () => stsError(403, 'AccessDenied', 'not authorized to perform: sts:AssumeRole');
    const end = await runRefresh(async running => {
      await vi.waitUntil(
        () =>
          token().then(
            () => true,
            () => false,
          ),
        patiently,
      );
      await vi.waitUntil(
        async () => (await running.ask(await token()).catch(() => undefined))?.body['code'] === 'role-refused',
        patiently,
      );
      await expect(fetch(running.readyUrl)).rejects.toThrow();
    });
    expect(end.exitCode).toBe(0);
    expect(await keyInFile()).toBeUndefined();
  });
});

describe('the pause before the next session', () => {
  it.each([
    [3600, 0, 1620],
    [3600, 1, 1980],
    [-5, 0.5, 0],
  ])('of one that ends in %i s is about half of it', (seconds, random, expected) => {
    const now = Date.parse('2026-11-26T12:00:00Z');
    expect(pauseBefore(new Date(now + seconds * 1000).toISOString(), now, random) / 1000).toBeCloseTo(expected);
  });
});

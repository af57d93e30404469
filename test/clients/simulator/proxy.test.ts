// The proxy between real clients and a real simulator: what passes, what is kept in the history, what breaks.
import { randomInt } from 'node:crypto';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateQueueCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { Upload } from '@aws-sdk/lib-storage';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type RefusingProxy, startRefusingProxy } from '../../../clients/simulator/proxy.ts';

const randomAccount = (): string => String(randomInt(100_000_000_000, 999_999_999_999));
const bucket = `proxied-${randomAccount()}`;

let proxy: RefusingProxy;
let s3: S3Client;
let sts: STSClient;

const options = () => ({
  endpoint: proxy.url,
  region: 'eu-west-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'a-secret-that-nobody-keeps' },
});

beforeAll(async () => {
  proxy = await startRefusingProxy({ upstream: inject('simulator') });
  s3 = new S3Client({ ...options(), forcePathStyle: true });
  sts = new STSClient(options());
  await s3.send(
    new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }),
  );
});
afterAll(() => proxy.stop());
beforeEach(() => proxy.setRules([]));

const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'no error',
    (error: { name: string; code?: string }) => error.code ?? error.name,
  );

const assume = (roleArn: string, externalId?: string) =>
  sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'inventory-1', ExternalId: externalId }));

test('bodies of any size pass both ways', async () => {
  const big = Buffer.alloc(6 * 1024 * 1024, 'inventory ');
  await new Upload({ client: s3, params: { Bucket: bucket, Key: 'a b/ü.json', Body: big } }).done();
  const back = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a b/ü.json' }));
  expect(Buffer.from((await back.Body?.transformToByteArray()) ?? []).equals(big)).toBe(true);
  expect(proxy.history.filter(entry => entry.key === 'a b/ü.json').map(entry => entry.action)).toEqual([
    'CreateMultipartUpload',
    'UploadPart',
    'UploadPart',
    'CompleteMultipartUpload',
    'GetObject',
  ]);
});

test('an answer without a body passes', async () => {
  await s3.send(new HeadBucketCommand({ Bucket: bucket }));
  expect(proxy.history.at(-1)).toMatchObject({ method: 'HEAD', action: 'HeadBucket', bucket, status: 200 });
});

test('a session is known by the account of its role', async () => {
  const account = randomAccount();
  const session = await assume(`arn:aws:iam::${account}:role/managed/inventory`);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = session.Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const inAccount = new STSClient({ ...options(), credentials });
  expect((await inAccount.send(new GetCallerIdentityCommand({}))).Account).toBe(account);
  expect(proxy.history.at(-1)).toMatchObject({ service: 'sts', action: 'GetCallerIdentity', accountId: account });

  proxy.setRules([{ match: { accountId: account, service: 'sqs' }, answer: { do: 'refuse', as: 'access-denied' } }]);
  const refused = new SQSClient({ ...options(), credentials }).send(new ListQueuesCommand({}));
  await expect(refused).rejects.toThrow(`arn:aws:sts::${account}:assumed-role/inventory/inventory-1`);
  await expect(new SQSClient(options()).send(new ListQueuesCommand({}))).resolves.toBeDefined();
});

test('a session that is older than the proxy is known by its access key', async () => {
  for (const account of ['000000000001', '999999999999', randomAccount()]) {
    const direct = new STSClient({ ...options(), endpoint: inject('simulator') });
    const RoleArn = `arn:aws:iam::${account}:role/x`;
    const session = await direct.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'older' }));
    const { AccessKeyId = '', SecretAccessKey = '' } = session.Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    await new STSClient({ ...options(), credentials }).send(new GetCallerIdentityCommand({}));
    expect(proxy.history.at(-1)?.accountId).toBe(account);
  }
});

test('the history tells what was asked of STS and S3, and no secret', async () => {
  await assume('arn:aws:iam::111111111111:role/x', 'an-external-id-of-ours');
  expect(proxy.history.at(-1)).toMatchObject({
    action: 'AssumeRole',
    region: 'eu-west-1',
    accountId: '123456789012',
    parameters: {
      RoleArn: 'arn:aws:iam::111111111111:role/x',
      RoleSessionName: 'inventory-1',
      ExternalId: 'present',
    },
    answer: 'forward',
    status: 200,
  });
  await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: 'k',
      Body: 'x',
      ExpectedBucketOwner: '123456789012',
      IfNoneMatch: '*',
    }),
  );
  expect(proxy.history.at(-1)?.headers).toMatchObject({
    'x-amz-expected-bucket-owner': '123456789012',
    'if-none-match': '*',
    'x-amz-checksum-crc32': expect.any(String),
  });
  const kept = JSON.stringify(proxy.history);
  expect(kept).not.toMatch(/Signature|an-external-id-of-ours|a-secret-that-nobody-keeps|x-amz-security-token/i);
});

test('a rule answers in its window alone', async () => {
  const match = { service: 'sts', action: 'GetCallerIdentity' };
  proxy.setRules([{ match, after: 1, times: 1, answer: { do: 'refuse', as: 'throttled' } }]);
  const ask = () => codeOf(sts.send(new GetCallerIdentityCommand({})));
  expect([await ask(), await ask(), await ask()]).toEqual(['no error', 'Throttling', 'no error']);
});

test('any error can be given in the protocol of the service', async () => {
  proxy.setRules([
    {
      match: { service: 'sqs' },
      answer: { do: 'fail', status: 400, code: 'OverLimit', message: 'too <many> & "more"' },
    },
  ]);
  const refused = new SQSClient(options()).send(new ListQueuesCommand({}));
  await expect(refused).rejects.toMatchObject({ name: 'OverLimit', message: 'too <many> & "more"' });
});

test('an upload that is refused is read to its end, so that the client hears why', async () => {
  proxy.setRules([{ match: { key: /_1\.json$/ }, answer: { do: 'refuse', as: 'access-denied' } }]);
  const put = s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'recon_1.json', Body: Buffer.alloc(4_000_000) }));
  await expect(put).rejects.toThrow(`is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::${bucket}/`);
});

test('a connection that breaks before the request leaves nothing behind', async () => {
  proxy.setRules([{ match: { action: 'PutObject' }, answer: { do: 'reset-before-forward' } }]);
  expect(await codeOf(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'lost', Body: 'x' })))).toBe('ECONNRESET');
  expect(await codeOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'lost' })))).toBe('NoSuchKey');
});

test('a connection that breaks after the request leaves its work done', async () => {
  proxy.setRules([{ match: { action: 'PutObject' }, answer: { do: 'forward-then-reset' } }]);
  expect(await codeOf(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'kept', Body: 'x' })))).toBe('ECONNRESET');
  expect(await codeOf(s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'kept' })))).toBe('no error');
  expect(proxy.history.findLast(entry => entry.action === 'PutObject')).toMatchObject({ status: null });
});

test('a request that hangs ends when its client gives up', async () => {
  proxy.setRules([{ match: { service: 'sts' }, answer: { do: 'hang' } }]);
  const hung = sts.send(new GetCallerIdentityCommand({}), { abortSignal: AbortSignal.timeout(200) });
  expect(await codeOf(hung)).toBe('AbortError');
});

test('a delayed request is answered all the same', async () => {
  proxy.setRules([{ match: { service: 'sts' }, answer: { do: 'delay', milliseconds: 100 } }]);
  const started = performance.now();
  await sts.send(new GetCallerIdentityCommand({}));
  expect(performance.now() - started).toBeGreaterThan(90);
});

test('a page can be made up', async () => {
  const body = '{"QueueUrls":[],"NextToken":"more"}';
  const headers = { 'content-type': 'application/x-amz-json-1.0' };
  proxy.setRules([
    { match: { action: 'ListQueues' }, times: 1, answer: { do: 'respond', status: 200, headers, body } },
  ]);
  const sqs = new SQSClient(options());
  await sqs.send(new CreateQueueCommand({ QueueName: `made-${randomAccount()}` }));
  expect((await sqs.send(new ListQueuesCommand({}))).NextToken).toBe('more');
});

test('a proxy with a request that hangs can be stopped', async () => {
  const other = await startRefusingProxy({
    upstream: inject('simulator'),
    rules: [{ match: {}, answer: { do: 'hang' } }],
  });
  const hung = codeOf(new STSClient({ ...options(), endpoint: other.url }).send(new GetCallerIdentityCommand({})));
  await expect.poll(() => other.history.length).toBe(1);
  await other.stop();
  expect(await hung).toBe('ECONNRESET');
});

test('a simulator that is gone breaks the connection', async () => {
  const other = await startRefusingProxy({ upstream: 'http://127.0.0.1:1' });
  const call = codeOf(new STSClient({ ...options(), endpoint: other.url }).send(new GetCallerIdentityCommand({})));
  expect(await call).toBe('ECONNRESET');
  await other.stop();
});

// The account server as one endpoint for all of AWS: before moto, late, limited, and counting.
import { randomInt, randomUUID } from 'node:crypto';
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListResourcesCommand as ListIndexed, ResourceExplorer2Client } from '@aws-sdk/client-resource-explorer-2';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, inject, test } from 'vitest';
import { refusalOf } from './refusal-of.ts';
import { type AccountServer, type AccountServerOptions, startAccountServer } from './start-account-server.ts';

let server: AccountServer;
afterEach(() => server.stop());

const serve = async (given: Partial<AccountServerOptions>): Promise<void> => {
  server = await startAccountServer({ upstream: undefined, model: {}, ...given });
};
const own = { accessKeyId: 'AKIATEST', secretAccessKey: 'test' };
const connection = () => ({ endpoint: server.url, region: 'us-east-1', maxAttempts: 1, credentials: own });
const TypeName = 'AWS::SQS::Queue';

test('what is not played here goes to moto and back, bodies of any size included', async () => {
  await serve({ upstream: inject('simulator') });
  const s3 = new S3Client({ ...connection(), forcePathStyle: true });
  const Bucket = `forwarded-${randomUUID()}`;
  const Body = Buffer.alloc(3_000_000, 'abc');
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'big', Body }));
  const { Body: back } = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
  expect(Buffer.compare(Buffer.from((await back?.transformToByteArray()) ?? []), Body)).toBe(0);
  expect((await new EC2Client(connection()).send(new DescribeRegionsCommand({}))).Regions?.length).toBeGreaterThan(5);
  expect(server.requests.map(({ service, action, status }) => `${service} ${action} ${status}`)).toEqual([
    's3 CreateBucket 200',
    's3 PutObject 200',
    's3 GetObject 200',
    'ec2 DescribeRegions 200',
  ]);
});

test('the session that moto gives out decides whose model answers', async () => {
  const account = String(randomInt(2 ** 37, 2 ** 39)).padStart(12, '0');
  await serve({
    upstream: inject('simulator'),
    model: accountId => ({ everywhere: { [TypeName]: { resources: [{ identifier: accountId }] } } }),
  });
  const sts = new STSClient(connection());
  const role = { RoleArn: `arn:aws:iam::${account}:role/inventory`, RoleSessionName: 'scan' };
  const { Credentials } = await sts.send(new AssumeRoleCommand(role));
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? '',
    secretAccessKey: Credentials?.SecretAccessKey ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  };
  const identifiers = async (as: typeof own) => {
    const client = new CloudControlClient({ ...connection(), credentials: as });
    const { ResourceDescriptions = [] } = await client.send(new ListResourcesCommand({ TypeName }));
    return ResourceDescriptions.map(({ Identifier }) => Identifier);
  };
  expect(await identifiers(credentials)).toEqual([account]);
  expect(await identifiers(own)).toEqual(['123456789012']);
});

test('without moto, what is not played here is an unknown operation', async () => {
  await serve({});
  const { name, status } = await refusalOf(new STSClient(connection()).send(new GetCallerIdentityCommand({})));
  expect([name, status]).toEqual(['UnknownOperationException', 400]);
});

test('a path of Resource Explorer that another service signs is not its own', async () => {
  await serve({});
  const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20261122/eu-west-1/quicksight/aws4_request';
  const answer = await fetch(`${server.url}/ListResources`, { method: 'POST', headers: { authorization }, body: '{}' });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
});

test('every answer is late, and hundreds are late together', async () => {
  await serve({ latency: 100 });
  const client = new CloudControlClient({ ...connection(), requestHandler: { httpAgent: { maxSockets: 300 } } });
  const started = performance.now();
  await Promise.all(Array.from({ length: 300 }, () => client.send(new ListResourcesCommand({ TypeName }))));
  const took = performance.now() - started;
  expect(took).toBeGreaterThan(95);
  expect(took).toBeLessThan(100 * 100);
  expect(server.inFlight.max).toBeGreaterThan(10);
  expect(server.inFlight.maxByServiceRegion.get('cloudcontrolapi us-east-1')).toBe(server.inFlight.max);
  expect(server.requests.length).toBe(300);
});

test('beyond its burst a service is throttled, and no other', async () => {
  await serve({ rateLimit: { service: 'cloudcontrolapi', perSecond: 0.001, burst: 2 } });
  const list = (region: string) =>
    new CloudControlClient({ ...connection(), region }).send(new ListResourcesCommand({ TypeName }));
  await list('us-east-1');
  await list('us-east-1');
  const { name, status, message } = await refusalOf(list('us-east-1'));
  expect([name, status, message]).toEqual(['ThrottlingException', 400, 'Rate exceeded']);
  await list('eu-west-1');
  const other = await refusalOf(new STSClient(connection()).send(new GetCallerIdentityCommand({})));
  expect(other.name).toBe('UnknownOperationException');
  expect(server.requests.map(({ status: each }) => each)).toEqual([200, 200, 400, 200, 400]);
});

test('a bucket fills again as time goes by', async () => {
  await serve({ latency: 20, rateLimit: { service: 'cloudcontrolapi', perSecond: 1000, burst: 1 } });
  const client = new CloudControlClient(connection());
  for (let call = 0; call < 5; call += 1) await client.send(new ListResourcesCommand({ TypeName }));
  expect(server.requests.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
});

test('a throttled call looks as its protocol has it', async () => {
  const services = ['sts', 'ec2', 's3', 'lambda', 'route53', 'resource-explorer-2'];
  await serve({ rateLimit: services.map(service => ({ service, perSecond: 0, burst: 0 })) });
  const calls = [
    new STSClient(connection()).send(new GetCallerIdentityCommand({})),
    new EC2Client(connection()).send(new DescribeRegionsCommand({})),
    new S3Client({ ...connection(), forcePathStyle: true }).send(new ListBucketsCommand({})),
    new LambdaClient(connection()).send(new ListFunctionsCommand({})),
    new Route53Client(connection()).send(new ListHostedZonesCommand({})),
    new ResourceExplorer2Client(connection()).send(new ListIndexed({})),
  ];
  const seen = await Promise.all(calls.map(refusalOf));
  expect(seen.map(({ name, status }) => `${name} ${status}`)).toEqual([
    'Throttling 400',
    'RequestLimitExceeded 503',
    'SlowDown 503',
    'TooManyRequestsException 429',
    'Throttling 400',
    'ThrottlingException 429',
  ]);
});

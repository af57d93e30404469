// The million server, in this process and as one of its own, asked by AWS's own clients.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CloudControlClient, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  type LogGroup,
  paginateDescribeLogGroups,
} from '@aws-sdk/client-cloudwatch-logs';
import { DescribeInstancesCommand, DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import {
  GetResourcesCommand,
  paginateGetResources,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api';
import { ListHostedZonesCommand, Route53Client } from '@aws-sdk/client-route-53';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, expect, test } from 'vitest';
import { type MillionServer, type MillionServerOptions, startMillionServer } from './million.ts';
import { refusalOf } from './refusal-of.ts';

let server: MillionServer | undefined;
afterEach(async () => {
  await server?.stop();
  server = undefined;
});

const connect = (endpoint: string, region = 'us-east-1') => ({
  endpoint,
  region,
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
});
const serve = async (options: MillionServerOptions) => {
  server = await startMillionServer(options);
  return connect(server.url);
};
const readGroups = async (client: CloudWatchLogsClient) => {
  const pages: LogGroup[][] = [];
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, {})) pages.push(logGroups);
  return pages;
};

test('log groups come in pages of fifty, each once and whole', async () => {
  const pages = await readGroups(new CloudWatchLogsClient(await serve({ resources: 120 })));
  expect(pages.map(page => page.length)).toEqual([50, 50, 20]);
  expect(new Set(pages.flat().map(({ arn }) => arn)).size).toBe(120);
  const name = '/aws/codebuild/search-dev-service-0000002';
  expect(pages[0]?.[2]).toEqual({
    logGroupName: name,
    creationTime: 1_600_000_002_000,
    retentionInDays: 365,
    metricFilterCount: 2,
    arn: `arn:aws:logs:us-east-1:123456789012:log-group:${name}:*`,
    storedBytes: 15_838,
    logGroupClass: 'STANDARD',
    logGroupArn: `arn:aws:logs:us-east-1:123456789012:log-group:${name}`,
    deletionProtectionEnabled: false,
  });
});

test('page size, region and account are settings, and other regions have nothing', async () => {
  const options = await serve({ resources: 25, pageSize: 10, region: 'eu-west-1', account: '210987654321' });
  const pages = await readGroups(new CloudWatchLogsClient({ ...options, region: 'eu-west-1' }));
  expect(pages.map(page => page.length)).toEqual([10, 10, 5]);
  expect(pages[0]?.[0]?.arn).toContain(':eu-west-1:210987654321:');
  expect(await readGroups(new CloudWatchLogsClient(options))).toEqual([[]]);
});

test('a share of the log groups is tagged, eight tags each, in pages of a hundred', async () => {
  const options = await serve({ resources: 1000, taggedShare: 0.25 });
  const client = new ResourceGroupsTaggingAPIClient(options);
  const pages: (readonly [string | undefined, number | undefined])[][] = [];
  for await (const { ResourceTagMappingList = [] } of paginateGetResources({ client }, {}))
    pages.push(ResourceTagMappingList.map(({ ResourceARN, Tags }) => [ResourceARN, Tags?.length]));
  expect(pages.map(page => page.length)).toEqual([100, 100, 50]);
  const known = new Set((await readGroups(new CloudWatchLogsClient(options))).flat().map(group => group.logGroupArn));
  expect(new Set(pages.flat().map(([arn]) => arn)).size).toBe(250);
  expect(pages.flat().every(([arn, tags]) => known.has(arn) && tags === 8)).toBe(true);
  const { ResourceTagMappingList } = await client.send(new GetResourcesCommand({ ResourceTypeFilters: ['s3:bucket'] }));
  expect(ResourceTagMappingList).toEqual([]);
});

test('the caller, the region and empty listings of all else are there', async () => {
  const options = await serve({ resources: 1, region: 'eu-west-1' });
  expect((await new STSClient(options).send(new GetCallerIdentityCommand({}))).Account).toBe('123456789012');
  const ec2 = new EC2Client(options);
  const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
  expect(Regions.map(({ RegionName, OptInStatus }) => [RegionName, OptInStatus])).toEqual([
    ['eu-west-1', 'opt-in-not-required'],
  ]);
  expect((await ec2.send(new DescribeInstancesCommand({}))).Reservations ?? []).toEqual([]);
  expect((await new IAMClient(options).send(new ListRolesCommand({}))).Roles ?? []).toEqual([]);
  expect((await new KMSClient(options).send(new ListKeysCommand({}))).Keys ?? []).toEqual([]);
  expect((await new LambdaClient(options).send(new ListFunctionsCommand({}))).Functions ?? []).toEqual([]);
  const s3 = new S3Client({ ...options, forcePathStyle: true });
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  const list = new ListResourcesCommand({ TypeName: 'AWS::SQS::Queue' });
  expect((await new CloudControlClient(options).send(list)).ResourceDescriptions).toEqual([]);
  const zones = await refusalOf(new Route53Client(options).send(new ListHostedZonesCommand({})));
  expect([zones.name, zones.status]).toEqual(['UnknownOperationException', 400]);
  expect(server?.asked.get('sts GetCallerIdentity us-east-1')).toBe(1);
});

test('it runs as a process of its own, prints its URL, and ends with its parent', async () => {
  const main = fileURLToPath(new URL('./million-main.ts', import.meta.url));
  const child = spawn(process.execPath, [main, '--resources', '1000000'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const [url] = await once(createInterface(child.stdout), 'line');
  const client = new CloudWatchLogsClient(connect(String(url)));
  const { logGroups, nextToken } = await client.send(new DescribeLogGroupsCommand({ nextToken: '999950' }));
  expect([logGroups?.length, nextToken]).toEqual([50, undefined]);
  client.destroy();
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
});

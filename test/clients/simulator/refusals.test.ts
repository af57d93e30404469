// Each service's refusal, as the real SDK client of that service reads it from the wire.
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient, ListClustersCommand } from '@aws-sdk/client-ecs';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListAccountsCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { DescribeDBInstancesCommand, RDSClient } from '@aws-sdk/client-rds';
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListTopicsCommand, SNSClient } from '@aws-sdk/client-sns';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { describeAwsError } from '../../../clients/aws/errors.ts';
import { type RefusingProxy, startRefusingProxy } from '../../../clients/simulator/proxy.ts';
import type { RefusalName } from '../../../clients/simulator/refusals.ts';

let proxy: RefusingProxy;
beforeAll(async () => {
  proxy = await startRefusingProxy({ upstream: inject('simulator') });
});
afterAll(() => proxy.stop());

const options = () => ({
  endpoint: proxy.url,
  region: 'eu-central-1',
  maxAttempts: 1,
  credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'test' },
});

const calls: Record<string, () => Promise<unknown>> = {
  cloudformation: () => new CloudFormationClient(options()).send(new ListStacksCommand({})),
  dynamodb: () => new DynamoDBClient(options()).send(new ListTablesCommand({})),
  ec2: () => new EC2Client(options()).send(new DescribeInstancesCommand({})),
  ecs: () => new ECSClient(options()).send(new ListClustersCommand({})),
  iam: () => new IAMClient(options()).send(new ListRolesCommand({})),
  kms: () => new KMSClient(options()).send(new ListKeysCommand({})),
  lambda: () => new LambdaClient(options()).send(new ListFunctionsCommand({})),
  logs: () => new CloudWatchLogsClient(options()).send(new DescribeLogGroupsCommand({})),
  organizations: () => new OrganizationsClient(options()).send(new ListAccountsCommand({})),
  rds: () => new RDSClient(options()).send(new DescribeDBInstancesCommand({})),
  s3: () => new S3Client({ ...options(), forcePathStyle: true }).send(new ListBucketsCommand({})),
  sns: () => new SNSClient(options()).send(new ListTopicsCommand({})),
  sqs: () => new SQSClient(options()).send(new ListQueuesCommand({})),
  sts: () => new STSClient(options()).send(new GetCallerIdentityCommand({})),
  tagging: () => new ResourceGroupsTaggingAPIClient(options()).send(new GetResourcesCommand({})),
};

interface Heard {
  readonly name: string;
  readonly message: string;
  readonly $metadata: { readonly httpStatusCode?: number };
}

const hear = async (service: string, as: RefusalName): Promise<Heard> => {
  proxy.setRules([{ match: { service }, answer: { do: 'refuse', as } }]);
  const call = calls[service];
  if (call === undefined) throw new Error(`no call for ${service}`);
  return await call().then(
    () => {
      throw new Error(`${service} was not refused`);
    },
    error => error as Heard,
  );
};

const denials: readonly (readonly [service: string, name: string, status: number, permission: string])[] = [
  ['cloudformation', 'AccessDenied', 403, 'cloudformation:ListStacks'],
  ['dynamodb', 'AccessDeniedException', 400, 'dynamodb:ListTables'],
  ['ec2', 'UnauthorizedOperation', 403, 'ec2:DescribeInstances'],
  ['ecs', 'AccessDeniedException', 400, 'ecs:ListClusters'],
  ['iam', 'AccessDenied', 403, 'iam:ListRoles'],
  ['kms', 'AccessDeniedException', 400, 'kms:ListKeys'],
  ['lambda', 'AccessDeniedException', 403, 'lambda:ListFunctions'],
  ['logs', 'AccessDeniedException', 400, 'logs:DescribeLogGroups'],
  ['organizations', 'AccessDeniedException', 400, 'organizations:ListAccounts'],
  ['rds', 'AccessDenied', 403, 'rds:DescribeDBInstances'],
  ['s3', 'AccessDenied', 403, 's3:ListAllMyBuckets'],
  ['sns', 'AuthorizationErrorException', 403, 'SNS:ListTopics'],
  ['sqs', 'AccessDenied', 403, 'sqs:listqueues'],
  ['sts', 'AccessDenied', 403, 'sts:GetCallerIdentity'],
  ['tagging', 'AccessDeniedException', 400, 'tag:GetResources'],
];

describe('a denial', () => {
  test.each(denials)('by %s is read by its client as %s', async (service, name, status, permission) => {
    const error = await hear(service, 'access-denied');
    expect(error.name).toBe(name);
    expect(error.$metadata.httpStatusCode).toBe(status);
    expect(error.message).toContain('User: arn:aws:sts::123456789012:user/moto is not authorized to perform: ');
    expect(error.message).toContain(permission);
    expect(describeAwsError(error).kind).toBe('denied');
  });

  test.each(denials)('of a service control policy by %s says so', async (service, name) => {
    const error = await hear(service, 'denied-by-scp');
    expect(error.name).toBe(name);
    expect(error.message).toMatch(/with an explicit deny in a service control policy$/);
    expect(describeAwsError(error).byServiceControlPolicy).toBe(true);
  });

  test('has been tried with every client', () => {
    expect(denials.map(([service]) => service).sort()).toEqual(Object.keys(calls).sort());
  });
});

const throttles: Record<string, readonly [name: string, status: number]> = {
  ec2: ['RequestLimitExceeded', 503],
  kms: ['ThrottlingException', 400],
  lambda: ['TooManyRequestsException', 429],
  organizations: ['TooManyRequestsException', 400],
  s3: ['SlowDown', 503],
  sns: ['Throttling', 400],
  sqs: ['RequestThrottled', 403],
};

test.each(Object.entries(throttles))(
  'throttling by %s is read as it comes from AWS',
  async (service, [name, status]) => {
    const error = await hear(service, 'throttled');
    expect([error.name, error.$metadata.httpStatusCode]).toEqual([name, status]);
    expect(describeAwsError(error).kind).toBe('throttled');
  },
);

test.each(Object.keys(calls))('an expired token is refused by %s so that it is known as one', async service => {
  expect(describeAwsError(await hear(service, 'expired-token')).kind).toBe('credentials-expired');
});

test.each(['iam', 'kms', 'lambda', 'logs', 'tagging'])(
  'a region that is not enabled is refused by %s',
  async service => {
    expect(describeAwsError(await hear(service, 'region-not-enabled')).kind).toBe('not-enabled');
  },
);

test.each(Object.keys(calls))('an outage of %s is worth another try', async service => {
  expect(describeAwsError(await hear(service, 'unavailable')).kind).toBe('unavailable');
});

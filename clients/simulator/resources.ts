// Creates the resources that a plan orders, through the real APIs: one short function per kind. Each answers with what
// Terraform's state would say of them.
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import { CreateRoleCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateDBInstanceCommand } from '@aws-sdk/client-rds';
import { CreateBucketCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand, GetTopicAttributesCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { AccountClients } from './account-clients.ts';
import { createNetwork, createVolume } from './networks.ts';
import { type Create, keyValues, type ResourceKind, type ResourceOrder } from './resource-order.ts';
import type { TerraformResource } from './terraform-state.ts';

const lowerKeyValues = ({ tags }: ResourceOrder) => Object.entries(tags).map(([key, value]) => ({ key, value }));

const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** A ZIP archive without files: the smallest code that CreateFunction takes. */
const emptyArchive = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

/** One resource as a state has it, named after its order. */
const stated = (
  order: ResourceOrder,
  type: string,
  attributes: Readonly<Record<string, unknown>>,
): readonly TerraformResource[] => [
  { type, name: order.name, region: order.region, attributes: { ...attributes, tags: order.tags } },
];

const createRole: Create = async (account, order) => {
  const cut = order.name.lastIndexOf('/') + 1;
  const name = order.name.slice(cut);
  const { Role } = await account.client('iam', 'us-east-1').send(
    new CreateRoleCommand({
      RoleName: name,
      Path: `/${order.name.slice(0, cut)}`,
      AssumeRolePolicyDocument: trustOf('ec2.amazonaws.com'),
      Tags: keyValues(order),
    }),
  );
  return stated({ ...order, name }, 'aws_iam_role', {
    id: name,
    name,
    arn: Role?.Arn,
    path: Role?.Path,
    assume_role_policy: trustOf('ec2.amazonaws.com'),
    max_session_duration: 3600,
  });
};

const createBucket: Create = async (account, order) => {
  const s3 = account.client('s3', order.region);
  // Names of buckets are global, and S3 refuses the one region that needs no constraint when it is given as one.
  const Bucket = `${order.name}-${account.accountId}`;
  const elsewhere = order.region === 'us-east-1' ? {} : { LocationConstraint: order.region as 'eu-west-1' };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: elsewhere }));
  const TagSet = keyValues(order);
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  const facts = { id: Bucket, bucket: Bucket, arn: `arn:aws:s3:::${Bucket}`, region: order.region };
  return stated(order, 'aws_s3_bucket', facts);
};

const createFunction: Create = async (account, order) => {
  const role = `arn:aws:iam::${account.accountId}:role/managed/inventory`;
  const made = await account.client('lambda', order.region).send(
    new CreateFunctionCommand({
      FunctionName: order.name,
      Role: role,
      Runtime: 'nodejs22.x',
      Handler: 'index.run',
      Code: { ZipFile: emptyArchive },
      Tags: order.tags,
    }),
  );
  return stated(order, 'aws_lambda_function', {
    ...{ id: order.name, function_name: order.name, arn: made.FunctionArn, role },
    ...{ runtime: 'nodejs22.x', handler: 'index.run', memory_size: 128, timeout: 3 },
  });
};

const createTable: Create = async (account, order) => {
  const { TableDescription } = await account.client('dynamodb', order.region).send(
    new CreateTableCommand({
      TableName: order.name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Tags: keyValues(order),
    }),
  );
  const facts = { id: order.name, name: order.name, arn: TableDescription?.TableArn };
  return stated(order, 'aws_dynamodb_table', { ...facts, billing_mode: 'PAY_PER_REQUEST', hash_key: 'id' });
};

const createQueue: Create = async (account, order) => {
  const { QueueUrl } = await account
    .client('sqs', order.region)
    .send(new CreateQueueCommand({ QueueName: order.name, tags: order.tags }));
  const arn = `arn:aws:sqs:${order.region}:${account.accountId}:${order.name}`;
  const facts = { id: QueueUrl, url: QueueUrl, name: order.name, arn };
  return stated(order, 'aws_sqs_queue', { ...facts, visibility_timeout_seconds: 30, delay_seconds: 0 });
};

const createTopic: Create = async (account, order) => {
  const sns = account.client('sns', order.region);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: order.name, Tags: keyValues(order) }));
  // The one that SNS gives to every topic: Terraform's provider reads it back into the state.
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
  const facts = { id: TopicArn, arn: TopicArn, name: order.name };
  return stated(order, 'aws_sns_topic', { ...facts, policy: Attributes?.['Policy'] });
};

const createKey: Create = async (account, order) => {
  const { KeyMetadata } = await account.client('kms', order.region).send(
    new CreateKeyCommand({
      Description: order.name,
      Tags: Object.entries(order.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  );
  const facts = { id: KeyMetadata?.KeyId, key_id: KeyMetadata?.KeyId, arn: KeyMetadata?.Arn };
  return stated(order, 'aws_kms_key', { ...facts, description: order.name, is_enabled: true });
};

const createDatabase: Create = async (account, order) => {
  const { DBInstance } = await account.client('rds', order.region).send(
    new CreateDBInstanceCommand({
      DBInstanceIdentifier: order.name,
      DBInstanceClass: 'db.t4g.micro',
      Engine: 'postgres',
      AllocatedStorage: 20,
      MasterUsername: 'sandbox',
      MasterUserPassword: 'nobody-connects',
      Tags: keyValues(order),
    }),
  );
  return stated(order, 'aws_db_instance', {
    ...{ id: DBInstance?.DbiResourceId, resource_id: DBInstance?.DbiResourceId, identifier: order.name },
    ...{ arn: DBInstance?.DBInstanceArn, instance_class: 'db.t4g.micro', engine: 'postgres', allocated_storage: 20 },
  });
};

const createCluster: Create = async (account, order) => {
  const { cluster } = await account
    .client('ecs', order.region)
    .send(new CreateClusterCommand({ clusterName: order.name, tags: lowerKeyValues(order) }));
  return stated(order, 'aws_ecs_cluster', { id: cluster?.clusterArn, arn: cluster?.clusterArn, name: order.name });
};

const createUser: Create = async (account, order) => {
  const { User } = await account
    .client('iam', 'us-east-1')
    .send(new CreateUserCommand({ UserName: order.name, Tags: keyValues(order) }));
  return stated(order, 'aws_iam_user', { id: order.name, name: order.name, arn: User?.Arn, path: '/' });
};

/** CloudFormation's, and so in no state. */
const createStack: Create = async (account, order) => {
  await account.client('cloudformation', order.region).send(
    new CreateStackCommand({
      StackName: order.name,
      TemplateBody: JSON.stringify({ Resources: { Alarms: { Type: 'AWS::SNS::Topic' } } }),
      Tags: keyValues(order),
    }),
  );
  return [];
};

const createLogGroup: Create = async (account, order) => {
  const name = `/${order.name}`;
  await account.client('logs', order.region).send(new CreateLogGroupCommand({ logGroupName: name, tags: order.tags }));
  const arn = `arn:aws:logs:${order.region}:${account.accountId}:log-group:${name}`;
  return stated(order, 'aws_cloudwatch_log_group', { id: name, name, arn, retention_in_days: 0 });
};

const creators: Readonly<Record<ResourceKind, Create>> = {
  bucket: createBucket,
  cluster: createCluster,
  database: createDatabase,
  function: createFunction,
  key: createKey,
  'log-group': createLogGroup,
  network: createNetwork,
  queue: createQueue,
  role: createRole,
  stack: createStack,
  table: createTable,
  topic: createTopic,
  user: createUser,
  volume: createVolume,
};

/**
 * Creates the orders one after the other; roles have to stand before the functions that name them. Resolves to what
 * Terraform's states would say of all that was made.
 */
export const createResources = async (
  account: AccountClients,
  orders: readonly ResourceOrder[],
): Promise<readonly TerraformResource[]> => {
  const made: TerraformResource[] = [];
  for (const order of orders) made.push(...(await creators[order.kind](account, order)));
  return made;
};

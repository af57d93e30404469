// Creates the resources that a plan orders, through the real APIs: one short function per kind.
import { CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { CreateClusterCommand } from '@aws-sdk/client-ecs';
import { CreateRoleCommand, CreateUserCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand } from '@aws-sdk/client-kms';
import { CreateFunctionCommand } from '@aws-sdk/client-lambda';
import { CreateDBInstanceCommand } from '@aws-sdk/client-rds';
import { CreateBucketCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { CreateTopicCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand } from '@aws-sdk/client-sqs';
import type { AccountClients } from './account-clients.ts';

export type ResourceKind =
  | 'bucket'
  | 'cluster'
  | 'database'
  | 'function'
  | 'key'
  | 'log-group'
  | 'network'
  | 'queue'
  | 'role'
  | 'stack'
  | 'table'
  | 'topic'
  | 'user'
  | 'volume';

export interface ResourceOrder {
  readonly kind: ResourceKind;
  /** Ignored for IAM. */
  readonly region: string;
  /** Unique for its kind in the account; a role's may begin with a path, as `managed/inventory`. */
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Machines in a network; 0 when left out. */
  readonly instances?: number;
}

type Create = (account: AccountClients, order: ResourceOrder) => Promise<unknown>;

const keyValues = ({ tags }: ResourceOrder) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const lowerKeyValues = ({ tags }: ResourceOrder) => Object.entries(tags).map(([key, value]) => ({ key, value }));

/** EC2 knows names as tags alone. */
const ec2Tags = (order: ResourceOrder, ResourceType: 'vpc' | 'instance' | 'volume') => [
  { ResourceType, Tags: [{ Key: 'Name', Value: order.name }, ...keyValues(order)] },
];

const trustOf = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

/** A ZIP archive without files: the smallest code that CreateFunction takes. */
const emptyArchive = Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64');

const createRole: Create = (account, order) => {
  const cut = order.name.lastIndexOf('/') + 1;
  return account.client('iam', 'us-east-1').send(
    new CreateRoleCommand({
      RoleName: order.name.slice(cut),
      Path: `/${order.name.slice(0, cut)}`,
      AssumeRolePolicyDocument: trustOf('ec2.amazonaws.com'),
      Tags: keyValues(order),
    }),
  );
};

const createBucket: Create = async (account, order) => {
  const s3 = account.client('s3', order.region);
  // Names of buckets are global, and S3 refuses the one region that needs no constraint when it is given as one.
  const Bucket = `${order.name}-${account.accountId}`;
  const elsewhere = order.region === 'us-east-1' ? {} : { LocationConstraint: order.region as 'eu-west-1' };
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: elsewhere }));
  const TagSet = keyValues(order);
  if (TagSet.length > 0) await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
};

const createNetwork: Create = async (account, order) => {
  const ec2 = account.client('ec2', order.region);
  const vpc = await ec2.send(
    new CreateVpcCommand({ CidrBlock: '10.1.0.0/16', TagSpecifications: ec2Tags(order, 'vpc') }),
  );
  const VpcId = vpc.Vpc?.VpcId;
  const subnet = await ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.1.1.0/24' }));
  await ec2.send(new CreateSecurityGroupCommand({ VpcId, GroupName: order.name, Description: 'made by the sandbox' }));
  const count = order.instances ?? 0;
  if (count === 0) return;
  await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0123456789abcdef0',
      InstanceType: 't3.micro',
      MinCount: count,
      MaxCount: count,
      SubnetId: subnet.Subnet?.SubnetId,
      TagSpecifications: ec2Tags(order, 'instance'),
    }),
  );
};

const creators: Readonly<Record<ResourceKind, Create>> = {
  bucket: createBucket,
  network: createNetwork,
  role: createRole,
  user: (account, order) =>
    account.client('iam', 'us-east-1').send(new CreateUserCommand({ UserName: order.name, Tags: keyValues(order) })),
  volume: (account, order) =>
    account.client('ec2', order.region).send(
      new CreateVolumeCommand({
        AvailabilityZone: `${order.region}a`,
        Size: 8,
        VolumeType: 'gp3',
        TagSpecifications: ec2Tags(order, 'volume'),
      }),
    ),
  function: (account, order) =>
    account.client('lambda', order.region).send(
      new CreateFunctionCommand({
        FunctionName: order.name,
        Role: `arn:aws:iam::${account.accountId}:role/managed/inventory`,
        Runtime: 'nodejs22.x',
        Handler: 'index.run',
        Code: { ZipFile: emptyArchive },
        Tags: order.tags,
      }),
    ),
  table: (account, order) =>
    account.client('dynamodb', order.region).send(
      new CreateTableCommand({
        TableName: order.name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        Tags: keyValues(order),
      }),
    ),
  queue: (account, order) =>
    account.client('sqs', order.region).send(new CreateQueueCommand({ QueueName: order.name, tags: order.tags })),
  topic: (account, order) =>
    account.client('sns', order.region).send(new CreateTopicCommand({ Name: order.name, Tags: keyValues(order) })),
  key: (account, order) =>
    account.client('kms', order.region).send(
      new CreateKeyCommand({
        Description: order.name,
        Tags: Object.entries(order.tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
      }),
    ),
  database: (account, order) =>
    account.client('rds', order.region).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: order.name,
        DBInstanceClass: 'db.t4g.micro',
        Engine: 'postgres',
        AllocatedStorage: 20,
        MasterUsername: 'sandbox',
        MasterUserPassword: 'nobody-connects',
        Tags: keyValues(order),
      }),
    ),
  cluster: (account, order) =>
    account
      .client('ecs', order.region)
      .send(new CreateClusterCommand({ clusterName: order.name, tags: lowerKeyValues(order) })),
  stack: (account, order) =>
    account.client('cloudformation', order.region).send(
      new CreateStackCommand({
        StackName: order.name,
        TemplateBody: JSON.stringify({ Resources: { Alarms: { Type: 'AWS::SNS::Topic' } } }),
        Tags: keyValues(order),
      }),
    ),
  'log-group': (account, order) =>
    account
      .client('logs', order.region)
      .send(new CreateLogGroupCommand({ logGroupName: `/${order.name}`, tags: order.tags })),
};

/** Creates the orders one after the other; roles have to stand before the functions that name them. */
export const createResources = async (account: AccountClients, orders: readonly ResourceOrder[]): Promise<void> => {
  for (const order of orders) await creators[order.kind](account, order);
};

// Owners over what the simulator really answers: a fresh account has nothing that people made, and a stack has what it holds.
import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2';
import { CreateServiceLinkedRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { readStackResources } from '../../../../../clients/aws/stacks.ts';
import { detailKey, unreadDetails } from '../../../../../runner/scan/drift/details.ts';
import { joinResources } from '../../../../../runner/scan/drift/engine/join.ts';
import { judgeResources } from '../../../../../runner/scan/drift/engine/judge.ts';
import { partsOf } from '../../../../../runner/scan/drift/engine/parts.ts';
import type { JudgedResource } from '../../../../../runner/scan/drift/resources.ts';
import { type LiveAccount, makeBucket, read, trust, uniqueName, useLiveAccount } from '../live-account.ts';

const account = useLiveAccount();

const network = [
  ...['vpc', 'subnet', 'internet-gateway', 'route-table', 'network-acl', 'security-group', 'security-group-rule'],
  ...['dhcp-options', 'network-interface'],
].map(name => `ec2.${name}`);

const judge = async (live: LiveAccount, keys: readonly string[]): Promise<JudgedResource[]> => {
  const wholes = await live.find(...keys);
  const { details } = await read(live, wholes);
  const found = wholes.flatMap(whole => [whole, ...partsOf(whole, details.get(detailKey(whole)))]);
  const { connection } = live;
  const regions = [connection.region];
  const { resources, failures } = await readStackResources({
    ...{ connection, regions, signal: new AbortController().signal },
  });
  expect(failures).toEqual([]);
  const facts = { declared: [], found, cells: [], regions, account: live.account, unread: unreadDetails(details) };
  return judgeResources({
    joined: joinResources(facts),
    stacks: resources,
    regions: new Set(regions),
    compare: () => [],
  });
};

const told = (judged: readonly JudgedResource[]): string[] =>
  judged.map(({ found, verdict, manager }) =>
    [verdict, found?.type ?? found?.resourceType, manager?.kind, manager?.name].filter(Boolean).join(' '),
  );

describe('a fresh account', () => {
  it('has networks that AWS made, and nothing of people', async () => {
    const judged = await judge(account(), network);
    expect(judged.filter(({ verdict }) => verdict === 'unmanaged').map(({ found }) => found?.id)).toEqual([]);
    const kinds = new Set(told(judged));
    expect(kinds).toContain('managed-by-service aws_default_vpc aws-default');
    expect(kinds).toContain('managed-by-service aws_default_subnet aws-default');
    expect(kinds).toContain('managed-by-service aws_default_security_group aws-default');
  });

  it('has a service’s role and its keys, which are nobody else’s', async () => {
    const live = account();
    await new IAMClient(live.configuration()).send(
      new CreateServiceLinkedRoleCommand({ AWSServiceName: 'autoscaling.amazonaws.com' }),
    );
    await new KMSClient(live.configuration()).send(new CreateKeyCommand({}));
    const judged = await judge(live, [
      'kms.key',
      'kms.alias',
      'iam.role',
      'iam.role-policy',
      'events.event-bus',
      'events.rule',
    ]);
    const kinds = new Set(told(judged));
    expect(kinds).toContain('managed-by-service aws_iam_role service-linked autoscaling.amazonaws.com');
    expect([...kinds].filter(kind => kind.startsWith('unmanaged'))).toEqual(['unmanaged aws_kms_key']);
  });
});

const templateOf = (bucket: string) =>
  JSON.stringify({
    Resources: {
      Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: bucket } },
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: bucket } },
      Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: bucket } },
      Table: {
        Type: 'AWS::DynamoDB::Table',
        Properties: {
          TableName: bucket,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { RoleName: bucket, AssumeRolePolicyDocument: JSON.parse(trust('ec2.amazonaws.com')) },
      },
      Group: {
        Type: 'AWS::EC2::SecurityGroup',
        Properties: { GroupDescription: 'web', GroupName: bucket },
      },
    },
  });

describe('a stack', () => {
  it('has what it made, and what was made of that; the rest is unmanaged', async () => {
    const live = account();
    const name = uniqueName();
    const client = new CloudFormationClient(live.configuration());
    await client.send(new CreateStackCommand({ StackName: name, TemplateBody: templateOf(name) }));
    const { Bucket: own } = await makeBucket(live);
    const keys = [...network, 's3.bucket', 'sqs.queue', 'sns.topic', 'dynamodb.table', 'iam.role', 'iam.role-policy'];
    const judged = await judge(live, [...keys, 'cloudformation.stack']);
    const stacked = judged.filter(({ verdict }) => verdict === 'managed-by-stack');
    expect(new Set(stacked.map(({ manager }) => manager?.name))).toEqual(new Set([name]));
    const types = new Set(stacked.map(({ found }) => found?.type));
    expect([...types]).toEqual(
      expect.arrayContaining([
        ...['aws_s3_bucket', 'aws_sqs_queue', 'aws_sns_topic', 'aws_dynamodb_table', 'aws_iam_role'],
        ...['aws_security_group', 'aws_cloudformation_stack'],
      ]),
    );
    const unmanaged = judged.filter(({ verdict }) => verdict === 'unmanaged').map(({ found }) => found?.id);
    expect(unmanaged).toEqual([own]);
  });

  it('does not have what people add to AWS’s own group', async () => {
    const live = account();
    const groups = await live.find('ec2.security-group');
    const rule = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] };
    await new EC2Client(live.configuration()).send(
      new AuthorizeSecurityGroupIngressCommand({ GroupId: groups[0]?.id, IpPermissions: [rule] }),
    );
    const judged = await judge(live, network);
    expect(told(judged).filter(text => text.startsWith('unmanaged'))).toEqual(['unmanaged aws_security_group_rule']);
  });
});

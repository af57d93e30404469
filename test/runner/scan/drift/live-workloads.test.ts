// Details of real resources of the simulator, and what somebody changed of them behind the state: what runs and what keeps data.
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateTableCommand,
  DynamoDBClient,
  UpdateContinuousBackupsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateFunctionCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { CreateTopicCommand, SetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { pick } from './found-live.ts';
import { changesOf, type Declared, partOf, policyFor, trust, uniqueName, useLiveAccount } from './live-account.ts';

const account = useLiveAccount();

describe('changed behind the state', () => {
  it('is a queue, a topic, a repository and a table', async () => {
    const live = account();
    const [sqs, sns, ecr, dynamodb] = [
      new SQSClient(live.configuration()),
      new SNSClient(live.configuration()),
      new ECRClient(live.configuration()),
      new DynamoDBClient(live.configuration()),
    ];
    const Name = uniqueName();
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: Name, Attributes: { VisibilityTimeout: '30' }, tags: { Team: 'a' } }),
    );
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name, Tags: [{ Key: 'Team', Value: 'a' }] }));
    await ecr.send(new CreateRepositoryCommand({ repositoryName: `team/${Name}` }));
    const setPolicy = (action: string) =>
      ecr.send(
        new SetRepositoryPolicyCommand({
          repositoryName: `team/${Name}`,
          policyText: JSON.stringify({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Principal: { AWS: live.account }, Action: action }],
          }),
        }),
      );
    await setPolicy('ecr:BatchGetImage');
    await dynamodb.send(
      new CreateTableCommand({
        TableName: Name,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        Tags: [{ Key: 'Team', Value: 'a' }],
      }),
    );
    const keys = ['sqs.queue', 'sns.topic', 'ecr.repository', 'dynamodb.table'];
    const declare = async (): Promise<Declared[]> => {
      const found = await live.find(...keys);
      const repository = pick(found, 'AWS::ECR::Repository', Name);
      return [
        {
          type: 'aws_sqs_queue',
          state: { visibility_timeout_seconds: 30, policy: '', tags: { Team: 'a' } },
          found: pick(found, 'AWS::SQS::Queue', Name),
        },
        {
          type: 'aws_sns_topic',
          state: { display_name: '', tags: { Team: 'a' } },
          found: pick(found, 'AWS::SNS::Topic', Name),
        },
        { type: 'aws_ecr_repository', state: { image_tag_mutability: 'MUTABLE' }, found: repository },
        {
          type: 'aws_ecr_repository_policy',
          state: {
            policy: JSON.stringify({
              Version: '2012-10-17',
              Statement: {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${live.account}:root` },
                Action: ['ecr:BatchGetImage'],
              },
            }),
          },
          found: partOf(repository, 'aws_ecr_repository_policy'),
        },
        {
          type: 'aws_dynamodb_table',
          state: {
            billing_mode: 'PAY_PER_REQUEST',
            hash_key: 'id',
            attribute: [{ name: 'id', type: 'S' }],
            ttl: [{ enabled: false, attribute_name: '' }],
            point_in_time_recovery: [{ enabled: false }],
            tags: { Team: 'a' },
          },
          found: pick(found, 'AWS::DynamoDB::Table', Name),
        },
      ];
    };
    expect(await changesOf(live, await declare())).toEqual([]);
    await sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl,
        Attributes: { VisibilityTimeout: '60', Policy: policyFor('sqs:SendMessage') },
      }),
    );
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'hello' }));
    await setPolicy('ecr:*');
    await dynamodb.send(
      new UpdateTimeToLiveCommand({ TableName: Name, TimeToLiveSpecification: { Enabled: true, AttributeName: 'at' } }),
    );
    await dynamodb.send(
      new UpdateContinuousBackupsCommand({
        TableName: Name,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
    const paths = (await changesOf(live, await declare())).map(([path]) => path);
    expect(paths).toEqual([
      'aws_sqs_queue.visibility_timeout_seconds',
      'aws_sqs_queue.policy',
      'aws_sns_topic.display_name',
      'aws_ecr_repository_policy.policy.Statement.0.Action',
      'aws_dynamodb_table.ttl.0.enabled',
      'aws_dynamodb_table.ttl.0.attribute_name',
      'aws_dynamodb_table.point_in_time_recovery.0.enabled',
    ]);
  });

  it('is a function with its environment, a network, a group’s rules, and what logs keep', async () => {
    const live = account();
    const [iam, lambda, ec2, logs] = [
      new IAMClient(live.configuration()),
      new LambdaClient(live.configuration()),
      new EC2Client(live.configuration()),
      new CloudWatchLogsClient(live.configuration()),
    ];
    const FunctionName = uniqueName();
    const { Role } = await iam.send(
      new CreateRoleCommand({ RoleName: FunctionName, AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
    );
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: Role?.Arn,
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: Buffer.from('UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==', 'base64') },
        Environment: { Variables: { STAGE: 'prod' } },
        Tags: { Team: 'a' },
      }),
    );
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }));
    const VpcId = Vpc?.VpcId ?? '';
    const { GroupId = '' } = await ec2.send(
      new CreateSecurityGroupCommand({ GroupName: FunctionName, Description: 'web', VpcId }),
    );
    const allow = (port: number, CidrIp: string) =>
      ec2.send(
        new AuthorizeSecurityGroupIngressCommand({
          GroupId,
          IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, IpRanges: [{ CidrIp }] }],
        }),
      );
    await allow(443, '10.0.0.0/8');
    await logs.send(new CreateLogGroupCommand({ logGroupName: FunctionName, tags: { Team: 'a' } }));
    const keys = ['lambda.function', 'ec2.vpc', 'ec2.security-group', 'logs.log-group'];
    const declare = async (): Promise<Declared[]> => {
      const found = await live.find(...keys);
      return [
        {
          type: 'aws_lambda_function',
          state: {
            runtime: 'nodejs22.x',
            memory_size: 128,
            environment: [{ variables: { STAGE: 'prod' } }],
            reserved_concurrent_executions: -1,
            tags: { Team: 'a' },
          },
          found: pick(found, 'AWS::Lambda::Function', FunctionName),
        },
        {
          type: 'aws_vpc',
          state: { cidr_block: '10.9.0.0/16', enable_dns_support: true, enable_dns_hostnames: false, tags: {} },
          found: pick(found, 'AWS::EC2::VPC', VpcId),
        },
        {
          type: 'aws_security_group',
          state: {
            description: 'web',
            ingress: [{ from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['10.0.0.0/8'], self: false }],
          },
          found: pick(found, 'AWS::EC2::SecurityGroup', GroupId),
        },
        {
          type: 'aws_cloudwatch_log_group',
          state: { retention_in_days: 0, tags: { Team: 'a' } },
          found: pick(found, 'AWS::Logs::LogGroup', FunctionName),
        },
      ];
    };
    expect(await changesOf(live, await declare())).toEqual([]);
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        MemorySize: 512,
        Environment: { Variables: { STAGE: 'hunter2' } },
      }),
    );
    await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
    await allow(22, '0.0.0.0/0');
    await logs.send(new PutRetentionPolicyCommand({ logGroupName: FunctionName, retentionInDays: 7 }));
    expect(await changesOf(live, await declare())).toEqual([
      ['aws_lambda_function.memory_size', 128, 512],
      ['aws_lambda_function.environment.0.variables.STAGE', '[redacted]', '[redacted]'],
      ['aws_vpc.enable_dns_hostnames', false, true],
      [
        'aws_security_group.ingress',
        null,
        { protocol: 'tcp', from_port: 22, to_port: 22, peer: '0.0.0.0/0', description: '' },
      ],
      ['aws_cloudwatch_log_group.retention_in_days', 0, 7],
    ]);
  });
});

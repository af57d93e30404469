// Seeds of functions, brokers and what code is built and delivered with.
import { CodeBuildClient, CreateProjectCommand } from '@aws-sdk/client-codebuild';
import { CodeDeployClient, CreateApplicationCommand } from '@aws-sdk/client-codedeploy';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
} from '@aws-sdk/client-lambda';
import * as mq from '@aws-sdk/client-mq';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Seed, SeedPlace } from './seed.ts';

const makeRole = async ({ configuration }: SeedPlace): Promise<string | undefined> => {
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  const command = new CreateRoleCommand({ RoleName: 'seeded', AssumeRolePolicyDocument });
  return (await new IAMClient(configuration).send(command)).Role?.Arn;
};

/** A zip archive without a file. */
const emptyZip = Uint8Array.from([0x50, 0x4b, 5, 6, ...Array<number>(18).fill(0)]);

const functions: Seed = {
  types: ['lambda.function', 'lambda.layer', 'lambda.event-source-mapping', 'lambda.alias'],
  create: async place => {
    const { configuration, region, account } = place;
    const client = new LambdaClient(configuration);
    const create = new CreateFunctionCommand({
      FunctionName: 'seeded',
      Role: await makeRole(place),
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Code: { ZipFile: emptyZip },
    });
    const { FunctionArn } = await client.send(create);
    const layer = new PublishLayerVersionCommand({ LayerName: 'seeded', Content: { ZipFile: emptyZip } });
    const { LayerArn } = await client.send(layer);
    const alias = new CreateAliasCommand({ FunctionName: 'seeded', Name: 'live', FunctionVersion: '$LATEST' });
    const { AliasArn } = await client.send(alias);
    await new SQSClient(configuration).send(new CreateQueueCommand({ QueueName: 'seeded' }));
    const EventSourceArn = `arn:aws:sqs:${region}:${account}:seeded`;
    const mapping = new CreateEventSourceMappingCommand({ FunctionName: 'seeded', EventSourceArn });
    return [FunctionArn, LayerArn, AliasArn, (await client.send(mapping)).EventSourceMappingArn];
  },
};

const brokers: Seed = {
  types: ['mq.broker', 'mq.configuration'],
  create: async ({ configuration }) => {
    const client = new mq.MqClient(configuration);
    const engine = { EngineType: 'ACTIVEMQ', EngineVersion: '5.18' } as const;
    const { Arn } = await client.send(new mq.CreateConfigurationCommand({ Name: 'seeded', ...engine }));
    const { BrokerArn } = await client.send(
      new mq.CreateBrokerCommand({
        BrokerName: 'seeded',
        ...engine,
        DeploymentMode: 'SINGLE_INSTANCE',
        HostInstanceType: 'mq.t3.micro',
        AutoMinorVersionUpgrade: true,
        PubliclyAccessible: false,
        Users: [{ Username: 'seeded', Password: 'not-a-secret-123' }],
      }),
    );
    return [Arn, BrokerArn];
  },
};

const project: Seed = {
  types: ['codebuild.project'],
  create: async ({ configuration, account }) => {
    const command = new CreateProjectCommand({
      name: 'seeded',
      source: { type: 'S3', location: 'seeded/source.zip' },
      artifacts: { type: 'NO_ARTIFACTS' },
      environment: {
        type: 'LINUX_CONTAINER',
        image: 'aws/codebuild/standard:7.0',
        computeType: 'BUILD_GENERAL1_SMALL',
      },
      serviceRole: `arn:aws:iam::${account}:role/service-role/seeded`,
    });
    return [(await new CodeBuildClient(configuration).send(command)).project?.arn];
  },
};

const application: Seed = {
  types: ['codedeploy.application'],
  create: async ({ configuration }) => {
    await new CodeDeployClient(configuration).send(new CreateApplicationCommand({ applicationName: 'seeded' }));
    return [];
  },
};

export const deliverySeeds: readonly Seed[] = [functions, brokers, project, application];

// Seeds of analytics and streams.
import { AthenaClient, CreateDataCatalogCommand, CreateWorkGroupCommand } from '@aws-sdk/client-athena';
import { EMRClient, RunJobFlowCommand } from '@aws-sdk/client-emr';
import { CreateApplicationCommand, EMRServerlessClient } from '@aws-sdk/client-emr-serverless';
import { CreateDeliveryStreamCommand, FirehoseClient } from '@aws-sdk/client-firehose';
import {
  CreateConnectionCommand,
  CreateCrawlerCommand,
  CreateDatabaseCommand,
  CreateDevEndpointCommand,
  CreateJobCommand,
  CreateMLTransformCommand,
  CreateRegistryCommand,
  CreateSecurityConfigurationCommand,
  CreateTableCommand,
  CreateTriggerCommand,
  CreateWorkflowCommand,
  GlueClient,
} from '@aws-sdk/client-glue';
import { CreateStreamCommand, RegisterStreamConsumerCommand } from '@aws-sdk/client-kinesis';
import {
  CreateApplicationCommand as CreateAnalyticsApplicationCommand,
  KinesisAnalyticsV2Client,
} from '@aws-sdk/client-kinesis-analytics-v2';
import { LakeFormationClient, RegisterResourceCommand } from '@aws-sdk/client-lakeformation';
import { CreateDomainCommand, OpenSearchClient } from '@aws-sdk/client-opensearch';
import { kinesisClient } from '../../../clients/aws/inventory/services/kinesis.ts';
import type { Seed } from './seed.ts';

const Name = 'seeded';

const glueSeeds: readonly Seed[] = [
  {
    types: ['glue.database', 'glue.table', 'glue.connection', 'glue.registry'],
    create: async ({ configuration, region, account }) => {
      const glue = new GlueClient(configuration);
      await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name } }));
      await glue.send(new CreateTableCommand({ DatabaseName: Name, TableInput: { Name: 'kept' } }));
      const ConnectionProperties = { JDBC_CONNECTION_URL: 'jdbc:mysql://seeded/kept' };
      const ConnectionInput = { Name, ConnectionType: 'JDBC' as const, ConnectionProperties };
      await glue.send(new CreateConnectionCommand({ ConnectionInput }));
      const { RegistryArn } = await glue.send(new CreateRegistryCommand({ RegistryName: Name }));
      const below = `arn:aws:glue:${region}:${account}`;
      return [`${below}:database/seeded`, `${below}:table/seeded/kept`, RegistryArn];
    },
  },
  {
    types: ['glue.crawler', 'glue.job', 'glue.trigger', 'glue.workflow', 'glue.security-configuration'],
    create: async ({ configuration, region, account }) => {
      const glue = new GlueClient(configuration);
      const Role = `arn:aws:iam::${account}:role/seeded`;
      await glue.send(new CreateCrawlerCommand({ Name, Role, Targets: {} }));
      await glue.send(new CreateJobCommand({ Name, Role, Command: { Name: 'glueetl' } }));
      await glue.send(new CreateTriggerCommand({ Name, Type: 'ON_DEMAND', Actions: [{ JobName: Name }] }));
      await glue.send(new CreateWorkflowCommand({ Name }));
      await glue.send(new CreateSecurityConfigurationCommand({ Name, EncryptionConfiguration: {} }));
      return ['crawler', 'job', 'trigger', 'workflow'].map(kind => `arn:aws:glue:${region}:${account}:${kind}/seeded`);
    },
  },
  {
    types: ['glue.dev-endpoint', 'glue.ml-transform'],
    create: async ({ configuration, region, account }) => {
      const glue = new GlueClient(configuration);
      const Role = `arn:aws:iam::${account}:role/seeded`;
      await glue.send(new CreateDevEndpointCommand({ EndpointName: Name, RoleArn: Role }));
      const { TransformId } = await glue.send(
        new CreateMLTransformCommand({
          Name,
          Role,
          InputRecordTables: [{ DatabaseName: Name, TableName: Name }],
          Parameters: { TransformType: 'FIND_MATCHES' },
        }),
      );
      const below = `arn:aws:glue:${region}:${account}`;
      return [`${below}:devEndpoint/seeded`, `${below}:mlTransform/${TransformId}`];
    },
  },
];

const streamSeeds: readonly Seed[] = [
  {
    types: ['kinesis.stream', 'kinesis.consumer'],
    create: async ({ configuration, region, account }) => {
      const kinesis = kinesisClient(configuration);
      const StreamARN = `arn:aws:kinesis:${region}:${account}:stream/seeded`;
      await kinesis.send(new CreateStreamCommand({ StreamName: Name, ShardCount: 1 }));
      const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: Name }));
      return [StreamARN, Consumer?.ConsumerARN];
    },
  },
  {
    types: ['kinesisanalytics.application'],
    create: async ({ configuration, region, account }) => {
      const made = new CreateAnalyticsApplicationCommand({
        ApplicationName: Name,
        RuntimeEnvironment: 'FLINK-1_20',
        ServiceExecutionRole: `arn:aws:iam::${account}:role/seeded`,
      });
      // moto answers with a time that the SDK does not read; the application is there.
      await new KinesisAnalyticsV2Client(configuration).send(made).catch(() => undefined);
      return [`arn:aws:kinesisanalytics:${region}:${account}:application/seeded`];
    },
  },
  {
    types: ['firehose.delivery-stream'],
    create: async ({ configuration, account }) => {
      const { DeliveryStreamARN } = await new FirehoseClient(configuration).send(
        new CreateDeliveryStreamCommand({
          DeliveryStreamName: Name,
          S3DestinationConfiguration: {
            RoleARN: `arn:aws:iam::${account}:role/seeded`,
            BucketARN: 'arn:aws:s3:::seeded',
          },
        }),
      );
      return [DeliveryStreamARN];
    },
  },
];

export const analyticsSeeds: readonly Seed[] = [
  ...glueSeeds,
  ...streamSeeds,
  {
    types: ['athena.workgroup', 'athena.data-catalog'],
    create: async ({ configuration, region, account }) => {
      const athena = new AthenaClient(configuration);
      await athena.send(new CreateWorkGroupCommand({ Name }));
      await athena.send(new CreateDataCatalogCommand({ Name, Type: 'GLUE' }));
      const below = `arn:aws:athena:${region}:${account}`;
      return [`${below}:workgroup/seeded`, `${below}:datacatalog/seeded`];
    },
  },
  {
    types: ['emr.cluster'],
    create: async ({ configuration }) => {
      const Instances = {
        MasterInstanceType: 'm5.xlarge',
        SlaveInstanceType: 'm5.xlarge',
        InstanceCount: 2,
        KeepJobFlowAliveWhenNoSteps: true,
      };
      const run = new RunJobFlowCommand({ Name, Instances, JobFlowRole: Name, ServiceRole: Name });
      await new EMRClient(configuration).send(run);
      // moto tells an ARN of us-east-1, wherever the cluster is.
      return [];
    },
  },
  {
    types: ['emr-serverless.application'],
    create: async ({ configuration }) => {
      const made = new CreateApplicationCommand({ name: Name, type: 'SPARK', releaseLabel: 'emr-7.0.0' });
      return [(await new EMRServerlessClient(configuration).send(made)).arn];
    },
  },
  {
    types: ['lakeformation.resource'],
    create: async ({ configuration }) => {
      const registered = { ResourceArn: 'arn:aws:s3:::seeded', UseServiceLinkedRole: true };
      await new LakeFormationClient(configuration).send(new RegisterResourceCommand(registered));
      return [];
    },
  },
  {
    types: ['opensearch.domain'],
    create: async ({ configuration }) => {
      const made = new CreateDomainCommand({ DomainName: Name });
      return [(await new OpenSearchClient(configuration).send(made)).DomainStatus?.ARN];
    },
  },
];

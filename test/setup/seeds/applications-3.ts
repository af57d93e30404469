// Seeds of devices, models, media and desktops.
import { CreateDirectoryCommand, DirectoryServiceClient } from '@aws-sdk/client-directory-service';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import * as iot from '@aws-sdk/client-iot';
import { CreateChannelCommand, CreateInputCommand, MediaLiveClient } from '@aws-sdk/client-medialive';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import * as workspaces from '@aws-sdk/client-workspaces';
import type { Seed } from './seed.ts';

const devices: Seed = {
  types: ['iot.thing', 'iot.thing-type', 'iot.thing-group', 'iot.billing-group'],
  create: async ({ configuration }) => {
    const client = new iot.IoTClient(configuration);
    const { thingTypeArn } = await client.send(new iot.CreateThingTypeCommand({ thingTypeName: 'sensor' }));
    const { thingArn } = await client.send(new iot.CreateThingCommand({ thingName: 'sensor:1' }));
    const { thingGroupArn } = await client.send(new iot.CreateThingGroupCommand({ thingGroupName: 'sensors' }));
    const billing = new iot.CreateBillingGroupCommand({ billingGroupName: 'seeded' });
    return [thingTypeArn, thingArn, thingGroupArn, (await client.send(billing)).billingGroupArn];
  },
};

const certificates: Seed = {
  types: ['iot.certificate', 'iot.policy', 'iot.role-alias', 'iot.domain-configuration', 'iot.topic-rule'],
  create: async ({ configuration, account }) => {
    const client = new iot.IoTClient(configuration);
    const { certificateArn } = await client.send(new iot.CreateKeysAndCertificateCommand({ setAsActive: true }));
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
    const { policyArn } = await client.send(new iot.CreatePolicyCommand({ policyName: 'seeded', policyDocument }));
    const roleArn = `arn:aws:iam::${account}:role/seeded`;
    const { roleAliasArn } = await client.send(new iot.CreateRoleAliasCommand({ roleAlias: 'seeded', roleArn }));
    const domain = new iot.CreateDomainConfigurationCommand({ domainConfigurationName: 'seeded' });
    const { domainConfigurationArn } = await client.send(domain);
    const topicRulePayload = { sql: "SELECT * FROM 'orders'", actions: [] };
    await client.send(new iot.CreateTopicRuleCommand({ ruleName: 'seeded', topicRulePayload }));
    return [certificateArn, policyArn, roleAliasArn, domainConfigurationArn];
  },
};

const jobTemplate: Seed = {
  types: ['iot.job-template'],
  create: async ({ configuration }) => {
    const command = new iot.CreateJobTemplateCommand({
      jobTemplateId: 'seeded',
      description: 'seeded',
      document: '{}',
    });
    return [(await new iot.IoTClient(configuration).send(command)).jobTemplateArn];
  },
};

const notebooks: Seed = {
  types: ['sagemaker.notebook-instance'],
  create: async ({ configuration, account }) => {
    const client = new sagemaker.SageMakerClient(configuration);
    const notebook = new sagemaker.CreateNotebookInstanceCommand({
      NotebookInstanceName: 'seeded',
      InstanceType: 'ml.t3.medium',
      RoleArn: `arn:aws:iam::${account}:role/seeded`,
    });
    return [(await client.send(notebook)).NotebookInstanceArn];
  },
};

const inference: Seed = {
  types: ['sagemaker.model', 'sagemaker.endpoint-config', 'sagemaker.endpoint'],
  create: async ({ configuration, account }) => {
    const client = new sagemaker.SageMakerClient(configuration);
    const { ModelArn } = await client.send(
      new sagemaker.CreateModelCommand({
        ModelName: 'seeded',
        ExecutionRoleArn: `arn:aws:iam::${account}:role/seeded`,
        PrimaryContainer: { Image: 'example.com/model:1' },
      }),
    );
    const variant = {
      VariantName: 'all',
      ModelName: 'seeded',
      InitialInstanceCount: 1,
      InstanceType: 'ml.m5.large',
    } as const;
    const config = new sagemaker.CreateEndpointConfigCommand({
      EndpointConfigName: 'seeded',
      ProductionVariants: [variant],
    });
    const { EndpointConfigArn } = await client.send(config);
    const endpoint = new sagemaker.CreateEndpointCommand({ EndpointName: 'seeded', EndpointConfigName: 'seeded' });
    return [ModelArn, EndpointConfigArn, (await client.send(endpoint)).EndpointArn];
  },
};

const studio: Seed = {
  types: ['sagemaker.domain', 'sagemaker.pipeline', 'sagemaker.experiment'],
  create: async ({ configuration, account }) => {
    const client = new sagemaker.SageMakerClient(configuration);
    const RoleArn = `arn:aws:iam::${account}:role/seeded`;
    const domain = new sagemaker.CreateDomainCommand({
      DomainName: 'seeded',
      AuthMode: 'IAM',
      DefaultUserSettings: { ExecutionRole: RoleArn },
      SubnetIds: ['subnet-1'],
      VpcId: 'vpc-1',
    });
    const { DomainArn } = await client.send(domain);
    const pipeline = new sagemaker.CreatePipelineCommand({
      PipelineName: 'seeded',
      PipelineDefinition: '{}',
      ClientRequestToken: 'seeded-seeded-seeded-seeded-seeded',
      RoleArn,
    });
    const { PipelineArn } = await client.send(pipeline);
    const experiment = new sagemaker.CreateExperimentCommand({ ExperimentName: 'seeded' });
    return [DomainArn, PipelineArn, (await client.send(experiment)).ExperimentArn];
  },
};

const registry: Seed = {
  types: ['sagemaker.model-package-group', 'sagemaker.model-card', 'sagemaker.cluster'],
  create: async ({ configuration, account }) => {
    const client = new sagemaker.SageMakerClient(configuration);
    const group = new sagemaker.CreateModelPackageGroupCommand({ ModelPackageGroupName: 'seeded' });
    const { ModelPackageGroupArn } = await client.send(group);
    const card = new sagemaker.CreateModelCardCommand({
      ModelCardName: 'seeded',
      Content: '{}',
      ModelCardStatus: 'Draft',
    });
    const { ModelCardArn } = await client.send(card);
    const cluster = new sagemaker.CreateClusterCommand({
      ClusterName: 'seeded',
      InstanceGroups: [
        {
          InstanceGroupName: 'workers',
          InstanceType: 'ml.m5.large',
          InstanceCount: 1,
          ThreadsPerCore: 1,
          ExecutionRole: `arn:aws:iam::${account}:role/seeded`,
          LifeCycleConfig: { SourceS3Uri: 's3://sagemaker-seeded', OnCreate: 'create.sh' },
        },
      ],
    });
    return [ModelPackageGroupArn, ModelCardArn, (await client.send(cluster)).ClusterArn];
  },
};

const streams: Seed = {
  types: ['medialive.channel', 'medialive.input'],
  create: async ({ configuration }) => {
    const client = new MediaLiveClient(configuration);
    await client.send(new CreateInputCommand({ Name: 'seeded', Type: 'RTP_PUSH' }));
    await client.send(new CreateChannelCommand({ Name: 'seeded', ChannelClass: 'SINGLE_PIPELINE' }));
    // The simulator's ARNs of them lack region and account.
    return [];
  },
};

const desktops: Seed = {
  types: ['workspaces.workspace', 'workspaces.directory', 'workspaces.image'],
  create: async ({ configuration }) => {
    const { Subnets = [] } = await new EC2Client(configuration).send(new DescribeSubnetsCommand({}));
    const SubnetIds = Subnets.slice(0, 2).flatMap(subnet => subnet.SubnetId ?? []);
    const { DirectoryId } = await new DirectoryServiceClient(configuration).send(
      new CreateDirectoryCommand({
        Name: 'seeded.example.com',
        Password: 'Not-a-secret-123',
        Size: 'Small',
        VpcSettings: { VpcId: Subnets[0]?.VpcId, SubnetIds },
      }),
    );
    const client = new workspaces.WorkSpacesClient(configuration);
    await client.send(new workspaces.RegisterWorkspaceDirectoryCommand({ DirectoryId, EnableSelfService: false }));
    const { PendingRequests } = await client.send(
      new workspaces.CreateWorkspacesCommand({
        Workspaces: [{ DirectoryId, UserName: 'seeded', BundleId: 'wsb-123456789' }],
      }),
    );
    const WorkspaceId = PendingRequests?.[0]?.WorkspaceId;
    const image = { Name: 'seeded', Description: 'seeded', WorkspaceId };
    await client.send(new workspaces.CreateWorkspaceImageCommand(image));
    return [];
  },
};

export const deviceSeeds: readonly Seed[] = [
  devices,
  certificates,
  jobTemplate,
  notebooks,
  inference,
  studio,
  registry,
  streams,
  desktops,
];

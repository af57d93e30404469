// Seeds of what runs programs: groups of instances, containers, batches, and platforms.
import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  CreateLaunchConfigurationCommand,
  DescribeAutoScalingGroupsCommand,
  PutLifecycleHookCommand,
  PutScalingPolicyCommand,
} from '@aws-sdk/client-auto-scaling';
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  CreateSchedulingPolicyCommand,
  RegisterJobDefinitionCommand,
} from '@aws-sdk/client-batch';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs';
import {
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  EKSClient,
  CreateClusterCommand as EksCreateClusterCommand,
} from '@aws-sdk/client-eks';
import {
  CreateApplicationCommand,
  CreateEnvironmentCommand,
  ElasticBeanstalkClient,
} from '@aws-sdk/client-elastic-beanstalk';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import type { Seed, SeedPlace } from './seed.ts';

const makeRole = async ({ configuration }: SeedPlace) => {
  const command = new CreateRoleCommand({ RoleName: 'seeded', AssumeRolePolicyDocument: '{}' });
  return (await new IAMClient(configuration).send(command)).Role?.Arn;
};

const groups: Seed = {
  types: ['group', 'launch-configuration', 'scaling-policy', 'lifecycle-hook'].map(kind => `autoscaling.${kind}`),
  create: async ({ configuration, region, account }) => {
    const scaling = new AutoScalingClient(configuration);
    const AutoScalingGroupName = 'seeded';
    const LaunchConfigurationName = 'seeded';
    await scaling.send(
      new CreateLaunchConfigurationCommand({
        LaunchConfigurationName,
        ImageId: 'ami-12c6146b',
        InstanceType: 't3.micro',
        UserData: 'c2VlZGVk',
      }),
    );
    const size = { MinSize: 0, MaxSize: 0, AvailabilityZones: [`${region}a`] };
    await scaling.send(new CreateAutoScalingGroupCommand({ AutoScalingGroupName, LaunchConfigurationName, ...size }));
    const policy = await scaling.send(
      new PutScalingPolicyCommand({
        AutoScalingGroupName,
        PolicyName: 'seeded',
        AdjustmentType: 'ChangeInCapacity',
        ScalingAdjustment: 1,
      }),
    );
    await scaling.send(
      new PutLifecycleHookCommand({
        AutoScalingGroupName,
        LifecycleHookName: 'seeded',
        LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
      }),
    );
    const listed = await scaling.send(new DescribeAutoScalingGroupsCommand({}));
    return [
      listed.AutoScalingGroups?.[0]?.AutoScalingGroupARN,
      policy.PolicyARN,
      `arn:aws:autoscaling:${region}:${account}:lifecycleHook:autoScalingGroupName/seeded:lifecycleHookName/seeded`,
    ];
  },
};

const ecs: Seed = {
  types: ['ecs.cluster', 'ecs.service', 'ecs.task-definition'],
  create: async ({ configuration }) => {
    const client = new ECSClient(configuration);
    const { cluster } = await client.send(new CreateClusterCommand({ clusterName: 'seeded' }));
    const container = { name: 'a', image: 'a', memory: 64 };
    const { taskDefinition } = await client.send(
      new RegisterTaskDefinitionCommand({ family: 'seeded', containerDefinitions: [container] }),
    );
    const { service } = await client.send(
      new CreateServiceCommand({
        cluster: 'seeded',
        serviceName: 'seeded',
        taskDefinition: taskDefinition?.taskDefinitionArn,
        desiredCount: 0,
      }),
    );
    return [cluster?.clusterArn, taskDefinition?.taskDefinitionArn, service?.serviceArn];
  },
};

const eks: Seed = {
  types: ['eks.cluster', 'eks.nodegroup', 'eks.fargate-profile'],
  create: async place => {
    const client = new EKSClient(place.configuration);
    const roleArn = await makeRole(place);
    const clusterName = 'seeded';
    const subnets = ['subnet-1', 'subnet-2'];
    const { cluster } = await client.send(
      new EksCreateClusterCommand({ name: clusterName, roleArn, resourcesVpcConfig: { subnetIds: subnets } }),
    );
    const { nodegroup } = await client.send(
      new CreateNodegroupCommand({ clusterName, nodegroupName: 'seeded', nodeRole: roleArn, subnets }),
    );
    const { fargateProfile } = await client.send(
      new CreateFargateProfileCommand({
        clusterName,
        fargateProfileName: 'seeded',
        podExecutionRoleArn: roleArn,
        selectors: [{ namespace: 'seeded' }],
      }),
    );
    return [cluster?.arn, nodegroup?.nodegroupArn, fargateProfile?.fargateProfileArn];
  },
};

const batch: Seed = {
  types: ['compute-environment', 'job-queue', 'job-definition', 'scheduling-policy'].map(kind => `batch.${kind}`),
  create: async place => {
    const client = new BatchClient(place.configuration);
    const { computeEnvironmentArn } = await client.send(
      new CreateComputeEnvironmentCommand({
        computeEnvironmentName: 'seeded',
        type: 'UNMANAGED',
        serviceRole: await makeRole(place),
      }),
    );
    const { jobQueueArn } = await client.send(
      new CreateJobQueueCommand({
        jobQueueName: 'seeded',
        state: 'ENABLED',
        priority: 1,
        computeEnvironmentOrder: [{ order: 1, computeEnvironment: computeEnvironmentArn }],
      }),
    );
    const { jobDefinitionArn } = await client.send(
      new RegisterJobDefinitionCommand({
        jobDefinitionName: 'seeded',
        type: 'container',
        containerProperties: {
          image: 'a',
          vcpus: 1,
          memory: 64,
          environment: [{ name: 'A', value: 'b' }],
        },
      }),
    );
    const { arn } = await client.send(new CreateSchedulingPolicyCommand({ name: 'seeded' }));
    return [computeEnvironmentArn, jobQueueArn, jobDefinitionArn, arn];
  },
};

const repositories: Seed = {
  types: ['ecr.repository'],
  create: async ({ configuration }) => {
    const command = new CreateRepositoryCommand({ repositoryName: 'team/seeded' });
    return [(await new ECRClient(configuration).send(command)).repository?.repositoryArn];
  },
};

const beanstalk: Seed = {
  types: ['elasticbeanstalk.application', 'elasticbeanstalk.environment'],
  create: async ({ configuration }) => {
    const client = new ElasticBeanstalkClient(configuration);
    const ApplicationName = 'seeded';
    const { Application } = await client.send(new CreateApplicationCommand({ ApplicationName }));
    const { EnvironmentArn } = await client.send(
      new CreateEnvironmentCommand({ ApplicationName, EnvironmentName: 'seeded-1', SolutionStackName: 'seeded' }),
    );
    return [Application?.ApplicationArn, EnvironmentArn];
  },
};

export const containerSeeds: readonly Seed[] = [groups, ecs, eks, batch, repositories, beanstalk];

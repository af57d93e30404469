// Seeds of what applications are put together from: APIs, events, messages, functions.
import {
  APIGatewayClient,
  CreateApiKeyCommand,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateDomainNameCommand,
  CreateModelCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  CreateUsagePlanCommand,
  CreateVpcLinkCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import * as v2 from '@aws-sdk/client-apigatewayv2';
import * as appsync from '@aws-sdk/client-appsync';
import * as events from '@aws-sdk/client-eventbridge';
import { CreatePipeCommand, PipesClient } from '@aws-sdk/client-pipes';
import { CreateScheduleCommand, CreateScheduleGroupCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import * as ses from '@aws-sdk/client-sesv2';
import * as sfn from '@aws-sdk/client-sfn';
import { CreatePlatformApplicationCommand, CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { deliverySeeds } from './applications-2.ts';
import { deviceSeeds } from './applications-3.ts';
import type { Seed } from './seed.ts';

const restApi: Seed = {
  types: [
    'apigateway.rest-api',
    'apigateway.resource',
    'apigateway.model',
    'apigateway.authorizer',
    'apigateway.deployment',
    'apigateway.stage',
  ],
  create: async ({ configuration, region, account }) => {
    const client = new APIGatewayClient(configuration);
    const { id: restApiId, rootResourceId: parentId } = await client.send(
      new CreateRestApiCommand({ name: 'seeded', tags: { owner: 'seed' } }),
    );
    const { id: resourceId } = await client.send(
      new CreateResourceCommand({ restApiId, parentId, pathPart: 'orders' }),
    );
    const method = { restApiId, resourceId, httpMethod: 'GET' };
    await client.send(new PutMethodCommand({ ...method, authorizationType: 'NONE' }));
    await client.send(new PutIntegrationCommand({ ...method, type: 'MOCK' }));
    await client.send(new CreateModelCommand({ restApiId, name: 'Order', contentType: 'application/json' }));
    const providerARNs = [`arn:aws:cognito-idp:${region}:${account}:userpool/${region}_seeded`];
    await client.send(
      new CreateAuthorizerCommand({ restApiId, name: 'users', type: 'COGNITO_USER_POOLS', providerARNs }),
    );
    const { id: deploymentId } = await client.send(new CreateDeploymentCommand({ restApiId }));
    await client.send(new CreateStageCommand({ restApiId, deploymentId, stageName: 'live' }));
    return [`arn:aws:apigateway:${region}::/restapis/${restApiId}/stages/live`];
  },
};

const aroundRestApis: Seed = {
  types: ['apigateway.api-key', 'apigateway.usage-plan', 'apigateway.domain-name', 'apigateway.vpc-link'],
  create: async ({ configuration, region, account }) => {
    const client = new APIGatewayClient(configuration);
    await client.send(new CreateApiKeyCommand({ name: 'seeded', enabled: true }));
    await client.send(new CreateUsagePlanCommand({ name: 'seeded' }));
    await client.send(new CreateDomainNameCommand({ domainName: 'api.example.com' }));
    const targetArns = [`arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/net/seeded/1234567890abcdef`];
    await client.send(new CreateVpcLinkCommand({ name: 'seeded', targetArns }));
    return [];
  },
};

const httpApi: Seed = {
  types: ['apigatewayv2.api', 'apigatewayv2.stage', 'apigatewayv2.route', 'apigatewayv2.integration'],
  create: async ({ configuration }) => {
    const client = new v2.ApiGatewayV2Client(configuration);
    const { ApiId } = await client.send(new v2.CreateApiCommand({ Name: 'seeded', ProtocolType: 'HTTP' }));
    await client.send(new v2.CreateStageCommand({ ApiId, StageName: 'live' }));
    await client.send(new v2.CreateRouteCommand({ ApiId, RouteKey: 'GET /orders' }));
    const integration = { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://example.com' } as const;
    await client.send(new v2.CreateIntegrationCommand({ ApiId, IntegrationMethod: 'GET', ...integration }));
    return [];
  },
};

const vpcLink: Seed = {
  types: ['apigatewayv2.vpc-link'],
  create: async ({ configuration }) => {
    const client = new v2.ApiGatewayV2Client(configuration);
    await client.send(new v2.CreateVpcLinkCommand({ Name: 'seeded', SubnetIds: ['subnet-1'] }));
    return [];
  },
};

const apis: Seed = {
  types: ['appsync.graphql-api', 'appsync.api', 'appsync.channel-namespace'],
  create: async ({ configuration }) => {
    const client = new appsync.AppSyncClient(configuration);
    const graphql = new appsync.CreateGraphqlApiCommand({ name: 'seeded', authenticationType: 'API_KEY' });
    const { graphqlApi } = await client.send(graphql);
    const modes = [{ authType: 'AWS_IAM' as const }];
    const eventConfig = {
      authProviders: modes,
      connectionAuthModes: modes,
      defaultPublishAuthModes: modes,
      defaultSubscribeAuthModes: modes,
    };
    const { api } = await client.send(new appsync.CreateApiCommand({ name: 'seeded', eventConfig }));
    const { channelNamespace } = await client.send(
      new appsync.CreateChannelNamespaceCommand({ apiId: api?.apiId, name: 'orders' }),
    );
    return [graphqlApi?.arn, api?.apiArn, channelNamespace?.channelNamespaceArn];
  },
};

const eventBridge: Seed = {
  types: ['events.event-bus', 'events.rule', 'events.archive', 'events.connection', 'events.api-destination'],
  create: async ({ configuration }) => {
    const client = new events.EventBridgeClient(configuration);
    const { EventBusArn } = await client.send(new events.CreateEventBusCommand({ Name: 'seeded' }));
    const EventPattern = JSON.stringify({ source: ['orders'] });
    const rule = new events.PutRuleCommand({ Name: 'seeded', EventBusName: 'seeded', EventPattern });
    const { RuleArn } = await client.send(rule);
    const onDefaultBus = new events.PutRuleCommand({ Name: 'hourly', ScheduleExpression: 'rate(1 hour)' });
    const hourly = await client.send(onDefaultBus);
    const archive = new events.CreateArchiveCommand({ ArchiveName: 'seeded', EventSourceArn: EventBusArn });
    const { ArchiveArn } = await client.send(archive);
    const { ConnectionArn } = await client.send(
      new events.CreateConnectionCommand({
        Name: 'seeded',
        AuthorizationType: 'API_KEY',
        AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: 'key', ApiKeyValue: 'seeded' } },
      }),
    );
    const { ApiDestinationArn } = await client.send(
      new events.CreateApiDestinationCommand({
        Name: 'seeded',
        ConnectionArn,
        InvocationEndpoint: 'https://example.com',
        HttpMethod: 'POST',
      }),
    );
    return [EventBusArn, RuleArn, hourly.RuleArn, ArchiveArn, ConnectionArn, ApiDestinationArn];
  },
};

const schedules: Seed = {
  types: ['scheduler.schedule', 'scheduler.schedule-group'],
  create: async ({ configuration, region, account }) => {
    const client = new SchedulerClient(configuration);
    const { ScheduleGroupArn } = await client.send(new CreateScheduleGroupCommand({ Name: 'seeded' }));
    const Target = {
      Arn: `arn:aws:sqs:${region}:${account}:seeded`,
      RoleArn: `arn:aws:iam::${account}:role/seeded`,
    };
    const { ScheduleArn } = await client.send(
      new CreateScheduleCommand({
        Name: 'seeded',
        GroupName: 'seeded',
        ScheduleExpression: 'rate(1 hour)',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target,
      }),
    );
    return [ScheduleGroupArn, ScheduleArn];
  },
};

const pipe: Seed = {
  types: ['pipes.pipe'],
  create: async ({ configuration, region, account }) => {
    const queue = `arn:aws:sqs:${region}:${account}:`;
    const command = new CreatePipeCommand({
      Name: 'seeded',
      RoleArn: `arn:aws:iam::${account}:role/seeded`,
      Source: `${queue}from`,
      Target: `${queue}to`,
    });
    return [(await new PipesClient(configuration).send(command)).Arn];
  },
};

const stepFunctions: Seed = {
  types: ['states.state-machine', 'states.activity', 'states.state-machine-alias'],
  create: async ({ configuration, account }) => {
    const client = new sfn.SFNClient(configuration);
    const { activityArn } = await client.send(new sfn.CreateActivityCommand({ name: 'seeded' }));
    const { stateMachineArn, stateMachineVersionArn } = await client.send(
      new sfn.CreateStateMachineCommand({
        name: 'seeded',
        roleArn: `arn:aws:iam::${account}:role/seeded`,
        definition: JSON.stringify({ StartAt: 'End', States: { End: { Type: 'Succeed' } } }),
        publish: true,
      }),
    );
    const routingConfiguration = [
      { stateMachineVersionArn: stateMachineVersionArn ?? `${stateMachineArn}:1`, weight: 100 },
    ];
    const alias = new sfn.CreateStateMachineAliasCommand({ name: 'live', routingConfiguration });
    const { stateMachineAliasArn } = await client.send(alias);
    return [activityArn, stateMachineArn, stateMachineAliasArn];
  },
};

const subscription: Seed = {
  types: ['sns.subscription', 'sns.platform-application'],
  create: async ({ configuration, region, account }) => {
    const client = new SNSClient(configuration);
    const { TopicArn } = await client.send(new CreateTopicCommand({ Name: 'subscribed' }));
    const Endpoint = `arn:aws:sqs:${region}:${account}:seeded`;
    const subscribe = new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint });
    const { SubscriptionArn } = await client.send(subscribe);
    const application = new CreatePlatformApplicationCommand({ Name: 'seeded', Platform: 'GCM', Attributes: {} });
    return [SubscriptionArn, (await client.send(application)).PlatformApplicationArn];
  },
};

const mail: Seed = {
  types: ['ses.email-identity', 'ses.configuration-set', 'ses.dedicated-ip-pool'],
  create: async ({ configuration }) => {
    const client = new ses.SESv2Client(configuration);
    await client.send(new ses.CreateEmailIdentityCommand({ EmailIdentity: 'example.com' }));
    await client.send(new ses.CreateConfigurationSetCommand({ ConfigurationSetName: 'seeded' }));
    await client.send(new ses.CreateDedicatedIpPoolCommand({ PoolName: 'seeded' }));
    return [];
  },
};

export const applicationsSeeds: readonly Seed[] = [
  restApi,
  aroundRestApis,
  httpApi,
  vpcLink,
  apis,
  eventBridge,
  schedules,
  pipe,
  stepFunctions,
  subscription,
  mail,
  ...deliverySeeds,
  ...deviceSeeds,
];

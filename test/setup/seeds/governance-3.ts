// Seeds of logs, alarms, and what is made of templates.
import { CloudFormationClient, CreateStackSetCommand } from '@aws-sdk/client-cloudformation';
import {
  CloudWatchClient,
  PutDashboardCommand,
  PutInsightRuleCommand,
  PutMetricAlarmCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateDeliveryCommand,
  CreateLogGroupCommand,
  PutDeliveryDestinationCommand,
  PutDeliverySourceCommand,
  PutDestinationCommand,
  PutMetricFilterCommand,
  PutResourcePolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateGroupCommand, ResourceGroupsClient } from '@aws-sdk/client-resource-groups';
import { CreatePortfolioCommand, ServiceCatalogClient } from '@aws-sdk/client-service-catalog';
import type { Seed } from './seed.ts';

const alarms: Seed = {
  types: ['cloudwatch.metric-alarm', 'cloudwatch.insight-rule'],
  create: async ({ configuration, account, region }) => {
    const client = new CloudWatchClient(configuration);
    const metric = { Namespace: 'seeded', MetricName: 'seeded', Statistic: 'Sum', Period: 60 } as const;
    const limit = { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' } as const;
    await client.send(new PutMetricAlarmCommand({ AlarmName: 'seeded/metric', ...metric, ...limit }));
    await client.send(new PutInsightRuleCommand({ RuleName: 'seeded', RuleDefinition: '{}', RuleState: 'ENABLED' }));
    const prefix = `arn:aws:cloudwatch:${region}:${account}`;
    return [`${prefix}:alarm:seeded/metric`, `${prefix}:insight-rule/seeded`];
  },
};

const dashboard: Seed = {
  types: ['cloudwatch-dashboards.dashboard'],
  global: true,
  create: async ({ configuration, account }) => {
    const command = new PutDashboardCommand({ DashboardName: 'seeded', DashboardBody: '{"widgets":[]}' });
    await new CloudWatchClient(configuration).send(command);
    return [`arn:aws:cloudwatch::${account}:dashboard/seeded`];
  },
};

const logs: Seed = {
  types: ['logs.log-group', 'logs.metric-filter', 'logs.destination', 'logs.resource-policy'],
  create: async ({ configuration, account, region }) => {
    const client = new CloudWatchLogsClient(configuration);
    const logGroupName = '/team/seeded';
    await client.send(new CreateLogGroupCommand({ logGroupName }));
    const metric = { metricName: 'seeded', metricNamespace: 'seeded', metricValue: '1' };
    const filter = { logGroupName, filterName: 'seeded', filterPattern: '', metricTransformations: [metric] };
    await client.send(new PutMetricFilterCommand(filter));
    const destination = new PutDestinationCommand({
      destinationName: 'seeded',
      targetArn: `arn:aws:kinesis:${region}:${account}:stream/seeded`,
      roleArn: `arn:aws:iam::${account}:role/seeded`,
    });
    const { destination: made } = await client.send(destination);
    await client.send(new PutResourcePolicyCommand({ policyName: 'seeded', policyDocument: '{"Statement":[]}' }));
    const prefix = `arn:aws:logs:${region}:${account}`;
    return [`${prefix}:log-group:/team/seeded`, `${prefix}:metric-filter:/team/seeded|seeded`, made?.arn];
  },
};

const deliveries: Seed = {
  types: ['logs.delivery', 'logs.delivery-source', 'logs.delivery-destination'],
  create: async ({ configuration, account }) => {
    const client = new CloudWatchLogsClient(configuration);
    const source = new PutDeliverySourceCommand({
      name: 'seeded',
      resourceArn: `arn:aws:cloudfront::${account}:distribution/SEEDED`,
      logType: 'ACCESS_LOGS',
    });
    const { deliverySource } = await client.send(source);
    const destination = new PutDeliveryDestinationCommand({
      name: 'seeded',
      deliveryDestinationConfiguration: { destinationResourceArn: 'arn:aws:s3:::seeded' },
    });
    const { deliveryDestination } = await client.send(destination);
    const deliveryDestinationArn = deliveryDestination?.arn;
    const command = new CreateDeliveryCommand({ deliverySourceName: 'seeded', deliveryDestinationArn });
    const { delivery } = await client.send(command);
    return [deliverySource?.arn, deliveryDestinationArn, delivery?.arn];
  },
};

const stackSet: Seed = {
  types: ['cloudformation.stack-set'],
  create: async ({ configuration, account, region }) => {
    const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
    const command = new CreateStackSetCommand({ StackSetName: 'seeded', TemplateBody });
    const { StackSetId } = await new CloudFormationClient(configuration).send(command);
    return [`arn:aws:cloudformation:${region}:${account}:stackset/${StackSetId}`];
  },
};

const groups: Seed = {
  types: ['resource-groups.group', 'servicecatalog.portfolio'],
  create: async ({ configuration }) => {
    const TagFilters = [{ Key: 'owner', Values: ['seed'] }];
    const Query = JSON.stringify({ ResourceTypeFilters: ['AWS::AllSupported'], TagFilters });
    const group = new CreateGroupCommand({ Name: 'seeded', ResourceQuery: { Type: 'TAG_FILTERS_1_0', Query } });
    const { Group } = await new ResourceGroupsClient(configuration).send(group);
    const portfolio = new CreatePortfolioCommand({
      DisplayName: 'seeded',
      ProviderName: 'seeded',
      IdempotencyToken: 's',
    });
    const { PortfolioDetail } = await new ServiceCatalogClient(configuration).send(portfolio);
    return [Group?.GroupArn, PortfolioDetail?.ARN];
  },
};

export const governanceSeeds3: readonly Seed[] = [alarms, dashboard, logs, deliveries, stackSet, groups];

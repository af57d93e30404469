// Seeds of what watches and guards: checks, firewalls, budgets, and Systems Manager.
import { BudgetsClient, CreateBudgetCommand } from '@aws-sdk/client-budgets';
import { CloudTrailClient, CreateTrailCommand } from '@aws-sdk/client-cloudtrail';
import {
  ConfigServiceClient,
  PutConfigRuleCommand,
  PutConfigurationAggregatorCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
} from '@aws-sdk/client-config-service';
import { CreateDetectorCommand, GuardDutyClient } from '@aws-sdk/client-guardduty';
import { CreateFilterCommand, Inspector2Client } from '@aws-sdk/client-inspector2';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { EnableSecurityHubCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { CreateProtectionCommand, CreateSubscriptionCommand, ShieldClient } from '@aws-sdk/client-shield';
import {
  CreateDocumentCommand,
  CreateMaintenanceWindowCommand,
  CreatePatchBaselineCommand,
  PutParameterCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import {
  CreateIPSetCommand,
  CreateRegexPatternSetCommand,
  CreateRuleGroupCommand,
  CreateWebACLCommand,
  type Scope,
  WAFV2Client,
} from '@aws-sdk/client-wafv2';
import type { Seed, SeedPlace } from './seed.ts';

const roleArn = (account: string): string => `arn:aws:iam::${account}:role/seeded`;

/** A bucket's name is taken for all accounts. */
const createBucket = async ({ configuration, account, region }: SeedPlace, name: string): Promise<string> => {
  const Bucket = `${name}-${account}-${region}`;
  const where = { CreateBucketConfiguration: { LocationConstraint: region as 'eu-west-1' } };
  const s3 = new S3Client({ ...configuration, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket, ...(region === 'us-east-1' ? {} : where) }));
  return Bucket;
};

const systemsManager: Seed = {
  types: ['ssm.parameter', 'ssm.document', 'ssm.maintenance-window', 'ssm.patch-baseline'],
  create: async ({ configuration, account, region }) => {
    const ssm = new SSMClient(configuration);
    for (const Name of ['seeded', '/team/seeded']) {
      await ssm.send(new PutParameterCommand({ Name, Value: 'never-listed', Type: 'SecureString' }));
    }
    const Content = JSON.stringify({ schemaVersion: '2.2', description: 'seeded', mainSteps: [] });
    await ssm.send(new CreateDocumentCommand({ Name: 'seeded', Content, DocumentType: 'Command' }));
    const window = { Name: 'seeded', Schedule: 'rate(1 day)', Duration: 2, Cutoff: 1, AllowUnassociatedTargets: true };
    const { WindowId } = await ssm.send(new CreateMaintenanceWindowCommand(window));
    const { BaselineId } = await ssm.send(new CreatePatchBaselineCommand({ Name: 'seeded' }));
    const prefix = `arn:aws:ssm:${region}:${account}`;
    return [
      `${prefix}:parameter/seeded`,
      `${prefix}:parameter/team/seeded`,
      `${prefix}:document/seeded`,
      `${prefix}:maintenancewindow/${WindowId}`,
      `${prefix}:patchbaseline/${BaselineId}`,
    ];
  },
};

const trail: Seed = {
  types: ['cloudtrail.trail'],
  create: async place => {
    const S3BucketName = await createBucket(place, 'trail');
    const command = new CreateTrailCommand({ Name: 'seeded', S3BucketName, IsMultiRegionTrail: true });
    return [(await new CloudTrailClient(place.configuration).send(command)).TrailARN];
  },
};

const config: Seed = {
  types: ['config.rule', 'config.delivery-channel', 'config.aggregator'],
  create: async place => {
    const client = new ConfigServiceClient(place.configuration);
    const recorder = { name: 'seeded', roleARN: roleArn(place.account) };
    await client.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: recorder }));
    const s3BucketName = await createBucket(place, 'config');
    await client.send(new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'seeded', s3BucketName } }));
    const Source = { Owner: 'AWS', SourceIdentifier: 'S3_BUCKET_VERSIONING_ENABLED' } as const;
    await client.send(new PutConfigRuleCommand({ ConfigRule: { ConfigRuleName: 'seeded', Source } }));
    const aggregator = new PutConfigurationAggregatorCommand({
      ConfigurationAggregatorName: 'seeded',
      AccountAggregationSources: [{ AccountIds: [place.account], AllAwsRegions: true }],
    });
    return [(await client.send(aggregator)).ConfigurationAggregator?.ConfigurationAggregatorArn];
  },
};

const detectors: Seed = {
  types: ['guardduty.detector', 'securityhub.hub', 'inspector2.filter'],
  create: async ({ configuration, account, region }) => {
    const { DetectorId } = await new GuardDutyClient(configuration).send(new CreateDetectorCommand({ Enable: true }));
    await new SecurityHubClient(configuration).send(new EnableSecurityHubCommand({}));
    const filter = new CreateFilterCommand({ name: 'seeded', action: 'NONE', filterCriteria: {} });
    const { arn } = await new Inspector2Client(configuration).send(filter);
    const place = `${region}:${account}`;
    return [`arn:aws:guardduty:${place}:detector/${DetectorId}`, `arn:aws:securityhub:${place}:hub/default`, arn];
  },
};

const VisibilityConfig = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'seeded' };

const createWebAcl = async (
  configuration: SeedPlace['configuration'],
  Scope: Scope,
): Promise<(string | undefined)[]> => {
  const waf = new WAFV2Client(configuration);
  const named = { Name: 'seeded', Scope };
  const acl = new CreateWebACLCommand({ ...named, DefaultAction: { Allow: {} }, VisibilityConfig });
  const group = new CreateRuleGroupCommand({ ...named, Capacity: 1, VisibilityConfig });
  const addresses = new CreateIPSetCommand({ ...named, IPAddressVersion: 'IPV4', Addresses: ['192.0.2.0/24'] });
  const patterns = new CreateRegexPatternSetCommand({ ...named, RegularExpressionList: [{ RegexString: 'seeded' }] });
  return [
    (await waf.send(acl)).Summary?.ARN,
    (await waf.send(group)).Summary?.ARN,
    (await waf.send(addresses)).Summary?.ARN,
    (await waf.send(patterns)).Summary?.ARN,
  ];
};

const firewallTypes = ['wafv2.web-acl', 'wafv2.rule-group', 'wafv2.ip-set', 'wafv2.regex-pattern-set'];

const firewalls: Seed = {
  types: firewallTypes,
  create: ({ configuration }) => createWebAcl(configuration, 'REGIONAL'),
};

const firewallsOfCloudFront: Seed = {
  types: firewallTypes,
  global: true,
  create: ({ configuration }) => createWebAcl(configuration, 'CLOUDFRONT'),
};

const protection: Seed = {
  types: ['shield.protection'],
  global: true,
  create: async ({ configuration, account }) => {
    const shield = new ShieldClient(configuration);
    await shield.send(new CreateSubscriptionCommand({}));
    const ResourceArn = `arn:aws:cloudfront::${account}:distribution/SEEDED`;
    const { ProtectionId } = await shield.send(new CreateProtectionCommand({ Name: 'seeded', ResourceArn }));
    return [`arn:aws:shield::${account}:protection/${ProtectionId}`];
  },
};

const budget: Seed = {
  types: ['budgets.budget'],
  global: true,
  create: async ({ configuration, account }) => {
    const Budget = {
      BudgetName: 'seeded',
      BudgetType: 'COST',
      TimeUnit: 'MONTHLY',
      BudgetLimit: { Amount: '1', Unit: 'USD' },
    } as const;
    await new BudgetsClient(configuration).send(new CreateBudgetCommand({ AccountId: account, Budget }));
    return [`arn:aws:budgets::${account}:budget/seeded`];
  },
};

export const governanceSeeds2: readonly Seed[] = [
  systemsManager,
  trail,
  config,
  detectors,
  firewalls,
  firewallsOfCloudFront,
  protection,
  budget,
];

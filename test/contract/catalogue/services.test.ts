// The catalogue's rows against each other, and against what aws-recon calls the same things.
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseArn } from '../../../contract/catalogue/arn.ts';
import { typeOfArn } from '../../../contract/catalogue/arn-types.ts';
import { catalogue } from '../../../contract/catalogue/catalogue.ts';
import { nativeServices as services } from '../../../contract/catalogue/native-services.ts';
import {
  catalogueService,
  type ResourceType,
  resourceType,
  resourceTypes,
} from '../../../contract/catalogue/services.ts';

const types: readonly ResourceType[] = resourceTypes;

/** Names of aws-recon 0.5.33 (services.yaml and the `type` of each collector) for what both list. */
const reconNames: readonly (readonly [string, string, string])[] = [
  ['s3.bucket', 'S3', 'bucket'],
  ['ec2.instance', 'EC2', 'instance'],
  ['ec2.vpc', 'EC2', 'vpc'],
  ['ec2.subnet', 'EC2', 'subnet'],
  ['ec2.security-group', 'EC2', 'security_group'],
  ['ec2.network-acl', 'EC2', 'network_acl'],
  ['ec2.route-table', 'EC2', 'route_table'],
  ['ec2.internet-gateway', 'EC2', 'internet_gateway'],
  ['ec2.nat-gateway', 'EC2', 'nat_gateway'],
  ['ec2.network-interface', 'EC2', 'network_interface'],
  ['ec2.volume', 'EC2', 'volume'],
  ['ec2.address', 'EC2', 'eip_address'],
  ['ec2.vpc-endpoint', 'EC2', 'vpc_endpoint'],
  ['ec2.snapshot', 'EC2', 'snapshot'],
  ['ec2.image', 'EC2', 'image'],
  ['iam.user', 'IAM', 'user'],
  ['iam.group', 'IAM', 'group'],
  ['iam.role', 'IAM', 'role'],
  ['iam.policy', 'IAM', 'policy'],
  ['iam.instance-profile', 'IAM', 'instance_profile'],
  ['lambda.function', 'Lambda', 'function'],
  ['dynamodb.table', 'DynamoDB', 'table'],
  ['sqs.queue', 'SQS', 'queue'],
  ['sns.topic', 'SNS', 'topic'],
  ['kms.key', 'KMS', 'key'],
  ['rds.instance', 'RDS', 'db_instance'],
  ['rds.cluster', 'RDS', 'db_cluster'],
  ['ecs.cluster', 'ECS', 'cluster'],
  ['cloudformation.stack', 'CloudFormation', 'stack'],
  ['logs.log-group', 'CloudWatchLogs', 'log_group'],
  ['ec2.flow-log', 'EC2', 'flow_log'],
  ['ec2.vpc-peering-connection', 'EC2', 'peering_connection'],
  ['ec2.prefix-list', 'EC2', 'prefix_list'],
  ['ec2.vpn-gateway', 'EC2', 'vpn_gateway'],
  ['iam.server-certificate', 'IAM', 'server_certificate'],
  ['iam.virtual-mfa-device', 'IAM', 'virtual_mfa_device'],
  ['lambda.layer', 'Lambda', 'layer'],
  ['rds.snapshot', 'RDS', 'db_snapshot'],
  ['rds.cluster-snapshot', 'RDS', 'db_cluster_snapshot'],
  ['accessanalyzer.analyzer', 'AccessAnalyzer', 'analyzer'],
  ['acm.certificate', 'ACM', 'certificate'],
  ['apigateway.rest-api', 'APIGateway', 'api'],
  ['apigateway.domain-name', 'APIGateway', 'domain'],
  ['apigatewayv2.api', 'ApiGatewayV2', 'api'],
  ['athena.workgroup', 'Athena', 'workgroup'],
  ['autoscaling.group', 'AutoScaling', 'auto_scaling_group'],
  ['cloudfront.distribution', 'CloudFront', 'distribution'],
  ['cloudtrail.trail', 'CloudTrail', 'cloud_trail'],
  ['cloudwatch.metric-alarm', 'CloudWatch', 'metric_alarm'],
  ['cloudwatch.composite-alarm', 'CloudWatch', 'composite_alarm'],
  ['codebuild.project', 'CodeBuild', 'project'],
  ['codepipeline.pipeline', 'CodePipeline', 'pipeline'],
  ['config.rule', 'ConfigService', 'rule'],
  ['config.configuration-recorder', 'ConfigService', 'configuration_recorder'],
  ['config.delivery-channel', 'ConfigService', 'delivery_channel'],
  ['directconnect.connection', 'DirectConnect', 'connection'],
  ['dms.replication-instance', 'DatabaseMigrationService', 'replication_instance'],
  ['ds.microsoft-ad', 'DirectoryService', 'directory'],
  ['ecr.repository', 'ECR', 'repository'],
  ['efs.file-system', 'EFS', 'filesystem'],
  ['eks.cluster', 'EKS', 'cluster'],
  ['elasticache.cache-cluster', 'ElastiCache', 'cluster'],
  ['elb.load-balancer', 'ElasticLoadBalancing', 'load_balancer'],
  ['elbv2.load-balancer', 'ElasticLoadBalancingV2', 'load_balancer'],
  ['emr.cluster', 'EMR', 'cluster'],
  ['emr.security-configuration', 'EMR', 'security_configuration'],
  ['firehose.delivery-stream', 'Firehose', 'stream'],
  ['glue.connection', 'Glue', 'connection'],
  ['glue.crawler', 'Glue', 'crawler'],
  ['glue.database', 'Glue', 'database'],
  ['glue.dev-endpoint', 'Glue', 'dev_endpoint'],
  ['glue.job', 'Glue', 'job'],
  ['glue.security-configuration', 'Glue', 'security_configuration'],
  ['guardduty.detector', 'GuardDuty', 'detector'],
  ['kafka.cluster', 'Kafka', 'cluster'],
  ['kinesis.stream', 'Kinesis', 'stream'],
  ['lightsail.instance', 'Lightsail', 'instance'],
  ['lightsail.load-balancer', 'Lightsail', 'load_balancer'],
  ['opensearch.domain', 'ElasticsearchService', 'domain'],
  ['organizations.organization', 'Organizations', 'organization'],
  ['redshift.cluster', 'Redshift', 'cluster'],
  ['redshift.subnet-group', 'Redshift', 'subnet_group'],
  ['route53.zone', 'Route53', 'zone'],
  ['route53domains.domain', 'Route53Domains', 'domain'],
  ['sagemaker.endpoint', 'SageMaker', 'endpoint'],
  ['sagemaker.notebook-instance', 'SageMaker', 'notebook_instance'],
  ['secretsmanager.secret', 'SecretsManager', 'secret'],
  ['securityhub.hub', 'SecurityHub', 'hub'],
  ['ses.email-identity', 'SES', 'identity'],
  ['shield.protection', 'Shield', 'protection'],
  ['ssm.parameter', 'SSM', 'parameter'],
  ['transfer.server', 'Transfer', 'server'],
  ['wafv2.web-acl', 'WAFV2', 'web_acl'],
  ['workspaces.workspace', 'WorkSpaces', 'workspace'],
];

/** Types whose ARNs tell nothing of their kind, and what such an ARN is taken for. */
const foundAs: Readonly<Record<string, string>> = {
  'apigatewayv2.vpc-link': 'apigateway.vpc-link',
  'appsync.api': 'appsync.graphql-api',
  'directconnect.public-virtual-interface': 'directconnect.private-virtual-interface',
  'directconnect.transit-virtual-interface': 'directconnect.private-virtual-interface',
  'ds.ad-connector': 'ds.microsoft-ad',
  'ds.simple-ad': 'ds.microsoft-ad',
  'servicediscovery.private-dns-namespace': 'servicediscovery.http-namespace',
  'servicediscovery.public-dns-namespace': 'servicediscovery.http-namespace',
};

/** IAM's name of a service where it is not our key of it. */
const iamNames: Readonly<Record<string, string>> = {
  accessanalyzer: 'access-analyzer',
  apigatewayv2: 'apigateway',
  'cloudwatch-dashboards': 'cloudwatch',
  'directconnect-gateways': 'directconnect',
  efs: 'elasticfilesystem',
  elb: 'elasticloadbalancing',
  elbv2: 'elasticloadbalancing',
  emr: 'elasticmapreduce',
  opensearch: 'es',
  s3control: 's3',
};

/** Actions that are named after neither lists nor descriptions: each was judged to read no contents. */
const judged = new Set([
  ...['apigateway:GET', 'budgets:ViewBudget'],
  ...['servicecatalog:SearchProductsAsAdmin', 'servicecatalog:SearchProvisionedProducts'],
  ...['athena:BatchGetNamedQuery', 'codebuild:BatchGetFleets', 'codebuild:BatchGetProjects'],
  ...['codebuild:BatchGetReportGroups', 'codecommit:BatchGetRepositories', 'codedeploy:BatchGetApplications'],
  ...['codedeploy:BatchGetDeploymentGroups', 'codedeploy:GetDeploymentConfig', 'cloudtrail:GetEventDataStore'],
  ...['dlm:GetLifecyclePolicies', 'glue:BatchGetWorkflows', 'glue:GetConnections', 'glue:GetCrawlers'],
  ...['glue:GetDatabases', 'glue:GetDevEndpoints', 'glue:GetJobs', 'glue:GetMLTransforms', 'glue:GetTables'],
  ...['glue:GetSecurityConfigurations', 'glue:GetTriggers', 'guardduty:GetDetector', 'guardduty:GetFilter'],
  ...['guardduty:GetIPSet', 'guardduty:GetThreatIntelSet', 'iam:GetAccountAuthorizationDetails'],
  ...['iam:GetOpenIDConnectProvider', 'lightsail:GetAlarms', 'lightsail:GetBuckets', 'lightsail:GetCertificates'],
  ...['lightsail:GetContactMethods', 'lightsail:GetContainerServices', 'lightsail:GetDiskSnapshots'],
  ...['lightsail:GetDisks', 'lightsail:GetDistributions', 'lightsail:GetDomains', 'lightsail:GetInstanceSnapshots'],
  ...['lightsail:GetInstances', 'lightsail:GetKeyPairs', 'lightsail:GetLoadBalancers', 'lightsail:GetStaticIps'],
  ...['lightsail:GetRelationalDatabaseSnapshots', 'lightsail:GetRelationalDatabases', 'macie2:GetMacieSession'],
  ...['ram:GetResourceShares', 's3:GetBucketLocation', 'securityhub:GetEnabledStandards'],
  ...['securityhub:GetInsights', 'sns:GetTopicAttributes', 'sqs:GetQueueAttributes', 'xray:GetGroups'],
  'xray:GetSamplingRules',
]);

/** Contents, secrets, and code; whoever may only count things must not read them. */
const readsContents =
  /:(GetObject|GetItem|Scan|Query|Select|BatchGetItem|GetRecords|GetLogEvents|FilterLogEvents|GetSecretValue|GetParameters?|GetFunction|Decrypt|ReceiveMessage|GetRandomPassword|BatchGetSecretValue|GetQueryResults|GetAuthorizationToken|GetPasswordData|DownloadDbLogFilePortion|GetFile|GetBlob)$/;

describe('the catalogue', () => {
  it.each(reconNames)('calls %s as aws-recon does', (key, service, type) => {
    const row = types.find(candidate => candidate.key === key);
    expect(row && [catalogueService(row.service).reconName, row.reconType]).toEqual([service, type]);
  });

  it('has every type once, by each of its names', () => {
    for (const name of ['key', 'cloudFormationType'] as const) {
      expect(new Set(types.map(type => type[name])).size).toBe(types.length);
    }
  });

  it('has types for every service, and a service for every type', () => {
    expect(new Set(types.map(type => type.service))).toEqual(new Set(services.map(service => service.key)));
  });

  it.each(types)('finds $key by the ARN that it writes', type => {
    const values = {
      partition: 'aws-cn',
      region: 'cn-north-1',
      account: '111122223333',
      path: '/a/',
      alias_name: 'alias/x',
    };
    const names = Object.fromEntries(
      [...type.arn.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
        name,
        name.endsWith('arn') || name === 'stack_id'
          ? `arn:aws-cn:${type.arnService}:cn-north-1:111122223333:${type.arnPrefix.replaceAll('*', 'p')}x`
          : 'x',
      ]),
    );
    const arn = parseArn(fillTemplate(type.arn, { ...names, ...values }) ?? '');
    expect(arn && typeOfArn(arn).native?.key).toBe(foundAs[type.key] ?? type.key);
  });

  it.each(Object.keys(foundAs))('has two types of one ARN, %s and what it is found as', key => {
    const form = (name: string): string => {
      const { arnService, arnPrefix } = resourceType(name);
      return `${arnService}:${arnPrefix}`;
    };
    expect(form(key)).toBe(form(foundAs[key] ?? ''));
  });

  it('names only actions of the service that is listed', () => {
    for (const { service, actions } of types) {
      for (const action of actions) expect(action.split(':')[0]).toBe(iamNames[service] ?? service);
    }
  });

  it('names only actions that list and describe, and others that were judged', () => {
    const all = types.flatMap(({ actions }) => actions);
    expect(all.filter(action => !/^[a-z0-9-]+:(List|Describe)\w+$/.test(action) && !judged.has(action))).toEqual([]);
    expect([...judged].filter(action => !all.includes(action))).toEqual([]);
  });

  it('names no action of any tier that reads contents, or writes', () => {
    const all = new Set(catalogue.flatMap(({ actions }) => actions));
    expect([...all].filter(action => readsContents.test(action))).toEqual([]);
    // The last one asks for what people wrote about a version of a schema.
    const reads = /^[\w-]+:((Batch)?(List|Describe|Get|View|Search)[\w*]+|GET|querySchemaVersionMetadata)$/i;
    expect([...all].filter(action => !reads.test(action))).toEqual([]);
  });
});

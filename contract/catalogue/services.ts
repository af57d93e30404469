// The catalogue of what the inventory lists natively: the inventory walks it, policies and documents are made from it.

export interface CatalogueService {
  /** As settings name it; for all of them also the service's name in an ARN. */
  readonly key: string;
  /** aws-recon's name, which stands in every record and cell. */
  readonly reconName: string;
  /** A global service is listed once, and its records say region `global`. */
  readonly scope: 'global' | 'regional';
}

export const services = [
  { key: 's3', reconName: 'S3', scope: 'global' },
  { key: 'iam', reconName: 'IAM', scope: 'global' },
  { key: 'ec2', reconName: 'EC2', scope: 'regional' },
  { key: 'lambda', reconName: 'Lambda', scope: 'regional' },
  { key: 'dynamodb', reconName: 'DynamoDB', scope: 'regional' },
  { key: 'sqs', reconName: 'SQS', scope: 'regional' },
  { key: 'sns', reconName: 'SNS', scope: 'regional' },
  { key: 'kms', reconName: 'KMS', scope: 'regional' },
  { key: 'rds', reconName: 'RDS', scope: 'regional' },
  { key: 'ecs', reconName: 'ECS', scope: 'regional' },
  { key: 'cloudformation', reconName: 'CloudFormation', scope: 'regional' },
  { key: 'logs', reconName: 'CloudWatchLogs', scope: 'regional' },
] as const satisfies readonly CatalogueService[];

export type ServiceKey = (typeof services)[number]['key'];

/** Of the Tagging API's own cells: it is no service, but a second witness for all of them. */
export const taggingName = 'tagging';
/** IAM actions of the Tagging API's cell, and of asking an account for its regions. */
export const taggingAction = 'tag:GetResources';
export const regionsAction = 'ec2:DescribeRegions';

/** The region that records and cells of global services carry, as aws-recon's do. */
export const globalRegion = 'global';

export interface ResourceType {
  readonly key: string;
  readonly service: ServiceKey;
  /** aws-recon's `resource.type`; for what aws-recon does not list, a name in its style. */
  readonly reconType: string;
  /** EC2 snapshots and images are no types of CloudFormation: theirs are named as if they were. */
  readonly cloudFormationType: string;
  /**
   * CloudFormation's primary identifier, its parts joined by `|`, as a template over the ARN alone (IdentifierParts), so
   * that every API that shows the resource gives the same; `{arn}` where the ARN does not tell it.
   */
  readonly identifier: string;
  /** Template over {partition}, {region}, {account} and the record's resource. */
  readonly arn: string;
  /** How the last part of such an ARN begins; tells the types of one service apart. */
  readonly arnPrefix: string;
  /** IAM actions that listing it needs. */
  readonly actions: readonly string[];
}

export const resourceTypes = [
  {
    key: 's3.bucket',
    service: 's3',
    reconType: 'bucket',
    cloudFormationType: 'AWS::S3::Bucket',
    identifier: '{name}',
    arn: 'arn:{partition}:s3:::{name}',
    arnPrefix: '',
    actions: ['s3:ListAllMyBuckets', 's3:GetBucketLocation'],
  },
  {
    key: 'ec2.instance',
    service: 'ec2',
    reconType: 'instance',
    cloudFormationType: 'AWS::EC2::Instance',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:instance/{instance_id}',
    arnPrefix: 'instance/',
    actions: ['ec2:DescribeInstances'],
  },
  {
    key: 'ec2.vpc',
    service: 'ec2',
    reconType: 'vpc',
    cloudFormationType: 'AWS::EC2::VPC',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:vpc/{vpc_id}',
    arnPrefix: 'vpc/',
    actions: ['ec2:DescribeVpcs'],
  },
  {
    key: 'ec2.subnet',
    service: 'ec2',
    reconType: 'subnet',
    cloudFormationType: 'AWS::EC2::Subnet',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:subnet/{subnet_id}',
    arnPrefix: 'subnet/',
    actions: ['ec2:DescribeSubnets'],
  },
  {
    key: 'ec2.security-group',
    service: 'ec2',
    reconType: 'security_group',
    cloudFormationType: 'AWS::EC2::SecurityGroup',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:security-group/{group_id}',
    arnPrefix: 'security-group/',
    actions: ['ec2:DescribeSecurityGroups'],
  },
  {
    key: 'ec2.network-acl',
    service: 'ec2',
    reconType: 'network_acl',
    cloudFormationType: 'AWS::EC2::NetworkAcl',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:network-acl/{network_acl_id}',
    arnPrefix: 'network-acl/',
    actions: ['ec2:DescribeNetworkAcls'],
  },
  {
    key: 'ec2.route-table',
    service: 'ec2',
    reconType: 'route_table',
    cloudFormationType: 'AWS::EC2::RouteTable',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:route-table/{route_table_id}',
    arnPrefix: 'route-table/',
    actions: ['ec2:DescribeRouteTables'],
  },
  {
    key: 'ec2.internet-gateway',
    service: 'ec2',
    reconType: 'internet_gateway',
    cloudFormationType: 'AWS::EC2::InternetGateway',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:internet-gateway/{internet_gateway_id}',
    arnPrefix: 'internet-gateway/',
    actions: ['ec2:DescribeInternetGateways'],
  },
  {
    key: 'ec2.nat-gateway',
    service: 'ec2',
    reconType: 'nat_gateway',
    cloudFormationType: 'AWS::EC2::NatGateway',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:natgateway/{nat_gateway_id}',
    arnPrefix: 'natgateway/',
    actions: ['ec2:DescribeNatGateways'],
  },
  {
    key: 'ec2.network-interface',
    service: 'ec2',
    reconType: 'network_interface',
    cloudFormationType: 'AWS::EC2::NetworkInterface',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:network-interface/{network_interface_id}',
    arnPrefix: 'network-interface/',
    actions: ['ec2:DescribeNetworkInterfaces'],
  },
  {
    key: 'ec2.volume',
    service: 'ec2',
    reconType: 'volume',
    cloudFormationType: 'AWS::EC2::Volume',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:volume/{volume_id}',
    arnPrefix: 'volume/',
    actions: ['ec2:DescribeVolumes'],
  },
  {
    key: 'ec2.address',
    service: 'ec2',
    reconType: 'eip_address',
    cloudFormationType: 'AWS::EC2::EIP',
    identifier: '{arn}',
    arn: 'arn:{partition}:ec2:{region}:{account}:elastic-ip/{allocation_id}',
    arnPrefix: 'elastic-ip/',
    actions: ['ec2:DescribeAddresses'],
  },
  {
    key: 'ec2.key-pair',
    service: 'ec2',
    reconType: 'key_pair',
    cloudFormationType: 'AWS::EC2::KeyPair',
    identifier: '{arn}',
    arn: 'arn:{partition}:ec2:{region}:{account}:key-pair/{key_pair_id}',
    arnPrefix: 'key-pair/',
    actions: ['ec2:DescribeKeyPairs'],
  },
  {
    key: 'ec2.vpc-endpoint',
    service: 'ec2',
    reconType: 'vpc_endpoint',
    cloudFormationType: 'AWS::EC2::VPCEndpoint',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}:{account}:vpc-endpoint/{vpc_endpoint_id}',
    arnPrefix: 'vpc-endpoint/',
    actions: ['ec2:DescribeVpcEndpoints'],
  },
  {
    key: 'ec2.snapshot',
    service: 'ec2',
    reconType: 'snapshot',
    cloudFormationType: 'AWS::EC2::Snapshot',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}::snapshot/{snapshot_id}',
    arnPrefix: 'snapshot/',
    actions: ['ec2:DescribeSnapshots'],
  },
  {
    key: 'ec2.image',
    service: 'ec2',
    reconType: 'image',
    cloudFormationType: 'AWS::EC2::Image',
    identifier: '{name}',
    arn: 'arn:{partition}:ec2:{region}::image/{image_id}',
    arnPrefix: 'image/',
    actions: ['ec2:DescribeImages'],
  },
  {
    key: 'iam.user',
    service: 'iam',
    reconType: 'user',
    cloudFormationType: 'AWS::IAM::User',
    identifier: '{last}',
    arn: 'arn:{partition}:iam::{account}:user{path}{user_name}',
    arnPrefix: 'user/',
    actions: ['iam:GetAccountAuthorizationDetails'],
  },
  {
    key: 'iam.group',
    service: 'iam',
    reconType: 'group',
    cloudFormationType: 'AWS::IAM::Group',
    identifier: '{last}',
    arn: 'arn:{partition}:iam::{account}:group{path}{group_name}',
    arnPrefix: 'group/',
    actions: ['iam:GetAccountAuthorizationDetails'],
  },
  {
    key: 'iam.role',
    service: 'iam',
    reconType: 'role',
    cloudFormationType: 'AWS::IAM::Role',
    identifier: '{last}',
    arn: 'arn:{partition}:iam::{account}:role{path}{role_name}',
    arnPrefix: 'role/',
    actions: ['iam:GetAccountAuthorizationDetails'],
  },
  {
    key: 'iam.policy',
    service: 'iam',
    reconType: 'policy',
    cloudFormationType: 'AWS::IAM::ManagedPolicy',
    identifier: '{arn}',
    arn: 'arn:{partition}:iam::{account}:policy{path}{policy_name}',
    arnPrefix: 'policy/',
    actions: ['iam:GetAccountAuthorizationDetails'],
  },
  {
    key: 'iam.instance-profile',
    service: 'iam',
    reconType: 'instance_profile',
    cloudFormationType: 'AWS::IAM::InstanceProfile',
    identifier: '{last}',
    arn: 'arn:{partition}:iam::{account}:instance-profile{path}{instance_profile_name}',
    arnPrefix: 'instance-profile/',
    actions: ['iam:ListInstanceProfiles'],
  },
  {
    key: 'lambda.function',
    service: 'lambda',
    reconType: 'function',
    cloudFormationType: 'AWS::Lambda::Function',
    identifier: '{name}',
    arn: 'arn:{partition}:lambda:{region}:{account}:function:{function_name}',
    arnPrefix: 'function:',
    actions: ['lambda:ListFunctions'],
  },
  {
    key: 'dynamodb.table',
    service: 'dynamodb',
    reconType: 'table',
    cloudFormationType: 'AWS::DynamoDB::Table',
    identifier: '{name}',
    arn: 'arn:{partition}:dynamodb:{region}:{account}:table/{table_name}',
    arnPrefix: 'table/',
    actions: ['dynamodb:ListTables', 'dynamodb:DescribeTable'],
  },
  {
    key: 'sqs.queue',
    service: 'sqs',
    reconType: 'queue',
    cloudFormationType: 'AWS::SQS::Queue',
    identifier: '{arn}',
    arn: 'arn:{partition}:sqs:{region}:{account}:{queue_name}',
    arnPrefix: '',
    actions: ['sqs:ListQueues', 'sqs:GetQueueAttributes'],
  },
  {
    key: 'sns.topic',
    service: 'sns',
    reconType: 'topic',
    cloudFormationType: 'AWS::SNS::Topic',
    identifier: '{arn}',
    arn: '{topic_arn}',
    arnPrefix: '',
    actions: ['sns:ListTopics', 'sns:GetTopicAttributes'],
  },
  {
    key: 'kms.key',
    service: 'kms',
    reconType: 'key',
    cloudFormationType: 'AWS::KMS::Key',
    identifier: '{name}',
    arn: 'arn:{partition}:kms:{region}:{account}:key/{key_id}',
    arnPrefix: 'key/',
    actions: ['kms:ListKeys', 'kms:DescribeKey'],
  },
  {
    key: 'kms.alias',
    service: 'kms',
    reconType: 'alias',
    cloudFormationType: 'AWS::KMS::Alias',
    identifier: 'alias/{path}',
    arn: 'arn:{partition}:kms:{region}:{account}:{alias_name}',
    arnPrefix: 'alias/',
    actions: ['kms:ListAliases'],
  },
  {
    key: 'rds.instance',
    service: 'rds',
    reconType: 'db_instance',
    cloudFormationType: 'AWS::RDS::DBInstance',
    identifier: '{name}',
    arn: 'arn:{partition}:rds:{region}:{account}:db:{db_instance_identifier}',
    arnPrefix: 'db:',
    actions: ['rds:DescribeDBInstances'],
  },
  {
    key: 'rds.cluster',
    service: 'rds',
    reconType: 'db_cluster',
    cloudFormationType: 'AWS::RDS::DBCluster',
    identifier: '{name}',
    arn: 'arn:{partition}:rds:{region}:{account}:cluster:{db_cluster_identifier}',
    arnPrefix: 'cluster:',
    actions: ['rds:DescribeDBClusters'],
  },
  {
    key: 'ecs.cluster',
    service: 'ecs',
    reconType: 'cluster',
    cloudFormationType: 'AWS::ECS::Cluster',
    identifier: '{name}',
    arn: 'arn:{partition}:ecs:{region}:{account}:cluster/{cluster_name}',
    arnPrefix: 'cluster/',
    actions: ['ecs:ListClusters', 'ecs:DescribeClusters'],
  },
  {
    key: 'ecs.service',
    service: 'ecs',
    reconType: 'service',
    cloudFormationType: 'AWS::ECS::Service',
    identifier: '{arn}|arn:{partition}:ecs:{region}:{account}:cluster/{parent}',
    arn: '{service_arn}',
    arnPrefix: 'service/',
    actions: ['ecs:ListClusters', 'ecs:ListServices', 'ecs:DescribeServices'],
  },
  {
    key: 'ecs.task-definition',
    service: 'ecs',
    reconType: 'task_definition',
    cloudFormationType: 'AWS::ECS::TaskDefinition',
    identifier: '{arn}',
    arn: '{task_definition_arn}',
    arnPrefix: 'task-definition/',
    actions: ['ecs:ListTaskDefinitions'],
  },
  {
    key: 'cloudformation.stack',
    service: 'cloudformation',
    reconType: 'stack',
    cloudFormationType: 'AWS::CloudFormation::Stack',
    identifier: '{arn}',
    arn: '{stack_id}',
    arnPrefix: 'stack/',
    actions: ['cloudformation:DescribeStacks'],
  },
  {
    key: 'logs.log-group',
    service: 'logs',
    reconType: 'log_group',
    cloudFormationType: 'AWS::Logs::LogGroup',
    identifier: '{path}',
    arn: 'arn:{partition}:logs:{region}:{account}:log-group:{log_group_name}',
    arnPrefix: 'log-group:',
    actions: ['logs:DescribeLogGroups'],
  },
] as const satisfies readonly ResourceType[];

export type ResourceTypeKey = (typeof resourceTypes)[number]['key'];

const typesByKey = new Map<string, ResourceType>(resourceTypes.map(type => [type.key, type]));
const servicesByKey = new Map<string, CatalogueService>(services.map(service => [service.key, service]));

export const resourceType = (key: ResourceTypeKey): ResourceType => {
  const type = typesByKey.get(key);
  if (type === undefined) throw new TypeError(`the catalogue has no type ${key}`);
  return type;
};

export const catalogueService = (key: ServiceKey): CatalogueService => {
  const service = servicesByKey.get(key);
  if (service === undefined) throw new TypeError(`the catalogue has no service ${key}`);
  return service;
};

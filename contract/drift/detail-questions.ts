// What drift asks AWS of single resources beyond the inventory's listings, as data: clients/aws/drift asks it.

export interface DetailQuestion {
  /** `s3.policy`: the service whose client asks, and what it asks for. */
  readonly key: `${string}.${string}`;
  /** CloudFormation's types of the resources that are asked about. */
  readonly resourceTypes: readonly string[];
  /** Names of the values that it answers. */
  readonly values: readonly string[];
  /** IAM actions that it needs. */
  readonly actions: readonly string[];
  /** Terraform types that are compared by the values: asked only where a state declares one. Absent: asked of every resource. */
  readonly compares?: readonly string[];
  /** Terraform type under which a report tells that it could not be answered. */
  readonly about: string;
}

const wholeBuckets = ['AWS::S3::Bucket'];

/** Of every bucket: Terraform keeps these parts as resources of their own, so that unmanaged ones are to be seen. */
const bucketPart = (part: string, value: string, action: string, about: string): DetailQuestion => ({
  key: `s3.${part}`,
  resourceTypes: wholeBuckets,
  values: [value],
  actions: [action],
  about,
});

const bucketSetting = (part: string, value: string, action: string, compares: readonly string[]): DetailQuestion => ({
  ...bucketPart(part, value, action, compares[0] ?? ''),
  compares,
});

const s3Questions: readonly DetailQuestion[] = [
  bucketPart('policy', 'Policy', 's3:GetBucketPolicy', 'aws_s3_bucket_policy'),
  bucketPart(
    'public-access-block',
    'PublicAccessBlock',
    's3:GetBucketPublicAccessBlock',
    'aws_s3_bucket_public_access_block',
  ),
  bucketPart('notification', 'Notification', 's3:GetBucketNotification', 'aws_s3_bucket_notification'),
  bucketPart('analytics', 'Analytics', 's3:GetAnalyticsConfiguration', 'aws_s3_bucket_analytics_configuration'),
  bucketPart('inventory', 'Inventory', 's3:GetInventoryConfiguration', 'aws_s3_bucket_inventory'),
  bucketPart('metrics', 'Metrics', 's3:GetMetricsConfiguration', 'aws_s3_bucket_metric'),
  bucketSetting('encryption', 'Encryption', 's3:GetEncryptionConfiguration', [
    'aws_s3_bucket',
    'aws_s3_bucket_server_side_encryption_configuration',
  ]),
  bucketSetting('versioning', 'Versioning', 's3:GetBucketVersioning', ['aws_s3_bucket', 'aws_s3_bucket_versioning']),
  bucketSetting('logging', 'Logging', 's3:GetBucketLogging', ['aws_s3_bucket', 'aws_s3_bucket_logging']),
  bucketSetting('ownership-controls', 'OwnershipControls', 's3:GetBucketOwnershipControls', [
    'aws_s3_bucket_ownership_controls',
  ]),
  bucketSetting('acceleration', 'Acceleration', 's3:GetAccelerateConfiguration', [
    'aws_s3_bucket_accelerate_configuration',
  ]),
  bucketSetting('tags', 'Tags', 's3:GetBucketTagging', ['aws_s3_bucket']),
];

const attachments = (kind: 'Role' | 'User' | 'Group'): DetailQuestion => ({
  key: `iam.attached-to-${kind.toLowerCase()}`,
  resourceTypes: [`AWS::IAM::${kind}`],
  values: ['AttachedPolicies'],
  actions: [`iam:ListAttached${kind}Policies`],
  about: `aws_iam_${kind.toLowerCase()}_policy_attachment`,
});

const tags = (
  key: DetailQuestion['key'],
  resourceType: string,
  action: string,
  compares: readonly string[],
): DetailQuestion => ({
  key,
  resourceTypes: [resourceType],
  values: ['Tags'],
  actions: [action],
  compares,
  about: compares[0] ?? '',
});

const iamQuestions: readonly DetailQuestion[] = [
  attachments('Role'),
  attachments('User'),
  attachments('Group'),
  {
    key: 'iam.role',
    resourceTypes: ['AWS::IAM::Role'],
    values: ['Role'],
    actions: ['iam:GetRole'],
    compares: ['aws_iam_role'],
    about: 'aws_iam_role',
  },
  tags('iam.policy-tags', 'AWS::IAM::ManagedPolicy', 'iam:ListPolicyTags', ['aws_iam_policy']),
  tags('iam.instance-profile-tags', 'AWS::IAM::InstanceProfile', 'iam:GetInstanceProfile', [
    'aws_iam_instance_profile',
  ]),
];

const kmsKeys = ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'];

const guardQuestions: readonly DetailQuestion[] = [
  {
    key: 'kms.policy',
    resourceTypes: ['AWS::KMS::Key'],
    values: ['Policy'],
    actions: ['kms:GetKeyPolicy'],
    compares: [...kmsKeys, 'aws_kms_key_policy'],
    about: 'aws_kms_key',
  },
  {
    key: 'kms.rotation',
    resourceTypes: ['AWS::KMS::Key'],
    values: ['KeyRotationEnabled', 'RotationPeriodInDays'],
    actions: ['kms:GetKeyRotationStatus'],
    compares: kmsKeys,
    about: 'aws_kms_key',
  },
  tags('kms.tags', 'AWS::KMS::Key', 'kms:ListResourceTags', kmsKeys),
  {
    key: 'secretsmanager.policy',
    resourceTypes: ['AWS::SecretsManager::Secret'],
    values: ['ResourcePolicy'],
    actions: ['secretsmanager:GetResourcePolicy'],
    compares: ['aws_secretsmanager_secret', 'aws_secretsmanager_secret_policy'],
    about: 'aws_secretsmanager_secret',
  },
  tags('ssm.parameter-tags', 'AWS::SSM::Parameter', 'ssm:ListTagsForResource', ['aws_ssm_parameter']),
  {
    key: 'cloudtrail.status',
    resourceTypes: ['AWS::CloudTrail::Trail'],
    values: ['IsLogging'],
    actions: ['cloudtrail:GetTrailStatus'],
    compares: ['aws_cloudtrail'],
    about: 'aws_cloudtrail',
  },
  tags('cloudtrail.tags', 'AWS::CloudTrail::Trail', 'cloudtrail:ListTags', ['aws_cloudtrail']),
  tags('logs.tags', 'AWS::Logs::LogGroup', 'logs:ListTagsForResource', ['aws_cloudwatch_log_group']),
  tags('cloudwatch.alarm-tags', 'AWS::CloudWatch::Alarm', 'cloudwatch:ListTagsForResource', [
    'aws_cloudwatch_metric_alarm',
  ]),
];

const computeQuestions: readonly DetailQuestion[] = [
  {
    key: 'ec2.vpc-dns',
    resourceTypes: ['AWS::EC2::VPC'],
    values: ['EnableDnsSupport', 'EnableDnsHostnames'],
    actions: ['ec2:DescribeVpcAttribute'],
    compares: ['aws_vpc', 'aws_default_vpc'],
    about: 'aws_vpc',
  },
  {
    key: 'lambda.function',
    resourceTypes: ['AWS::Lambda::Function'],
    values: ['Environment', 'ReservedConcurrentExecutions', 'Tags'],
    actions: ['lambda:GetFunction', 'lambda:ListTags'],
    compares: ['aws_lambda_function'],
    about: 'aws_lambda_function',
  },
  {
    key: 'ecr.policy',
    resourceTypes: ['AWS::ECR::Repository'],
    values: ['Policy'],
    actions: ['ecr:GetRepositoryPolicy'],
    about: 'aws_ecr_repository_policy',
  },
  tags('ecr.tags', 'AWS::ECR::Repository', 'ecr:ListTagsForResource', ['aws_ecr_repository']),
  {
    key: 'elbv2.attributes',
    resourceTypes: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
    values: ['Attributes'],
    actions: ['elasticloadbalancing:DescribeLoadBalancerAttributes'],
    compares: ['aws_lb', 'aws_alb'],
    about: 'aws_lb',
  },
  {
    key: 'elbv2.tags',
    resourceTypes: ['LoadBalancer', 'Listener', 'TargetGroup'].map(kind => `AWS::ElasticLoadBalancingV2::${kind}`),
    values: ['Tags'],
    actions: ['elasticloadbalancing:DescribeTags'],
    compares: ['lb', 'alb', 'lb_listener', 'alb_listener', 'lb_target_group', 'alb_target_group'].map(
      name => `aws_${name}`,
    ),
    about: 'aws_lb',
  },
];

const dataQuestions: readonly DetailQuestion[] = [
  {
    key: 'dynamodb.time-to-live',
    resourceTypes: ['AWS::DynamoDB::Table'],
    values: ['TimeToLive'],
    actions: ['dynamodb:DescribeTimeToLive'],
    compares: ['aws_dynamodb_table'],
    about: 'aws_dynamodb_table',
  },
  {
    key: 'dynamodb.backups',
    resourceTypes: ['AWS::DynamoDB::Table'],
    values: ['PointInTimeRecovery'],
    actions: ['dynamodb:DescribeContinuousBackups'],
    compares: ['aws_dynamodb_table'],
    about: 'aws_dynamodb_table',
  },
  tags('dynamodb.tags', 'AWS::DynamoDB::Table', 'dynamodb:ListTagsOfResource', ['aws_dynamodb_table']),
  {
    key: 'sqs.attributes',
    resourceTypes: ['AWS::SQS::Queue'],
    values: ['Attributes'],
    actions: ['sqs:GetQueueUrl', 'sqs:GetQueueAttributes'],
    about: 'aws_sqs_queue_policy',
  },
  {
    ...tags('sqs.tags', 'AWS::SQS::Queue', 'sqs:ListQueueTags', ['aws_sqs_queue']),
    actions: ['sqs:GetQueueUrl', 'sqs:ListQueueTags'],
  },
  {
    key: 'sns.attributes',
    resourceTypes: ['AWS::SNS::Topic'],
    values: ['Attributes'],
    actions: ['sns:GetTopicAttributes'],
    about: 'aws_sns_topic_policy',
  },
  tags('sns.tags', 'AWS::SNS::Topic', 'sns:ListTagsForResource', ['aws_sns_topic']),
];

/** All questions. */
export const detailQuestions: readonly DetailQuestion[] = [
  ...s3Questions,
  ...iamQuestions,
  ...guardQuestions,
  ...computeQuestions,
  ...dataQuestions,
];

/** The service whose client asks. */
export const serviceOfQuestion = ({ key }: DetailQuestion): string => key.split('.')[0] ?? '';

/** CloudFormation's types of which details are read. */
export const detailedTypes: ReadonlySet<string> = new Set(
  detailQuestions.flatMap(({ resourceTypes }) => resourceTypes),
);

/** IAM actions that the questions need, each once. */
export const detailActions: readonly string[] = [...new Set(detailQuestions.flatMap(({ actions }) => actions))];

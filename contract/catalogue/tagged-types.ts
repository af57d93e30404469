// Resources that only the Tagging API shows us: their type from their ARN, in aws-recon's and CloudFormation's words.

export interface TaggedType {
  /** The service as an ARN writes it. */
  readonly service: string;
  /** How the last part of the ARN begins; `*` stands for one name. The longest that fits counts. */
  readonly arnPrefix: string;
  readonly reconService: string;
  readonly reconType: string;
  readonly cloudFormationType: string;
  /** As in ResourceType. */
  readonly identifier: string;
}

type Row = readonly [
  service: string,
  arnPrefix: string,
  reconService: string,
  reconType: string,
  type: string,
  identifier: string,
];

// aws-recon's names where it collects the type; otherwise names in its style.
const rows: readonly Row[] = [
  ['acm', 'certificate/', 'ACM', 'certificate', 'AWS::CertificateManager::Certificate', '{arn}'],
  ['apigateway', '/restapis/', 'APIGateway', 'api', 'AWS::ApiGateway::RestApi', '{name}'],
  ['apigateway', '/restapis/*/stages/', 'APIGateway', 'stage', 'AWS::ApiGateway::Stage', '{parent}|{name}'],
  ['apigateway', '/apis/*/stages/', 'ApiGatewayV2', 'stage', 'AWS::ApiGatewayV2::Stage', '{parent}|{name}'],
  ['apigateway', '/apis/', 'ApiGatewayV2', 'api', 'AWS::ApiGatewayV2::Api', '{name}'],
  ['athena', 'workgroup/', 'Athena', 'workgroup', 'AWS::Athena::WorkGroup', '{name}'],
  [
    'autoscaling',
    'autoScalingGroup:*:autoScalingGroupName/',
    'AutoScaling',
    'auto_scaling_group',
    'AWS::AutoScaling::AutoScalingGroup',
    '{path}',
  ],
  ['backup', 'backup-vault:', 'Backup', 'backup_vault', 'AWS::Backup::BackupVault', '{name}'],
  ['cloudfront', 'distribution/', 'CloudFront', 'distribution', 'AWS::CloudFront::Distribution', '{name}'],
  ['cloudtrail', 'trail/', 'CloudTrail', 'cloud_trail', 'AWS::CloudTrail::Trail', '{name}'],
  ['cloudwatch', 'alarm:', 'CloudWatch', 'metric_alarm', 'AWS::CloudWatch::Alarm', '{name}'],
  ['codebuild', 'project/', 'CodeBuild', 'project', 'AWS::CodeBuild::Project', '{name}'],
  ['codepipeline', '', 'CodePipeline', 'pipeline', 'AWS::CodePipeline::Pipeline', '{name}'],
  ['cognito-idp', 'userpool/', 'CognitoIdentityProvider', 'user_pool', 'AWS::Cognito::UserPool', '{name}'],
  ['config', 'config-rule/', 'ConfigService', 'rule', 'AWS::Config::ConfigRule', '{arn}'],
  ['dms', 'rep:', 'DatabaseMigrationService', 'replication_instance', 'AWS::DMS::ReplicationInstance', '{arn}'],
  ['ec2', 'customer-gateway/', 'EC2', 'customer_gateway', 'AWS::EC2::CustomerGateway', '{name}'],
  ['ec2', 'dhcp-options/', 'EC2', 'dhcp_options', 'AWS::EC2::DHCPOptions', '{name}'],
  ['ec2', 'launch-template/', 'EC2', 'launch_template', 'AWS::EC2::LaunchTemplate', '{name}'],
  ['ec2', 'prefix-list/', 'EC2', 'prefix_list', 'AWS::EC2::PrefixList', '{name}'],
  ['ec2', 'security-group-rule/', 'EC2', 'security_group_rule', 'AWS::EC2::SecurityGroupRule', '{name}'],
  ['ec2', 'transit-gateway/', 'EC2', 'transit_gateway', 'AWS::EC2::TransitGateway', '{name}'],
  ['ec2', 'vpc-flow-log/', 'EC2', 'flow_log', 'AWS::EC2::FlowLog', '{name}'],
  ['ec2', 'vpc-peering-connection/', 'EC2', 'peering_connection', 'AWS::EC2::VPCPeeringConnection', '{name}'],
  ['ec2', 'vpn-connection/', 'EC2', 'vpn_connection', 'AWS::EC2::VPNConnection', '{name}'],
  ['ec2', 'vpn-gateway/', 'EC2', 'vpn_gateway', 'AWS::EC2::VPNGateway', '{name}'],
  ['ecr', 'repository/', 'ECR', 'repository', 'AWS::ECR::Repository', '{path}'],
  ['eks', 'cluster/', 'EKS', 'cluster', 'AWS::EKS::Cluster', '{name}'],
  ['eks', 'nodegroup/', 'EKS', 'node_group', 'AWS::EKS::Nodegroup', '{arn}'],
  ['elasticache', 'cluster:', 'ElastiCache', 'cluster', 'AWS::ElastiCache::CacheCluster', '{name}'],
  ['elasticfilesystem', 'file-system/', 'EFS', 'filesystem', 'AWS::EFS::FileSystem', '{name}'],
  [
    'elasticloadbalancing',
    'loadbalancer/',
    'ElasticLoadBalancing',
    'load_balancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    '{name}',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/app/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    '{arn}',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/gwy/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    '{arn}',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/net/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    '{arn}',
  ],
  [
    'elasticloadbalancing',
    'targetgroup/',
    'ElasticLoadBalancingV2',
    'target_group',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
    '{arn}',
  ],
  ['elasticmapreduce', 'cluster/', 'EMR', 'cluster', 'AWS::EMR::Cluster', '{name}'],
  ['es', 'domain/', 'ElasticsearchService', 'domain', 'AWS::OpenSearchService::Domain', '{name}'],
  ['events', 'rule/', 'CloudWatchEvents', 'rule', 'AWS::Events::Rule', '{arn}'],
  ['firehose', 'deliverystream/', 'Firehose', 'stream', 'AWS::KinesisFirehose::DeliveryStream', '{name}'],
  ['glue', 'crawler/', 'Glue', 'crawler', 'AWS::Glue::Crawler', '{name}'],
  ['glue', 'job/', 'Glue', 'job', 'AWS::Glue::Job', '{name}'],
  ['guardduty', 'detector/', 'GuardDuty', 'detector', 'AWS::GuardDuty::Detector', '{name}'],
  ['iam', 'mfa/', 'IAM', 'virtual_mfa_device', 'AWS::IAM::VirtualMFADevice', '{arn}'],
  ['iam', 'oidc-provider/', 'IAM', 'oidc_provider', 'AWS::IAM::OIDCProvider', '{arn}'],
  ['iam', 'saml-provider/', 'IAM', 'saml_provider', 'AWS::IAM::SAMLProvider', '{arn}'],
  ['iam', 'server-certificate/', 'IAM', 'server_certificate', 'AWS::IAM::ServerCertificate', '{last}'],
  ['kafka', 'cluster/', 'Kafka', 'cluster', 'AWS::MSK::Cluster', '{arn}'],
  ['kinesis', 'stream/', 'Kinesis', 'stream', 'AWS::Kinesis::Stream', '{name}'],
  ['lambda', 'event-source-mapping:', 'Lambda', 'event_source_mapping', 'AWS::Lambda::EventSourceMapping', '{name}'],
  ['rds', 'cluster-pg:', 'RDS', 'db_cluster_parameter_group', 'AWS::RDS::DBClusterParameterGroup', '{name}'],
  ['rds', 'cluster-snapshot:', 'RDS', 'db_cluster_snapshot', 'AWS::RDS::DBClusterSnapshot', '{path}'],
  ['rds', 'og:', 'RDS', 'option_group', 'AWS::RDS::OptionGroup', '{path}'],
  ['rds', 'pg:', 'RDS', 'db_parameter_group', 'AWS::RDS::DBParameterGroup', '{name}'],
  ['rds', 'snapshot:', 'RDS', 'db_snapshot', 'AWS::RDS::DBSnapshot', '{path}'],
  ['rds', 'subgrp:', 'RDS', 'db_subnet_group', 'AWS::RDS::DBSubnetGroup', '{name}'],
  ['redshift', 'cluster:', 'Redshift', 'cluster', 'AWS::Redshift::Cluster', '{name}'],
  ['redshift', 'subnetgroup:', 'Redshift', 'subnet_group', 'AWS::Redshift::ClusterSubnetGroup', '{name}'],
  ['route53', 'hostedzone/', 'Route53', 'zone', 'AWS::Route53::HostedZone', '{name}'],
  ['s3', 'accesspoint/', 'S3', 'access_point', 'AWS::S3::AccessPoint', '{name}'],
  ['s3', 'storage-lens/', 'S3', 'storage_lens', 'AWS::S3::StorageLens', '{name}'],
  ['sagemaker', 'endpoint/', 'SageMaker', 'endpoint', 'AWS::SageMaker::Endpoint', '{arn}'],
  ['sagemaker', 'notebook-instance/', 'SageMaker', 'notebook_instance', 'AWS::SageMaker::NotebookInstance', '{arn}'],
  ['secretsmanager', 'secret:', 'SecretsManager', 'secret', 'AWS::SecretsManager::Secret', '{arn}'],
  ['ses', 'identity/', 'SES', 'identity', 'AWS::SES::EmailIdentity', '{name}'],
  ['ssm', 'parameter/', 'SSM', 'parameter', 'AWS::SSM::Parameter', '{arn}'],
  ['states', 'stateMachine:', 'States', 'state_machine', 'AWS::StepFunctions::StateMachine', '{arn}'],
  ['transfer', 'server/', 'Transfer', 'server', 'AWS::Transfer::Server', '{arn}'],
  ['wafv2', 'global/webacl/', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL', '{parent}|{last}|CLOUDFRONT'],
  ['wafv2', 'regional/webacl/', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL', '{parent}|{last}|REGIONAL'],
  ['workspaces', 'workspace/', 'WorkSpaces', 'workspace', 'AWS::WorkSpaces::Workspace', '{name}'],
];

export const taggedTypes: readonly TaggedType[] = rows.map(
  ([service, arnPrefix, reconService, reconType, cloudFormationType, identifier]) => ({
    service,
    arnPrefix,
    reconService,
    reconType,
    cloudFormationType,
    identifier,
  }),
);

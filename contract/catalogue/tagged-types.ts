// Resources that only the Tagging API shows us: their type from their ARN, in aws-recon's and CloudFormation's words.

export interface TaggedType {
  /** The service as an ARN writes it. */
  readonly service: string;
  /** How the last part of the ARN begins. The longest that fits counts. */
  readonly arnPrefix: string;
  readonly reconService: string;
  readonly reconType: string;
  readonly cloudFormationType: string;
}

type Row = readonly [service: string, arnPrefix: string, reconService: string, reconType: string, type: string];

// aws-recon's names where it collects the type; otherwise names in its style.
const rows: readonly Row[] = [
  ['acm', 'certificate/', 'ACM', 'certificate', 'AWS::CertificateManager::Certificate'],
  ['apigateway', '/restapis/', 'APIGateway', 'api', 'AWS::ApiGateway::RestApi'],
  ['apigateway', '/apis/', 'ApiGatewayV2', 'api', 'AWS::ApiGatewayV2::Api'],
  ['athena', 'workgroup/', 'Athena', 'workgroup', 'AWS::Athena::WorkGroup'],
  ['autoscaling', 'autoScalingGroup:', 'AutoScaling', 'auto_scaling_group', 'AWS::AutoScaling::AutoScalingGroup'],
  ['backup', 'backup-vault:', 'Backup', 'backup_vault', 'AWS::Backup::BackupVault'],
  ['cloudfront', 'distribution/', 'CloudFront', 'distribution', 'AWS::CloudFront::Distribution'],
  ['cloudtrail', 'trail/', 'CloudTrail', 'cloud_trail', 'AWS::CloudTrail::Trail'],
  ['cloudwatch', 'alarm:', 'CloudWatch', 'metric_alarm', 'AWS::CloudWatch::Alarm'],
  ['codebuild', 'project/', 'CodeBuild', 'project', 'AWS::CodeBuild::Project'],
  ['codepipeline', '', 'CodePipeline', 'pipeline', 'AWS::CodePipeline::Pipeline'],
  ['cognito-idp', 'userpool/', 'CognitoIdentityProvider', 'user_pool', 'AWS::Cognito::UserPool'],
  ['config', 'config-rule/', 'ConfigService', 'rule', 'AWS::Config::ConfigRule'],
  ['dms', 'rep:', 'DatabaseMigrationService', 'replication_instance', 'AWS::DMS::ReplicationInstance'],
  ['ec2', 'customer-gateway/', 'EC2', 'customer_gateway', 'AWS::EC2::CustomerGateway'],
  ['ec2', 'dhcp-options/', 'EC2', 'dhcp_options', 'AWS::EC2::DHCPOptions'],
  ['ec2', 'launch-template/', 'EC2', 'launch_template', 'AWS::EC2::LaunchTemplate'],
  ['ec2', 'prefix-list/', 'EC2', 'prefix_list', 'AWS::EC2::PrefixList'],
  ['ec2', 'security-group-rule/', 'EC2', 'security_group_rule', 'AWS::EC2::SecurityGroupRule'],
  ['ec2', 'transit-gateway/', 'EC2', 'transit_gateway', 'AWS::EC2::TransitGateway'],
  ['ec2', 'vpc-flow-log/', 'EC2', 'flow_log', 'AWS::EC2::FlowLog'],
  ['ec2', 'vpc-peering-connection/', 'EC2', 'peering_connection', 'AWS::EC2::VPCPeeringConnection'],
  ['ec2', 'vpn-connection/', 'EC2', 'vpn_connection', 'AWS::EC2::VPNConnection'],
  ['ec2', 'vpn-gateway/', 'EC2', 'vpn_gateway', 'AWS::EC2::VPNGateway'],
  ['ecr', 'repository/', 'ECR', 'repository', 'AWS::ECR::Repository'],
  ['eks', 'cluster/', 'EKS', 'cluster', 'AWS::EKS::Cluster'],
  ['eks', 'nodegroup/', 'EKS', 'node_group', 'AWS::EKS::Nodegroup'],
  ['elasticache', 'cluster:', 'ElastiCache', 'cluster', 'AWS::ElastiCache::CacheCluster'],
  ['elasticfilesystem', 'file-system/', 'EFS', 'filesystem', 'AWS::EFS::FileSystem'],
  [
    'elasticloadbalancing',
    'loadbalancer/',
    'ElasticLoadBalancing',
    'load_balancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/app/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/gwy/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [
    'elasticloadbalancing',
    'loadbalancer/net/',
    'ElasticLoadBalancingV2',
    'load_balancer',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
  ],
  [
    'elasticloadbalancing',
    'targetgroup/',
    'ElasticLoadBalancingV2',
    'target_group',
    'AWS::ElasticLoadBalancingV2::TargetGroup',
  ],
  ['elasticmapreduce', 'cluster/', 'EMR', 'cluster', 'AWS::EMR::Cluster'],
  ['es', 'domain/', 'ElasticsearchService', 'domain', 'AWS::OpenSearchService::Domain'],
  ['events', 'rule/', 'CloudWatchEvents', 'rule', 'AWS::Events::Rule'],
  ['firehose', 'deliverystream/', 'Firehose', 'stream', 'AWS::KinesisFirehose::DeliveryStream'],
  ['glue', 'crawler/', 'Glue', 'crawler', 'AWS::Glue::Crawler'],
  ['glue', 'job/', 'Glue', 'job', 'AWS::Glue::Job'],
  ['guardduty', 'detector/', 'GuardDuty', 'detector', 'AWS::GuardDuty::Detector'],
  ['iam', 'mfa/', 'IAM', 'virtual_mfa_device', 'AWS::IAM::VirtualMFADevice'],
  ['iam', 'oidc-provider/', 'IAM', 'oidc_provider', 'AWS::IAM::OIDCProvider'],
  ['iam', 'saml-provider/', 'IAM', 'saml_provider', 'AWS::IAM::SAMLProvider'],
  ['iam', 'server-certificate/', 'IAM', 'server_certificate', 'AWS::IAM::ServerCertificate'],
  ['kafka', 'cluster/', 'Kafka', 'cluster', 'AWS::MSK::Cluster'],
  ['kinesis', 'stream/', 'Kinesis', 'stream', 'AWS::Kinesis::Stream'],
  ['lambda', 'event-source-mapping:', 'Lambda', 'event_source_mapping', 'AWS::Lambda::EventSourceMapping'],
  ['rds', 'cluster-pg:', 'RDS', 'db_cluster_parameter_group', 'AWS::RDS::DBClusterParameterGroup'],
  ['rds', 'cluster-snapshot:', 'RDS', 'db_cluster_snapshot', 'AWS::RDS::DBClusterSnapshot'],
  ['rds', 'og:', 'RDS', 'option_group', 'AWS::RDS::OptionGroup'],
  ['rds', 'pg:', 'RDS', 'db_parameter_group', 'AWS::RDS::DBParameterGroup'],
  ['rds', 'snapshot:', 'RDS', 'db_snapshot', 'AWS::RDS::DBSnapshot'],
  ['rds', 'subgrp:', 'RDS', 'db_subnet_group', 'AWS::RDS::DBSubnetGroup'],
  ['redshift', 'cluster:', 'Redshift', 'cluster', 'AWS::Redshift::Cluster'],
  ['redshift', 'subnetgroup:', 'Redshift', 'subnet_group', 'AWS::Redshift::ClusterSubnetGroup'],
  ['route53', 'hostedzone/', 'Route53', 'zone', 'AWS::Route53::HostedZone'],
  ['s3', 'accesspoint/', 'S3', 'access_point', 'AWS::S3::AccessPoint'],
  ['s3', 'storage-lens/', 'S3', 'storage_lens', 'AWS::S3::StorageLens'],
  ['sagemaker', 'endpoint/', 'SageMaker', 'endpoint', 'AWS::SageMaker::Endpoint'],
  ['sagemaker', 'notebook-instance/', 'SageMaker', 'notebook_instance', 'AWS::SageMaker::NotebookInstance'],
  ['secretsmanager', 'secret:', 'SecretsManager', 'secret', 'AWS::SecretsManager::Secret'],
  ['ses', 'identity/', 'SES', 'identity', 'AWS::SES::EmailIdentity'],
  ['ssm', 'parameter/', 'SSM', 'parameter', 'AWS::SSM::Parameter'],
  ['states', 'stateMachine:', 'States', 'state_machine', 'AWS::StepFunctions::StateMachine'],
  ['transfer', 'server/', 'Transfer', 'server', 'AWS::Transfer::Server'],
  ['wafv2', 'global/webacl/', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL'],
  ['wafv2', 'regional/webacl/', 'WAFV2', 'web_acl', 'AWS::WAFv2::WebACL'],
  ['workspaces', 'workspace/', 'WorkSpaces', 'workspace', 'AWS::WorkSpaces::Workspace'],
];

export const taggedTypes: readonly TaggedType[] = rows.map(
  ([service, arnPrefix, reconService, reconType, cloudFormationType]) => ({
    service,
    arnPrefix,
    reconService,
    reconType,
    cloudFormationType,
  }),
);

// By which id `terraform import` takes a type: of most their id, of some their ARN or a name in it, of a few a text of several.
import type { DriftItem } from '../../contract/drift/drift-report.ts';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Without `aws_`: what the type's `id` is. */
const byId = words(`
  accessanalyzer_analyzer ami amplify_app amplify_branch api_gateway_api_key api_gateway_base_path_mapping
  api_gateway_client_certificate api_gateway_domain_name api_gateway_rest_api api_gateway_rest_api_policy
  api_gateway_usage_plan api_gateway_vpc_link apigatewayv2_api apigatewayv2_domain_name apigatewayv2_vpc_link
  appconfig_application appconfig_deployment_strategy appflow_flow appstream_fleet appstream_stack appsync_graphql_api
  athena_data_catalog athena_named_query athena_workgroup backup_plan backup_vault budgets_budget
  cloudfront_cache_policy cloudfront_distribution cloudfront_function cloudfront_key_group
  cloudfront_origin_access_control cloudfront_origin_access_identity cloudfront_origin_request_policy
  cloudfront_public_key cloudfront_response_headers_policy cloudwatch_composite_alarm cloudwatch_dashboard
  cloudwatch_event_archive cloudwatch_event_bus cloudwatch_event_connection cloudwatch_event_rule
  cloudwatch_log_group cloudwatch_metric_alarm cloudwatch_metric_stream codecommit_repository codedeploy_app
  codedeploy_deployment_config cognito_identity_pool cognito_identity_provider cognito_user_group cognito_user_pool
  config_config_rule config_configuration_aggregator config_configuration_recorder config_conformance_pack
  config_delivery_channel customer_gateway dax_parameter_group dax_subnet_group db_event_subscription db_instance
  db_option_group db_parameter_group db_proxy db_snapshot db_subnet_group db_cluster_snapshot
  directory_service_directory dlm_lifecycle_policy dms_certificate dms_endpoint dms_replication_instance
  dms_replication_subnet_group dms_replication_task docdb_cluster docdb_cluster_instance docdb_cluster_parameter_group
  docdb_subnet_group dx_connection dx_gateway dx_lag dynamodb_table ebs_snapshot ebs_volume ec2_capacity_reservation
  ec2_carrier_gateway ec2_client_vpn_endpoint ec2_fleet ec2_host ec2_instance_connect_endpoint
  ec2_managed_prefix_list ec2_network_insights_path ec2_traffic_mirror_filter ec2_traffic_mirror_session
  ec2_traffic_mirror_target ec2_transit_gateway ec2_transit_gateway_connect ec2_transit_gateway_connect_peer
  ec2_transit_gateway_multicast_domain ec2_transit_gateway_peering_attachment ec2_transit_gateway_route
  ec2_transit_gateway_route_table ec2_transit_gateway_route_table_association
  ec2_transit_gateway_route_table_propagation ec2_transit_gateway_vpc_attachment ecr_pull_through_cache_rule
  ecr_repository ecr_repository_policy ecrpublic_repository efs_access_point efs_file_system efs_mount_target
  egress_only_internet_gateway eip eip_association eks_access_entry eks_addon eks_cluster eks_fargate_profile
  eks_node_group elastic_beanstalk_application elastic_beanstalk_environment elasticache_cluster
  elasticache_global_replication_group elasticache_parameter_group elasticache_replication_group
  elasticache_serverless_cache elasticache_subnet_group elasticache_user elasticache_user_group elb emr_cluster
  emr_security_configuration emr_studio emrserverless_application flow_log fsx_backup fsx_lustre_file_system
  fsx_ontap_file_system fsx_ontap_storage_virtual_machine fsx_ontap_volume fsx_openzfs_file_system
  fsx_openzfs_volume fsx_windows_file_system glue_catalog_database glue_catalog_table glue_connection glue_crawler
  glue_job glue_security_configuration glue_trigger glue_workflow grafana_workspace guardduty_detector
  guardduty_filter guardduty_ipset guardduty_threatintelset iam_access_key iam_group iam_group_policy
  iam_instance_profile iam_role iam_role_policy iam_server_certificate iam_user iam_user_policy instance
  internet_gateway iot_policy iot_role_alias iot_thing iot_thing_group iot_thing_type iot_topic_rule key_pair
  kms_alias kms_external_key kms_key kms_replica_key lambda_event_source_mapping lambda_function launch_template
  lightsail_instance memorydb_acl memorydb_cluster memorydb_parameter_group memorydb_subnet_group memorydb_user
  mq_broker mq_configuration mwaa_environment nat_gateway neptune_cluster neptune_cluster_instance
  neptune_cluster_parameter_group neptune_event_subscription neptune_parameter_group neptune_subnet_group
  network_acl network_interface placement_group prometheus_workspace rds_cluster rds_cluster_instance
  rds_cluster_parameter_group rds_global_cluster redshift_cluster redshift_event_subscription
  redshift_parameter_group redshift_subnet_group redshiftserverless_namespace redshiftserverless_workgroup
  resourcegroups_group route53_delegation_set route53_health_check route53_query_log route53_record
  route53_resolver_endpoint route53_resolver_firewall_domain_list route53_resolver_firewall_rule_group
  route53_resolver_query_log_config route53_resolver_rule route53_resolver_rule_association route53_zone
  route_table s3_bucket s3_bucket_analytics_configuration s3_bucket_inventory s3_bucket_metric
  s3_bucket_notification s3_bucket_policy s3_bucket_public_access_block sagemaker_domain sagemaker_endpoint
  sagemaker_endpoint_configuration sagemaker_model sagemaker_notebook_instance sagemaker_pipeline
  scheduler_schedule scheduler_schedule_group security_group service_discovery_http_namespace
  service_discovery_public_dns_namespace service_discovery_service servicecatalog_portfolio servicecatalog_product
  ses_configuration_set ses_domain_identity ses_email_identity sesv2_configuration_set sesv2_email_identity
  shield_protection signer_signing_profile sqs_queue sqs_queue_policy ssm_association ssm_document
  ssm_maintenance_window ssm_parameter ssm_patch_baseline subnet synthetics_canary timestreamwrite_database
  transfer_server vpc vpc_dhcp_options vpc_endpoint vpc_endpoint_service vpc_ipam vpc_ipam_pool vpc_ipam_scope
  vpc_peering_connection vpc_security_group_egress_rule vpc_security_group_ingress_rule vpn_connection vpn_gateway
  workspaces_directory workspaces_ip_group workspaces_workspace
`);

const byArn = words(`
  acm_certificate acmpca_certificate_authority apprunner_connection apprunner_service batch_job_definition
  batch_job_queue batch_scheduling_policy cloudformation_type cloudtrail cloudtrail_event_data_store
  codeartifact_domain codeartifact_repository codebuild_report_group codeconnections_connection
  codestarconnections_connection codestarnotifications_notification_rule datasync_task detective_graph
  dms_replication_config ecs_task_definition globalaccelerator_accelerator globalaccelerator_endpoint_group
  globalaccelerator_listener glue_registry glue_schema iam_openid_connect_provider iam_policy iam_saml_provider
  iam_virtual_mfa_device imagebuilder_component imagebuilder_image_pipeline imagebuilder_image_recipe
  inspector2_filter ivs_channel kinesis_firehose_delivery_stream kinesis_stream_consumer kinesis_video_stream
  lambda_code_signing_config lambda_layer_version lb lb_listener lb_listener_rule lb_target_group msk_cluster
  msk_configuration msk_serverless_cluster mskconnect_connector networkfirewall_firewall
  networkfirewall_firewall_policy networkfirewall_rule_group ram_resource_share resourceexplorer2_index
  resourceexplorer2_view secretsmanager_secret sfn_activity sfn_state_machine sns_topic sns_topic_policy
  sns_topic_subscription storagegateway_gateway xray_group
`);

/** The last name in their ARN, where it is not their id already. */
const byName = words(`
  autoscaling_group batch_compute_environment codebuild_project codepipeline dax_cluster ecs_cluster kinesis_stream
  launch_configuration opensearch_domain
`);

type Rule = (item: DriftItem) => string | undefined;

const arnOf: Rule = ({ id, arn = '' }) => (id.startsWith('arn:') ? id : arn || undefined);

/** An identifier of several parts is CloudFormation's, where Terraform's is not known. */
const idOf: Rule = ({ id }) => (id === '' || id.includes('|') ? undefined : id);

const nameOf: Rule = item => (item.id.startsWith('arn:') ? item.id.split(/[/:]/).at(-1) : idOf(item));

/** From groups of a form over one of the item's texts. */
const formed =
  (from: 'id' | 'arn', form: RegExp, write: (...groups: string[]) => string): Rule =>
  item => {
    const matched = form.exec((from === 'arn' ? arnOf(item) : item.id) ?? '');
    return matched === null ? undefined : write(...matched.slice(1).map(group => group ?? ''));
  };

/** From attributes that the report has for people. */
const labelled =
  (labels: readonly string[], separator: string): Rule =>
  ({ human_readable_attributes: attributes = {} }) => {
    const parts = labels.map(label => attributes[label]);
    return parts.some(part => part === undefined || part === '') ? undefined : parts.join(separator);
  };

const firstOf =
  (...rules: readonly Rule[]): Rule =>
  item => {
    for (const rule of rules) {
      const id = rule(item);
      if (id !== undefined) return id;
    }
    return undefined;
  };

const belowApi = formed('arn', /\/(?:restapis|apis)\/([^/]+)\/[a-z_]+\/([^/]+)$/, (api, own) => `${api}/${own}`);
const webAcl = formed('arn', /:(regional|global)\/[a-z]+\/([^/]+)\/([^/]+)$/, (scope, name, id) =>
  [id, name, scope === 'global' ? 'CLOUDFRONT' : 'REGIONAL'].join('/'),
);
const swapped = (separator: string): Rule => formed('id', /^([^|]+)\|([^|]+)$/, (a, b) => `${b}${separator}${a}`);
const joined =
  (separator: string): Rule =>
  item =>
    item.id.includes('|') ? item.id.replaceAll('|', separator) : undefined;
const attachment = (label: string): Rule =>
  firstOf(
    labelled([label, 'Policy'], '/'),
    formed('id', /^([^|]+)\|(arn:.+)$/, (owner, policy) => `${owner}/${policy}`),
  );

/** `sg-1_ingress_tcp_443_443_10.0.0.0/8`; of rules for all ports Terraform's form depends on how they were written. */
const groupRule: Rule = ({ human_readable_attributes: attributes = {} }) => {
  const { SecurityGroup: group, Type: direction, Protocol: protocol = '', Ports: ports = '' } = attributes;
  const peer = attributes['Source'] ?? attributes['Destination'];
  const range = /^(\d+)(?:-(\d+))?$/.exec(ports);
  if (!group || !direction || !peer || range === null || !/^(tcp|udp)$/.test(protocol)) return undefined;
  const [, from, to = from] = range;
  return [group, direction, protocol, from, to, peer === group ? 'self' : peer].join('_');
};

const special: Readonly<Record<string, Rule>> = {
  api_gateway_authorizer: belowApi,
  api_gateway_deployment: belowApi,
  api_gateway_gateway_response: formed('id', /^aggr-([a-z0-9]+)-([A-Z0-9_]+)$/, (api, type) => `${api}/${type}`),
  api_gateway_method: joined('/'),
  api_gateway_model: belowApi,
  api_gateway_resource: belowApi,
  api_gateway_stage: formed('id', /^ags-([a-z0-9]+)-(.+)$/, (api, stage) => `${api}/${stage}`),
  apigatewayv2_authorizer: belowApi,
  apigatewayv2_deployment: belowApi,
  apigatewayv2_integration: belowApi,
  apigatewayv2_model: belowApi,
  apigatewayv2_route: belowApi,
  apigatewayv2_stage: belowApi,
  autoscaling_policy: formed(
    'arn',
    /:autoScalingGroupName\/([^:]+):policyName\/(.+)$/,
    (group, name) => `${group}/${name}`,
  ),
  autoscaling_schedule: formed(
    'arn',
    /:autoScalingGroupName\/([^:]+):scheduledActionName\/(.+)$/,
    (group, name) => `${group}/${name}`,
  ),
  cloudformation_stack: formed('arn', /:stack\/([^/]+)\//, name => name),
  cloudwatch_log_subscription_filter: swapped('|'),
  codedeploy_deployment_group: joined(':'),
  ecs_service: formed('arn', /:service\/([^/]+)\/([^/]+)$/, (cluster, service) => `${cluster}/${service}`),
  iam_group_policy_attachment: attachment('Group'),
  iam_role_policy_attachment: attachment('Role'),
  iam_user_policy_attachment: attachment('User'),
  lambda_alias: formed('arn', /:function:([^:]+):([^:]+)$/, (name, alias) => `${name}/${alias}`),
  network_acl_rule: labelled(['Network', 'Rule number', 'Protocol', 'Egress'], ':'),
  route: labelled(['Table', 'Destination'], '_'),
  route_table_association: firstOf(labelled(['Subnet', 'Table'], '/'), labelled(['Gateway', 'Table'], '/')),
  security_group_rule: groupRule,
  timestreamwrite_table: swapped(':'),
  transfer_user: formed('arn', /:user\/([^/]+)\/([^/]+)$/, (server, user) => `${server}/${user}`),
  wafv2_ip_set: webAcl,
  wafv2_regex_pattern_set: webAcl,
  wafv2_rule_group: webAcl,
  wafv2_web_acl: webAcl,
};

const rules: ReadonlyMap<string, Rule> = new Map([
  ...byId.map(type => [type, idOf] as const),
  ...byArn.map(type => [type, arnOf] as const),
  ...byName.map(type => [type, nameOf] as const),
  ...Object.entries(special),
]);

export type ImportId = { readonly id: string } | { readonly reason: string };

/** The id that `terraform import` wants, or why none is known. */
export const importIdOf = (item: DriftItem): ImportId => {
  if (item.type.includes('::')) return { reason: 'Terraform has no type for it that is known' };
  if (!item.type.startsWith('aws_')) return { reason: `nothing is known of importing ${item.type}` };
  const rule = rules.get(item.type.slice('aws_'.length));
  if (rule === undefined) return { reason: `by which id Terraform imports ${item.type} is not known` };
  const id = rule(item);
  return id === undefined || id === ''
    ? { reason: 'the id by which Terraform imports it cannot be made of what is known of it' }
    : { id };
};

/** Types of which some can be imported. */
export const importableTypes: readonly string[] = [...rules.keys()].map(type => `aws_${type}`);

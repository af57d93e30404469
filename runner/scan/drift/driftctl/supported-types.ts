// What driftctl 0.40 can look at: the 108 Terraform types that it lists, and which of them a region does not bound.

/** Without their common `aws_`. */
const names = `
  alb alb_listener ami api_gateway_account api_gateway_api_key api_gateway_authorizer
  api_gateway_base_path_mapping api_gateway_deployment api_gateway_domain_name api_gateway_gateway_response
  api_gateway_integration api_gateway_integration_response api_gateway_method api_gateway_method_response
  api_gateway_method_settings api_gateway_model api_gateway_request_validator api_gateway_resource
  api_gateway_rest_api api_gateway_rest_api_policy api_gateway_stage api_gateway_vpc_link apigatewayv2_api
  apigatewayv2_api_mapping apigatewayv2_authorizer apigatewayv2_deployment apigatewayv2_domain_name
  apigatewayv2_integration apigatewayv2_integration_response apigatewayv2_model apigatewayv2_route
  apigatewayv2_route_response apigatewayv2_stage apigatewayv2_vpc_link appautoscaling_policy
  appautoscaling_scheduled_action appautoscaling_target cloudformation_stack cloudfront_distribution cloudtrail
  db_instance db_subnet_group default_network_acl default_route_table default_security_group default_subnet
  default_vpc dynamodb_table ebs_encryption_by_default ebs_snapshot ebs_volume ecr_repository
  ecr_repository_policy eip eip_association elasticache_cluster elb iam_access_key iam_group iam_group_policy
  iam_group_policy_attachment iam_policy iam_policy_attachment iam_role iam_role_policy iam_role_policy_attachment
  iam_user iam_user_policy iam_user_policy_attachment instance internet_gateway key_pair kms_alias kms_key
  lambda_event_source_mapping lambda_function launch_configuration launch_template lb lb_listener nat_gateway
  network_acl network_acl_rule rds_cluster rds_cluster_instance route route53_health_check route53_record
  route53_zone route_table route_table_association s3_account_public_access_block s3_bucket
  s3_bucket_analytics_configuration s3_bucket_inventory s3_bucket_metric s3_bucket_notification s3_bucket_policy
  s3_bucket_public_access_block security_group security_group_rule sns_topic sns_topic_policy
  sns_topic_subscription sqs_queue sqs_queue_policy subnet vpc
`;

/** All that it supports; every other type in a state it leaves out without a word. */
export const driftctlTypes: ReadonlySet<string> = new Set(
  names
    .trim()
    .split(/\s+/)
    .map(name => `aws_${name}`),
);

const globalForm = /^aws_(iam_|route53_|cloudfront_|s3_account_public_access_block$)/;

/** Of no region: each run would list them anew, so they go with one run alone. */
export const isGlobalType = (type: string): boolean => globalForm.test(type);

/** Of one region, but listed in every region: managed in one of them, it is managed. */
export const isSeenEverywhere = (type: string): boolean => isGlobalType(type) || type === 'aws_cloudtrail';

/** What is looked at together, because driftctl takes the one for a part of the other; all else belongs to EC2. */
const services: readonly (readonly [string, RegExp])[] = [
  ['api-gateway', /^aws_api_?gateway/],
  ['application-autoscaling', /^aws_appautoscaling_/],
  ['cloudformation', /^aws_cloudformation_/],
  ['cloudfront', /^aws_cloudfront_/],
  ['cloudtrail', /^aws_cloudtrail/],
  ['dynamodb', /^aws_dynamodb_/],
  ['ecr', /^aws_ecr_/],
  ['elasticache', /^aws_elasticache_/],
  ['elb', /^aws_(?:elb|lb|alb)(?:_|$)/],
  ['iam', /^aws_iam_/],
  ['kms', /^aws_kms_/],
  ['lambda', /^aws_lambda_/],
  ['rds', /^aws_(?:db|rds)_/],
  ['route53', /^aws_route53_/],
  ['s3', /^aws_s3_/],
  ['sns', /^aws_sns_/],
  ['sqs', /^aws_sqs_/],
];

/** Types by service, each in one. */
export const driftctlServices: ReadonlyMap<string, readonly string[]> = Map.groupBy(
  driftctlTypes,
  type => services.find(([, form]) => form.test(type))?.[0] ?? 'ec2',
);

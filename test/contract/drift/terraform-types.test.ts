// Terraform's types against the catalogue: a row that names no type of AWS would join nothing, without a word.
import { describe, expect, it } from 'vitest';
import { catalogueType } from '../../../contract/catalogue/catalogue.ts';
import { registryType, registryTypes } from '../../../contract/catalogue/registry.ts';
import {
  identityAttributes,
  inventoryTypeOf,
  terraformType,
  terraformTypeOf,
  terraformTypes,
} from '../../../contract/drift/terraform-types.ts';

/** All that driftctl supports of AWS. */
const driftctlTypes = `aws_alb aws_alb_listener aws_ami aws_api_gateway_account aws_api_gateway_api_key
  aws_api_gateway_authorizer aws_api_gateway_base_path_mapping aws_api_gateway_deployment aws_api_gateway_domain_name
  aws_api_gateway_gateway_response aws_api_gateway_integration aws_api_gateway_integration_response aws_api_gateway_method
  aws_api_gateway_method_response aws_api_gateway_method_settings aws_api_gateway_model aws_api_gateway_request_validator
  aws_api_gateway_resource aws_api_gateway_rest_api aws_api_gateway_rest_api_policy aws_api_gateway_stage
  aws_api_gateway_vpc_link aws_apigatewayv2_api aws_apigatewayv2_api_mapping aws_apigatewayv2_authorizer
  aws_apigatewayv2_deployment aws_apigatewayv2_domain_name aws_apigatewayv2_integration
  aws_apigatewayv2_integration_response aws_apigatewayv2_model aws_apigatewayv2_route aws_apigatewayv2_route_response
  aws_apigatewayv2_stage aws_apigatewayv2_vpc_link aws_appautoscaling_policy aws_appautoscaling_scheduled_action
  aws_appautoscaling_target aws_cloudformation_stack aws_cloudfront_distribution aws_cloudtrail aws_db_instance
  aws_db_subnet_group aws_default_network_acl aws_default_route_table aws_default_security_group aws_default_subnet
  aws_default_vpc aws_dynamodb_table aws_ebs_encryption_by_default aws_ebs_snapshot aws_ebs_volume aws_ecr_repository
  aws_ecr_repository_policy aws_eip aws_eip_association aws_elasticache_cluster aws_elb aws_iam_access_key aws_iam_group
  aws_iam_group_policy aws_iam_group_policy_attachment aws_iam_policy aws_iam_policy_attachment aws_iam_role
  aws_iam_role_policy aws_iam_role_policy_attachment aws_iam_user aws_iam_user_policy aws_iam_user_policy_attachment
  aws_instance aws_internet_gateway aws_key_pair aws_kms_alias aws_kms_key aws_lambda_event_source_mapping
  aws_lambda_function aws_launch_configuration aws_launch_template aws_lb aws_lb_listener aws_nat_gateway aws_network_acl
  aws_network_acl_rule aws_rds_cluster aws_rds_cluster_instance aws_route aws_route53_health_check aws_route53_record
  aws_route53_zone aws_route_table aws_route_table_association aws_s3_account_public_access_block aws_s3_bucket
  aws_s3_bucket_analytics_configuration aws_s3_bucket_inventory aws_s3_bucket_metric aws_s3_bucket_notification
  aws_s3_bucket_policy aws_s3_bucket_public_access_block aws_security_group aws_security_group_rule aws_sns_topic
  aws_sns_topic_policy aws_sns_topic_subscription aws_sqs_queue aws_sqs_queue_policy aws_subnet aws_vpc`.split(/\s+/);

describe('the table of types', () => {
  it('knows at least three hundred of Terraform', () => {
    expect(terraformTypes.length).toBeGreaterThanOrEqual(300);
    expect(new Set(terraformTypes).size).toBe(terraformTypes.length);
  });

  it('knows all that driftctl supports', () => {
    expect(driftctlTypes).toHaveLength(108);
    expect(driftctlTypes.filter(type => terraformType(type) === undefined)).toEqual([]);
  });

  it('joins at least three hundred with types that a listing shows', () => {
    const joined = terraformTypes.filter(type => catalogueType(terraformType(type)?.resourceType ?? '') !== undefined);
    expect(joined.length).toBeGreaterThanOrEqual(300);
  });

  it('names types that CloudFormation or the catalogue has', () => {
    const isKnown = (type: string) => catalogueType(type) !== undefined || registryType(type) !== undefined;
    const rows = terraformTypes.flatMap(type => terraformType(type) ?? []);
    const names = rows.flatMap(({ resourceType, whole }) => [resourceType, ...(whole === undefined ? [] : [whole])]);
    expect([...new Set(names)].filter(name => !isKnown(name))).toEqual([]);
  });

  it('has wholes of parts that a listing shows', () => {
    const wholes = terraformTypes.flatMap(type => terraformType(type)?.whole ?? []);
    expect([...new Set(wholes)].filter(whole => catalogueType(whole) === undefined)).toEqual([]);
  });

  it('names none that another type of the inventory stands for', () => {
    const shown = terraformTypes.flatMap(type => terraformType(type)?.resourceType ?? []);
    expect(shown.filter(type => inventoryTypeOf(type) !== type)).toEqual([]);
  });
});

describe('a type of Terraform', () => {
  it.each([
    ['aws_instance', 'AWS::EC2::Instance'],
    ['aws_alb', 'AWS::ElasticLoadBalancingV2::LoadBalancer'],
    ['aws_default_vpc', 'AWS::EC2::VPC'],
    ['aws_s3_bucket_versioning', 'AWS::S3::Bucket'],
    ['aws_route', 'AWS::EC2::Route'],
    ['awscc_s3_bucket', 'AWS::S3::Bucket'],
    ['awscc_ec2_vpcdhcp_options_association', 'AWS::EC2::VPCDHCPOptionsAssociation'],
    ['awscc_wafv2_ip_set', 'AWS::WAFv2::IPSet'],
    ['awscc_ec2_security_group_ingress', 'AWS::EC2::SecurityGroupRule'],
  ])('%s is %s', (type, resourceType) => {
    expect(terraformType(type)?.resourceType).toBe(resourceType);
  });

  it.each(['aws_nothing', 'awscc_nothing_at_all', 'google_storage_bucket', 'awscc_'])('%s is not known', type => {
    expect(terraformType(type)).toBeUndefined();
  });

  it('is one of CloudFormation’s in the provider awscc, for each of the registry', () => {
    const names = Object.keys(registryTypes).filter(name => name.startsWith('AWS::'));
    const awscc = names.map(name => `awscc_${name.split('::').slice(1).join('_').toLowerCase()}`);
    expect(names.filter((name, at) => terraformType(awscc[at] ?? '')?.resourceType !== inventoryTypeOf(name))).toEqual(
      [],
    );
  });

  it.each([
    ['AWS::EC2::VPC', 'aws_vpc'],
    ['AWS::RDS::DBInstance', 'aws_db_instance'],
    ['AWS::IAM::Role', 'aws_iam_role'],
    ['AWS::KMS::Key', 'aws_kms_key'],
    ['AWS::EC2::SecurityGroupRule', 'aws_security_group_rule'],
    ['AWS::S3::Bucket', 'aws_s3_bucket'],
  ])('%s is called %s', (resourceType, type) => {
    expect(terraformTypeOf(resourceType)).toBe(type);
  });

  it('is found by attributes that a state has to keep', () => {
    expect([...identityAttributes('aws_iam_role_policy')]).toEqual(['name', 'role']);
    expect([...identityAttributes('aws_default_route_table')]).toEqual(['arn', 'route']);
    expect(identityAttributes('aws_security_group_rule')).toContain('source_security_group_id');
    expect([...identityAttributes('aws_guardduty_ipset')]).toEqual([]);
    expect([...identityAttributes('aws_nothing')]).toEqual([]);
  });
});

// Attributes of a state that the join needs beside those in the templates of keys: what resources declare inside themselves.

/** Attributes in which a resource declares parts that AWS shows beside it, or by which its parts are told apart. */
export const inlineAttributes: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_deployment: ['rest_api_id', 'stage_name'],
  aws_api_gateway_rest_api: ['policy', 'root_resource_id'],
  aws_dynamodb_table: ['replica'],
  aws_eip: ['association_id', 'instance', 'network_interface'],
  aws_iam_group_membership: ['users', 'group'],
  aws_iam_policy_attachment: ['policy_arn', 'users', 'roles', 'groups'],
  aws_iam_role: ['name', 'managed_policy_arns', 'inline_policy'],
  aws_iam_user_group_membership: ['user', 'groups'],
  aws_instance: ['root_block_device', 'ebs_block_device', 'primary_network_interface_id'],
  aws_network_acl: ['ingress', 'egress'],
  aws_route53_record: ['zone_id', 'name', 'fqdn', 'type', 'set_identifier'],
  aws_route_table: ['route'],
  aws_s3_bucket: ['policy', 'region'],
  aws_secretsmanager_secret: ['replica'],
  aws_security_group: ['ingress', 'egress'],
  aws_security_group_rule: [
    'type',
    'protocol',
    'from_port',
    'to_port',
    'cidr_blocks',
    'ipv6_cidr_blocks',
    'prefix_list_ids',
    'self',
    'source_security_group_id',
    'security_group_id',
  ],
  aws_sns_topic: ['policy'],
  aws_sqs_queue: ['policy'],
};

// Attributes that a resource shares with resources of their own: where both are declared, the own one has the say. Pure.
import type { DeclaredResource } from '../resources.ts';

/** Terraform's type → the attribute that names its whole, the whole's types, and the whole's attributes that it stands for. */
interface Separate {
  readonly by: string;
  readonly wholes: readonly string[];
  readonly attributes: readonly string[];
}

const groups = ['aws_security_group', 'aws_default_security_group'];
const bucket = (...attributes: readonly string[]): Separate => ({
  by: 'bucket',
  wholes: ['aws_s3_bucket'],
  attributes,
});
const ruleOf = (attribute: string): Separate => ({ by: 'security_group_id', wholes: groups, attributes: [attribute] });
const role = (attribute: string): Separate => ({ by: 'role', wholes: ['aws_iam_role'], attributes: [attribute] });

const separates: Readonly<Record<string, Separate>> = {
  aws_vpc_security_group_ingress_rule: ruleOf('ingress'),
  aws_vpc_security_group_egress_rule: ruleOf('egress'),
  aws_route: {
    by: 'route_table_id',
    wholes: ['aws_route_table', 'aws_default_route_table'],
    attributes: ['route'],
  },
  aws_network_acl_rule: {
    by: 'network_acl_id',
    wholes: ['aws_network_acl', 'aws_default_network_acl'],
    attributes: ['ingress', 'egress'],
  },
  aws_s3_bucket_policy: bucket('policy'),
  aws_s3_bucket_versioning: bucket('versioning'),
  aws_s3_bucket_server_side_encryption_configuration: bucket('server_side_encryption_configuration'),
  aws_s3_bucket_logging: bucket('logging'),
  aws_iam_role_policy: role('inline_policy'),
  aws_iam_role_policy_attachment: role('managed_policy_arns'),
  aws_sqs_queue_policy: { by: 'queue_url', wholes: ['aws_sqs_queue'], attributes: ['policy'] },
  aws_sqs_queue_redrive_policy: { by: 'queue_url', wholes: ['aws_sqs_queue'], attributes: ['redrive_policy'] },
  aws_sns_topic_policy: { by: 'arn', wholes: ['aws_sns_topic'], attributes: ['policy'] },
  aws_kms_key_policy: { by: 'key_id', wholes: ['aws_kms_key'], attributes: ['policy'] },
  aws_secretsmanager_secret_policy: {
    by: 'secret_arn',
    wholes: ['aws_secretsmanager_secret'],
    attributes: ['policy'],
  },
  aws_secretsmanager_secret_rotation: {
    by: 'secret_id',
    wholes: ['aws_secretsmanager_secret'],
    attributes: ['rotation_enabled', 'rotation_lambda_arn'],
  },
  // An instance is known by its first interface here.
  aws_network_interface_sg_attachment: {
    by: 'network_interface_id',
    wholes: ['aws_network_interface', 'aws_instance'],
    attributes: ['security_groups', 'vpc_security_group_ids'],
  },
  aws_internet_gateway_attachment: {
    by: 'internet_gateway_id',
    wholes: ['aws_internet_gateway'],
    attributes: ['vpc_id'],
  },
  // Of a table, as `table/name`: its capacity is the scaling's.
  aws_appautoscaling_target: {
    by: 'resource_id',
    wholes: ['aws_dynamodb_table'],
    attributes: ['read_capacity', 'write_capacity'],
  },
  aws_vpc_endpoint_security_group_association: {
    by: 'vpc_endpoint_id',
    wholes: ['aws_vpc_endpoint'],
    attributes: ['security_group_ids'],
  },
  aws_vpc_endpoint_policy: { by: 'vpc_endpoint_id', wholes: ['aws_vpc_endpoint'], attributes: ['policy'] },
  aws_vpc_endpoint_route_table_association: {
    by: 'vpc_endpoint_id',
    wholes: ['aws_vpc_endpoint'],
    attributes: ['route_table_ids'],
  },
  aws_vpc_endpoint_subnet_association: {
    by: 'vpc_endpoint_id',
    wholes: ['aws_vpc_endpoint'],
    attributes: ['subnet_ids'],
  },
};

/** The attributes that tell which whole a separate resource belongs to; a state's reader has to keep them. */
export const separatingAttributes = (type: string): readonly string[] => {
  if (type === 'aws_security_group_rule') return ['security_group_id', 'type'];
  if (type === 'aws_iam_policy_attachment') return ['roles'];
  if (type === 'aws_instance') return ['primary_network_interface_id'];
  const row = separates[type];
  return row === undefined ? [] : [row.by];
};

const separateOf = ({ type, attributes }: DeclaredResource): Separate | undefined => {
  if (type !== 'aws_security_group_rule') return separates[type];
  return ruleOf(attributes['type'] === 'egress' ? 'egress' : 'ingress');
};

const none: ReadonlySet<string> = new Set();

/** Of a whole: its attributes that other declarations stand for, and a comparison would find out of date. */
export type SeparateAttributes = (declared: DeclaredResource) => ReadonlySet<string>;

/** Looks through all declarations of an account once. */
export const separatelyDeclared = (declared: Iterable<DeclaredResource>): SeparateAttributes => {
  const byWhole = new Map<string, Set<string>>();
  const note = (wholes: readonly string[], id: unknown, attributes: readonly string[]): void => {
    if (typeof id !== 'string' || id === '') return;
    for (const whole of wholes) {
      const key = `${whole} ${id.replace(/^table[/]/, '')}`;
      const known = byWhole.get(key) ?? new Set();
      for (const attribute of attributes) known.add(attribute);
      byWhole.set(key, known);
    }
  };
  for (const resource of declared) {
    const row = separateOf(resource);
    if (row !== undefined) note(row.wholes, resource.attributes[row.by], row.attributes);
    // One resource attaches a policy to many.
    const { roles } = resource.attributes;
    if (resource.type === 'aws_iam_policy_attachment' && Array.isArray(roles)) {
      for (const name of roles) note(['aws_iam_role'], name, ['managed_policy_arns']);
    }
  }
  return ({ type, id, attributes }) => {
    const name = type === 'aws_instance' ? attributes['primary_network_interface_id'] : id;
    return byWhole.get(`${type} ${name}`) ?? none;
  };
};

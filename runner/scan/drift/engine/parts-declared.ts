// What one instance of a state declares: itself, and the parts that it names in its attributes, each with its keys. Pure.

import { terraformType } from '../../../../contract/drift/terraform-types.ts';
import type { Members } from '../members.ts';
import type { DeclaredResource } from '../resources.ts';
import { recordId } from './identity.ts';
import { blocks, type Claim, fillKeys, isText, textsIn } from './parts-claim.ts';
import { aclRuleId, routeId } from './parts-network.ts';
import { ruleId, ruleKey, splitRule } from './parts-rules.ts';
import { severalOf } from './parts-several.ts';

interface InlinePart {
  readonly type: string;
  readonly id: string;
  readonly keys: readonly string[];
  readonly attributes?: Members;
  readonly inline?: Claim['inline'];
  /** Where it is another than the whole's. */
  readonly region?: string;
}

/** Where anything of the whole is secret, every attribute of its parts may hold it. */
const sensitiveOf = ({ sensitive }: DeclaredResource, attributes: Members): readonly string[] =>
  sensitive.length === 0 ? sensitive : [...sensitive, ...Object.keys(attributes)];

const claimOf = (whole: DeclaredResource, { attributes = {}, ...part }: InlinePart): Claim => ({
  declared: {
    ...whole,
    type: part.type,
    id: part.id,
    region: part.region ?? whole.region,
    attributes,
    sensitive: sensitiveOf(whole, attributes),
  },
  row: terraformType(part.type),
  keys: part.keys,
  inline: part.inline ?? 'required',
});

type Expand = (declared: DeclaredResource) => readonly InlinePart[];

/** The policy of a resource, known by the id of its whole, which stands in the attribute of that name. */
const policyOf =
  (type: string, whole: string): Expand =>
  ({ id, attributes: { policy } }) =>
    isText(policy) ? [{ type, id, keys: [id], attributes: { [whole]: id, policy } }] : [];

const volumesOf: Expand = ({ attributes }) => [
  ...['root_block_device', 'ebs_block_device']
    .flatMap(name => blocks(attributes, name))
    .map(block => block['volume_id'])
    .filter(isText)
    .map(id => ({ type: 'aws_ebs_volume', id, keys: [id] })),
  ...[attributes['primary_network_interface_id']]
    .filter(isText)
    .map(id => ({ type: 'aws_network_interface', id, keys: [id], inline: 'optional' as const })),
];

const routesOf: Expand = ({ id, attributes }) =>
  blocks(attributes, 'route').flatMap(route => {
    const destination = [route['cidr_block'], route['ipv6_cidr_block'], route['destination_prefix_list_id']].find(
      isText,
    );
    if (destination === undefined) return [];
    const part = { ...route, route_table_id: id };
    return [{ type: 'aws_route', id: routeId(id, destination), keys: [`${id}|${destination}`], attributes: part }];
  });

const entriesOf: Expand = ({ id: acl, attributes }) =>
  (['ingress', 'egress'] as const).flatMap(name =>
    blocks(attributes, name).map(entry => {
      const egress = name === 'egress';
      const number = entry['rule_no'];
      const id = aclRuleId({ acl, number, egress, protocol: entry['protocol'] });
      const part = { ...entry, network_acl_id: acl, rule_number: number, egress };
      return { type: 'aws_network_acl_rule', id, keys: [`${acl}|${number}|${egress}`], attributes: part };
    }),
  );

const roleParts: Expand = ({ id: role, attributes }) => [
  ...textsIn(attributes, 'managed_policy_arns').map(arn => ({
    type: 'aws_iam_role_policy_attachment',
    id: `${role}-${arn}`,
    keys: [`${role}|${arn}`],
    attributes: { role, policy_arn: arn },
  })),
  ...blocks(attributes, 'inline_policy')
    .filter(({ name }) => isText(name))
    .map(({ name, policy }) => ({
      type: 'aws_iam_role_policy',
      id: `${role}:${name}`,
      keys: [`${name}|${role}`],
      attributes: { name, role, policy },
    })),
];

const groupRulesOf: Expand = ({ id: group, attributes }) =>
  (['ingress', 'egress'] as const)
    .flatMap(direction =>
      blocks(attributes, direction).flatMap(block => splitRule({ group, direction, attributes: block })),
    )
    .map(rule => ({ type: 'aws_security_group_rule', id: ruleId(rule), keys: [ruleKey(rule)], inline: 'optional' }));

const addressAssociation: Expand = ({ id, attributes }) =>
  [attributes['association_id']].filter(isText).map(association => ({
    type: 'aws_eip_association',
    id: association,
    keys: [association],
    attributes: { allocation_id: id },
  }));

/** Copies in other regions, which the one instance manages with it. */
const replicasOf =
  (member: string): Expand =>
  ({ type, id, region: home = '', attributes }) =>
    blocks(attributes, 'replica')
      .map(replica => replica[member])
      .filter(isText)
      .map(region => {
        const copy = id.replace(`:${home}:`, `:${region}:`);
        return { type, id: copy, keys: [copy], region, inline: 'optional' as const };
      });

const restApiParts: Expand = declared => [
  ...[declared.attributes['root_resource_id']]
    .filter(isText)
    .map(id => ({ type: 'aws_api_gateway_resource', id, keys: [`${declared.id}|${id}`] })),
  ...policyOf('aws_api_gateway_rest_api_policy', 'rest_api_id')(declared),
];

const stageOfDeployment: Expand = ({ attributes: { rest_api_id: api, stage_name: stage } }) =>
  isText(api) && isText(stage)
    ? [{ type: 'aws_api_gateway_stage', id: `ags-${api}-${stage}`, keys: [`${api}|${stage}`] }]
    : [];

/** By Terraform's own name: the parts that a resource declares inside itself. */
const inlineParts: Readonly<Record<string, Expand>> = {
  aws_api_gateway_deployment: stageOfDeployment,
  aws_api_gateway_rest_api: restApiParts,
  aws_dynamodb_table: replicasOf('region_name'),
  aws_eip: addressAssociation,
  aws_iam_role: roleParts,
  aws_instance: volumesOf,
  aws_network_acl: entriesOf,
  aws_route_table: routesOf,
  aws_s3_bucket: policyOf('aws_s3_bucket_policy', 'bucket'),
  aws_secretsmanager_secret: replicasOf('region'),
  aws_security_group: groupRulesOf,
  aws_sns_topic: policyOf('aws_sns_topic_policy', 'arn'),
  aws_sqs_queue: policyOf('aws_sqs_queue_policy', 'queue_url'),
};

/** Keys that no template makes, beside those that do. */
const ownKeys: Readonly<Record<string, (attributes: Members) => readonly string[]>> = {
  aws_api_gateway_base_path_mapping: ({ domain_name: domain, base_path: path }) =>
    isText(path) ? [] : [`${domain}|(none)`, `${domain}|`],
  // Terraform takes a function’s ARN for its name, with a version or an alias behind it too.
  aws_lambda_permission: ({ function_name: name, statement_id: id }) => {
    const plain = isText(name) ? /:function:([^:]+)/.exec(name)?.[1] : undefined;
    return plain !== undefined && isText(id) ? [`${plain}|${id}`] : [];
  },
  aws_route53_record: ({ zone_id: zone, fqdn, name, type, set_identifier: set }) =>
    isText(zone) && (isText(fqdn) || isText(name)) ? [recordId({ zone, name: fqdn ?? name, type, set })] : [],
};

/** All that an instance declares: itself first, then what it declares inside itself. */
export const claimsOf = (declared: DeclaredResource): Claim[] => {
  const row = terraformType(declared.type);
  const several = severalOf[declared.type]?.(declared);
  if (several !== undefined) return several;
  const keys = fillKeys(row?.keys ?? [], declared);
  const more = ownKeys[declared.type]?.(declared.attributes) ?? [];
  const self: Claim = { declared, row, keys: more.length === 0 ? keys : [...more, ...keys] };
  const expand = row === undefined ? undefined : inlineParts[row.canonical];
  return expand === undefined ? [self] : [self, ...expand(declared).map(part => claimOf(declared, part))];
};

// What tells a resource to a person where its id does not: a few attributes, under driftctl's names for them. Pure.
import { type GroupRule, readRule, splitRule } from '../engine/parts-rules.ts';
import type { DeclaredResource, JudgedResource } from '../resources.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** A label, and what states and AWS call the attribute; `whole` is the key of what the resource is a part of. */
type Row = readonly [label: string, ...names: string[]];

const whole = 'whole';
const user: Row = ['User', 'user', 'user_name'];
const policy: Row = ['Policy', 'policy_arn'];

const rows: Readonly<Record<string, readonly Row[]>> = {
  aws_eip_association: [
    ['Allocation', 'allocation_id'],
    ['Instance', 'instance_id'],
  ],
  aws_iam_access_key: [user],
  aws_iam_group_policy_attachment: [['Group', 'group'], policy],
  aws_iam_role_policy_attachment: [['Role', 'role'], policy],
  aws_iam_user_policy_attachment: [user, policy],
  aws_lambda_event_source_mapping: [
    ['Source', 'event_source_arn'],
    ['Dest', 'function_name', 'function_arn'],
  ],
  aws_network_acl_rule: [
    ['Network', 'network_acl_id', whole],
    ['Rule number', 'rule_number'],
    ['Egress', 'egress'],
    ['Protocol', 'protocol'],
    ['CIDR', 'cidr_block', 'ipv6_cidr_block', 'ipv_6_cidr_block'],
  ],
  aws_route: [
    ['Table', 'route_table_id', whole],
    [
      'Destination',
      ...['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_ipv_6_cidr_block'],
      'destination_prefix_list_id',
    ],
  ],
  aws_route_table_association: [
    ['Table', 'route_table_id'],
    ['Gateway', 'gateway_id'],
    ['Subnet', 'subnet_id'],
  ],
};

const text = (value: unknown): string => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '');

const portsOf = ({ from, to, protocol }: GroupRule): string => {
  if (protocol === '-1' || protocol === 'all' || from === undefined || from === -1) return 'All';
  return from === to || to === undefined ? String(from) : `${from}-${to}`;
};

/** A rule's id is a hash: what it lets through says more. Rules of one declaration differ in their peers alone. */
const describeRules = (rules: readonly GroupRule[]): [string, string][] => {
  const [first] = rules;
  if (first === undefined) return [];
  const peers = rules.map(({ peer }) => peer).join(', ');
  return [
    ['Type', first.direction],
    ['SecurityGroup', first.group],
    ['Protocol', first.protocol === '-1' ? 'All' : first.protocol],
    ['Ports', portsOf(first)],
    [first.direction === 'egress' ? 'Destination' : 'Source', peers],
  ];
};

const declaredRules = ({ attributes }: DeclaredResource): GroupRule[] =>
  splitRule({
    group: text(attributes['security_group_id']),
    direction: attributes['type'] === 'egress' ? 'egress' : 'ingress',
    attributes,
  });

/** Whether the state marks it, or something in it, as secret. */
const isSecret = (declared: DeclaredResource | undefined, name: string): boolean =>
  declared?.sensitive.some(path => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)) ===
  true;

const describeRule = ({ declared, found }: JudgedResource): [string, string][] =>
  // What a rule lets through is one text of many attributes.
  declared !== undefined && declared.sensitive.length > 0
    ? []
    : describeRules(
        declared === undefined ? [readRule(found?.description ?? {}) ?? []].flat() : declaredRules(declared),
      );

const describeRows = (type: string, { declared, found }: JudgedResource): [string, string][] => {
  const attributes: Attributes = { [whole]: found?.partOf, ...(declared?.attributes ?? found?.description) };
  return (rows[type] ?? []).map(([label, ...names]) => [
    label,
    names.map(name => (isSecret(declared, name) ? '' : text(attributes[name]))).find(value => value !== '') ?? '',
  ]);
};

/** Attributes by the labels that a reader sees; empty where the id says enough. */
export const readableAttributes = (judged: JudgedResource): Record<string, string> => {
  const { declared, found } = judged;
  const type = declared?.type ?? found?.type ?? '';
  const name = found?.tags['Name'];
  const named: [string, string][] = name !== undefined && name !== found?.id ? [['Name', name]] : [];
  const told = type === 'aws_security_group_rule' ? describeRule(judged) : describeRows(type, judged);
  return Object.fromEntries([...named, ...told].filter(([, value]) => value !== ''));
};

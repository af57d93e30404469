// Parts of networks and volumes: routes, associations, entries and attachments, as EC2's descriptions of their wholes tell. Pure.
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import { textHash } from './parts-rules.ts';

export interface Part {
  /** Terraform's type, and CloudFormation's where it has one. */
  readonly type: string;
  readonly resourceType?: string;
  readonly id: string;
  readonly keys: readonly string[];
  readonly description?: Members;
  readonly byDefault?: boolean;
}

const noTags: Readonly<Record<string, string>> = {};

/** A part as a found resource: of the whole's region, without an ARN or tags of its own. */
export const partOf = (whole: FoundResource, part: Part): FoundResource => ({
  resourceType: part.resourceType ?? whole.resourceType,
  type: part.type,
  id: part.id,
  keys: [...new Set([part.id, ...part.keys])],
  arn: '',
  region: whole.region,
  name: null,
  tags: noTags,
  description: part.description,
  partOf: whole.id,
  ...(part.byDefault ? { byDefault: true as const } : {}),
});

/** The structures in a member that is a list of them. */
export const structures = (members: Members | undefined, name: string): readonly Members[] => {
  const value = members?.[name];
  return Array.isArray(value) ? value.filter(item => typeof item === 'object' && item !== null) : [];
};

const textIn = (members: Members, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const value = members[name];
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
};

const defined = <Value>(value: Value | undefined): readonly Value[] => (value === undefined ? [] : [value]);

/** Terraform's id of a route: its table's, and a hash of where it leads. */
export const routeId = (table: string, destination: string): string => `r-${table}${textHash(destination)}`;

const routePart = (table: FoundResource, route: Members): Part | undefined => {
  const destination = textIn(
    route,
    'destination_cidr_block',
    'destination_ipv_6_cidr_block',
    'destination_ipv6_cidr_block',
    'destination_prefix_list_id',
  );
  if (destination === undefined) return undefined;
  return {
    type: 'aws_route',
    resourceType: 'AWS::EC2::Route',
    id: routeId(table.id, destination),
    keys: [`${table.id}|${destination}`],
    description: { ...route, vpc_id: table.description?.['vpc_id'] },
    // The local one, those that a gateway propagates, and those of gateway endpoints are nobody’s to write.
    byDefault: route['origin'] !== 'CreateRoute' || textIn(route, 'gateway_id')?.startsWith('vpce-') === true,
  };
};

const associationPart = (table: FoundResource, association: Members): Part | undefined => {
  const id = textIn(association, 'route_table_association_id');
  if (id === undefined) return undefined;
  if (association['main'] === true) return { type: 'aws_main_route_table_association', id, keys: [], byDefault: true };
  return {
    type: 'aws_route_table_association',
    resourceType: 'AWS::EC2::SubnetRouteTableAssociation',
    id,
    keys: [`${table.id}|${textIn(association, 'subnet_id', 'gateway_id') ?? ''}`],
    description: association,
  };
};

export const routeTableParts = (table: FoundResource): FoundResource[] =>
  [
    ...structures(table.description, 'routes').map(route => routePart(table, route)),
    ...structures(table.description, 'associations').map(association => associationPart(table, association)),
    ...structures(table.description, 'propagating_vgws').map(vgw => ({
      type: 'aws_vpn_gateway_route_propagation',
      id: `${vgw['gateway_id']}_${table.id}`,
      keys: [`${vgw['gateway_id']}|${table.id}`],
    })),
  ].flatMap(part => (part === undefined ? [] : [partOf(table, part)]));

export const addressParts = (address: FoundResource): FoundResource[] =>
  defined(textIn(address.description ?? {}, 'association_id')).map(id =>
    partOf(address, {
      type: 'aws_eip_association',
      resourceType: 'AWS::EC2::EIPAssociation',
      id,
      keys: [],
      ...(address.description === undefined ? {} : { description: address.description }),
    }),
  );

/** Terraform's id of an entry of a network ACL. */
export const aclRuleId = (rule: {
  readonly acl: string;
  readonly number: unknown;
  readonly egress: boolean;
  readonly protocol: unknown;
}): string => `nacl-${textHash(`${rule.acl}-${rule.number}-${rule.egress}-${rule.protocol}-`)}`;

/** The entry that ends every ACL, for each family of addresses. */
const lastNumbers: ReadonlySet<unknown> = new Set([32_767, 32_768]);

/** What a default ACL is made with: everything may pass. */
const isFirstOfDefault = (acl: FoundResource, entry: Members): boolean =>
  acl.type === 'aws_default_network_acl' &&
  (entry['rule_number'] === 100 || entry['rule_number'] === 101) &&
  entry['rule_action'] === 'allow' &&
  entry['protocol'] === '-1' &&
  (entry['cidr_block'] === '0.0.0.0/0' || textIn(entry, 'ipv_6_cidr_block', 'ipv6_cidr_block') === '::/0');

const entryPart = (acl: FoundResource, entry: Members): Part => {
  const egress = entry['egress'] === true;
  const number = entry['rule_number'];
  return {
    type: 'aws_network_acl_rule',
    resourceType: 'AWS::EC2::NetworkAclEntry',
    id: aclRuleId({ acl: acl.id, number, egress, protocol: entry['protocol'] }),
    keys: [`${acl.id}|${number}|${egress}`],
    description: entry,
    byDefault: lastNumbers.has(number) || isFirstOfDefault(acl, entry),
  };
};

export const aclParts = (acl: FoundResource): FoundResource[] => [
  ...structures(acl.description, 'entries').map(entry => partOf(acl, entryPart(acl, entry))),
  ...structures(acl.description, 'associations').flatMap(association =>
    defined(textIn(association, 'network_acl_association_id')).map(id =>
      partOf(acl, {
        type: 'aws_network_acl_association',
        resourceType: 'AWS::EC2::SubnetNetworkAclAssociation',
        id,
        keys: [],
        byDefault: true,
      }),
    ),
  ),
];

const attachedTo = (gateway: FoundResource, attachments: readonly Members[], type: string): FoundResource[] =>
  attachments.flatMap(attachment =>
    defined(textIn(attachment, 'vpc_id')).map(vpc =>
      partOf(gateway, {
        type,
        resourceType: 'AWS::EC2::VPCGatewayAttachment',
        id: `${gateway.id}:${vpc}`,
        keys: [`${gateway.id}|${vpc}`],
        byDefault: true,
      }),
    ),
  );

export const gatewayParts = (gateway: FoundResource): FoundResource[] =>
  attachedTo(gateway, structures(gateway.description, 'attachments'), 'aws_internet_gateway_attachment');

export const vpnGatewayParts = (gateway: FoundResource): FoundResource[] =>
  attachedTo(gateway, structures(gateway.description, 'vpc_attachments'), 'aws_vpn_gateway_attachment');

export const volumeParts = (volume: FoundResource): FoundResource[] =>
  structures(volume.description, 'attachments').flatMap(attachment =>
    defined(textIn(attachment, 'instance_id')).map(instance =>
      partOf(volume, {
        type: 'aws_volume_attachment',
        resourceType: 'AWS::EC2::VolumeAttachment',
        id: `${volume.id}:${instance}`,
        keys: [`${volume.id}|${instance}`],
        byDefault: true,
      }),
    ),
  );

const texts = (members: Members | undefined, name: string): readonly string[] => {
  const value = members?.[name];
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
};

export const endpointParts = (endpoint: FoundResource): FoundResource[] => {
  const joined = (type: string, ids: readonly string[]): FoundResource[] =>
    ids.map(id =>
      partOf(endpoint, { type, id: `${endpoint.id}/${id}`, keys: [`${endpoint.id}|${id}`], byDefault: true }),
    );
  const groups = structures(endpoint.description, 'groups').flatMap(group => defined(textIn(group, 'group_id')));
  return [
    ...joined('aws_vpc_endpoint_route_table_association', texts(endpoint.description, 'route_table_ids')),
    ...joined('aws_vpc_endpoint_subnet_association', texts(endpoint.description, 'subnet_ids')),
    ...joined('aws_vpc_endpoint_security_group_association', groups),
  ];
};

// A record of the inventory as drift sees it: Terraform's type and id, and all that a state may call it. Pure.

import type { InventoryRecord } from '../../../../contract/catalogue/inventory-record.ts';
import { registryType } from '../../../../contract/catalogue/registry.ts';
import { terraformTypeOf } from '../../../../contract/drift/terraform-types.ts';
import { reconName } from '../../inventory/recon-shape.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import { isGone } from './gone.ts';
import { foundKeys, madeInPassing, seenOtherwise } from './identity-rows.ts';
import { identifyRule } from './parts-rules.ts';
import { fillTemplate } from './templates.ts';

/** What a type's members say of Terraform's name for it; undefined where the type alone says it. */
type Kind = (members: Members) => string | undefined;

const isMain = (association: unknown): boolean => (association as Members | null)?.['main'] === true;

const fileSystems: Readonly<Record<string, string>> = {
  LUSTRE: 'aws_fsx_lustre_file_system',
  ONTAP: 'aws_fsx_ontap_file_system',
  OPENZFS: 'aws_fsx_openzfs_file_system',
  WINDOWS: 'aws_fsx_windows_file_system',
};

const attachments: Readonly<Record<string, string>> = {
  connect: 'aws_ec2_transit_gateway_connect',
  peering: 'aws_ec2_transit_gateway_peering_attachment',
  vpc: 'aws_ec2_transit_gateway_vpc_attachment',
};

const directory: Kind = () => 'aws_directory_service_directory';

const kinds: Readonly<Record<string, Kind>> = {
  'AWS::DirectoryService::ADConnector': directory,
  'AWS::DirectoryService::SimpleAD': directory,
  'AWS::EC2::NetworkAcl': ({ is_default }) => (is_default === true ? 'aws_default_network_acl' : undefined),
  'AWS::EC2::RouteTable': ({ associations }) =>
    Array.isArray(associations) && associations.some(isMain) ? 'aws_default_route_table' : undefined,
  'AWS::EC2::SecurityGroup': ({ group_name }) => (group_name === 'default' ? 'aws_default_security_group' : undefined),
  'AWS::EC2::Subnet': ({ default_for_az }) => (default_for_az === true ? 'aws_default_subnet' : undefined),
  'AWS::EC2::TransitGatewayAttachment': ({ resource_type }) => attachments[String(resource_type)],
  'AWS::EC2::VPC': ({ is_default }) => (is_default === true ? 'aws_default_vpc' : undefined),
  'AWS::FSx::FileSystem': ({ file_system_type }) => fileSystems[String(file_system_type)],
  'AWS::FSx::Volume': ({ volume_type }) => (volume_type === 'OPENZFS' ? 'aws_fsx_openzfs_volume' : undefined),
  'AWS::RDS::DBInstance': ({ db_cluster_identifier }) =>
    typeof db_cluster_identifier === 'string' ? 'aws_rds_cluster_instance' : undefined,
};

/** CloudFormation's own identifier of types that the inventory knows by their ARN: members of the answer, by their names. */
const ownIdentifiers = new Map<string, readonly string[]>();

const ownIdentifier = (resourceType: string, members: Members): string | undefined => {
  let names = ownIdentifiers.get(resourceType);
  if (names === undefined) {
    names = (registryType(resourceType)?.id ?? []).map(reconName);
    ownIdentifiers.set(resourceType, names);
  }
  const parts = names.map(name => members[name]);
  return parts.length > 0 && parts.every(part => typeof part === 'string') ? parts.join('|') : undefined;
};

/** `Z1_www.example.com_A`, and `_blue` behind it where several answer to one name: Terraform's id of a record. */
export const recordId = (record: {
  readonly zone: unknown;
  readonly name: unknown;
  readonly type: unknown;
  readonly set: unknown;
}): string => {
  // Route 53 writes `*` as an octal number, and ends each name with a dot.
  const name = String(record.name).toLowerCase().replace(/\.$/, '').replace('\\052', '*');
  const set = typeof record.set === 'string' && record.set !== '' ? `_${record.set}` : '';
  return `${record.zone}_${name}_${record.type}${set}`;
};

const keysOf = (record: InventoryRecord, members: Members): readonly string[] => {
  if (record.resourceType === 'AWS::Route53::RecordSet') {
    const { hosted_zone_id: zone, name, type, set_identifier: set } = members;
    // aws-recon’s type of the record takes the place of Route 53’s: the identifier has it.
    const told = record.resourceId.split('/recordset/')[1]?.split('/')[1];
    return typeof name === 'string' ? [recordId({ zone, name, type: told ?? type, set })] : [];
  }
  const { resourceType, resourceId, account } = record;
  const { arn } = record.resource;
  const values = (name: string): unknown => {
    if (name === 'arn') return arn;
    if (name === 'account') return account;
    if (name === 'last') return arn.split(/[/:]/).at(-1);
    if (name === 'rest') return arn.slice(arn.indexOf('/') + 1);
    return /^\d$/.test(name) ? resourceId.split('|')[Number(name)] : members[name];
  };
  const keys = (foundKeys[resourceType.slice('AWS::'.length)] ?? []).flatMap(
    template => fillTemplate(template, values) ?? [],
  );
  const own = resourceId.startsWith('arn:') ? ownIdentifier(resourceType, members) : undefined;
  return own === undefined ? keys : [...keys, own];
};

const noTags: Readonly<Record<string, string>> = {};

/** One text for all that are equal: fifty thousand records have some hundred types and some dozen regions. */
const texts = new Map<string, string>();
const shared = (text: string): string => {
  const known = texts.get(text);
  if (known !== undefined) return known;
  texts.set(text, text);
  return text;
};

/** What a record of the inventory is to drift; undefined when another record shows the same, or it is no more. Without its description. */
export const identify = (record: InventoryRecord): FoundResource | undefined => {
  if (seenOtherwise.has(record.resourceType)) return undefined;
  const properties = record.resource['properties'];
  const members = (typeof properties === 'object' && properties !== null ? properties : record.resource) as Members;
  if (isGone(record.resourceType, members)) return undefined;
  const resourceType = shared(record.resourceType);
  const keys = keysOf(record, members);
  const { arn } = record.resource;
  const found: FoundResource = {
    resourceType,
    type: kinds[resourceType]?.(members) ?? terraformTypeOf(resourceType),
    id: keys[0] ?? record.resourceId,
    keys: [...new Set([...keys, record.resourceId, arn])].filter(key => key !== ''),
    arn,
    region: shared(record.region),
    name: record.name,
    tags: Object.keys(record.tags).length === 0 ? noTags : record.tags,
    description: undefined,
    partOf: undefined,
    ...(madeInPassing.has(resourceType) ? { byDefault: true as const } : {}),
  };
  return resourceType === 'AWS::EC2::SecurityGroupRule' ? identifyRule(found, members) : found;
};

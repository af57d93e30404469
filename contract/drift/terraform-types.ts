// Terraform's resource types: what CloudFormation, and so the inventory, calls each, and by which attributes it is found there.
import { catalogueType } from '../catalogue/catalogue.ts';
import { registryTypes } from '../catalogue/registry.ts';
import { inlineAttributes } from './terraform-types/inline.ts';
import { keyedTypes, otherNames } from './terraform-types/keyed.ts';
import type { PartPresence, PartRow } from './terraform-types/part-row.ts';
import { accessParts } from './terraform-types/parts-access.ts';
import { networkParts } from './terraform-types/parts-networks.ts';
import { serviceParts } from './terraform-types/parts-services.ts';
import { accessDynamodbTypes } from './terraform-types/plain-access-to-dynamodb.ts';
import { ec2LambdaTypes } from './terraform-types/plain-ec2-to-lambda.ts';
import { lbXrayTypes } from './terraform-types/plain-lb-to-xray.ts';

export interface TerraformType {
  /** `aws_lb`, `awscc_s3_bucket`. */
  readonly type: string;
  /** The name of which this one is only another: of `aws_alb` `aws_lb`. */
  readonly canonical: string;
  /** CloudFormation's: `AWS::S3::Bucket`; of a part without one, that of its whole. */
  readonly resourceType: string;
  /** Templates over a state's attributes, `{id}` and `{id.1}`, a part of it, among them; in the order in which they count. */
  readonly keys: readonly string[];
  /** Where the region says nothing: IAM, Route 53, buckets. */
  readonly scope?: 'global';
  /** Template of the whole's key where Terraform keeps a part of a resource as a resource. */
  readonly partOf?: string;
  /** CloudFormation's type of that whole, or of what a setting of the account stands beside. */
  readonly whole?: string;
  /** Of parts alone: who tells that it is there. */
  readonly presence?: PartPresence;
  /** What shares one set of keys: CloudFormation's type, or Terraform's where CloudFormation has none. */
  readonly family: string;
}

const cloudFormation = (name: string): string => `AWS::${name}`;

const scopeOf = (resourceType: string): Pick<TerraformType, 'scope'> =>
  catalogueType(resourceType)?.scope === 'global' ? { scope: 'global' } : {};

const wholeType = (type: string, name: string, keys: readonly string[]): TerraformType => {
  const resourceType = cloudFormation(name);
  return { type, canonical: type, resourceType, keys, ...scopeOf(resourceType), family: resourceType };
};

const partType = (type: string, row: PartRow): TerraformType => {
  const whole = cloudFormation(row.whole);
  const resourceType = row.part === undefined ? whole : cloudFormation(row.part);
  return {
    type,
    canonical: type,
    resourceType,
    keys: row.keys,
    ...scopeOf(whole),
    ...(row.of === undefined ? {} : { partOf: row.of }),
    whole,
    presence: row.presence,
    family: row.part === undefined ? type : resourceType,
  };
};

const plainTypes = { ...accessDynamodbTypes, ...ec2LambdaTypes, ...lbXrayTypes };
const partTypes = { ...networkParts, ...accessParts, ...serviceParts };

const ownTypes: ReadonlyMap<string, TerraformType> = new Map(
  [
    ...Object.entries(plainTypes).map(([type, name]) => wholeType(type, name, ['{arn}', '{id}'])),
    ...keyedTypes.map(([type, name, ...keys]) => wholeType(type, name, keys)),
    ...Object.entries(partTypes).map(([type, row]) => partType(type, row)),
  ].map(row => [row.type, row]),
);

const aliasTypes: ReadonlyMap<string, TerraformType> = new Map(
  Object.entries(otherNames).flatMap(([type, canonical]) => {
    const row = ownTypes.get(canonical);
    return row === undefined ? [] : [[type, { ...row, type }] as const];
  }),
);

/** Terraform's names of the provider `aws` that are known, other names among them. */
export const terraformTypes: readonly string[] = [...ownTypes.keys(), ...aliasTypes.keys()];

/** CloudFormation's names for what the inventory shows under another of its names. */
const shownAs: Readonly<Record<string, string>> = {
  'AWS::ApiGatewayV2::DomainName': 'AWS::ApiGateway::DomainName',
  'AWS::DocDB::DBSubnetGroup': 'AWS::RDS::DBSubnetGroup',
  'AWS::DocDB::EventSubscription': 'AWS::RDS::EventSubscription',
  'AWS::DynamoDB::GlobalTable': 'AWS::DynamoDB::Table',
  'AWS::EC2::SecurityGroupEgress': 'AWS::EC2::SecurityGroupRule',
  'AWS::EC2::SecurityGroupIngress': 'AWS::EC2::SecurityGroupRule',
  'AWS::EC2::TransitGatewayConnect': 'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayPeeringAttachment': 'AWS::EC2::TransitGatewayAttachment',
  'AWS::EC2::TransitGatewayVpcAttachment': 'AWS::EC2::TransitGatewayAttachment',
  'AWS::Elasticsearch::Domain': 'AWS::OpenSearchService::Domain',
  'AWS::KMS::ReplicaKey': 'AWS::KMS::Key',
  'AWS::Neptune::DBSubnetGroup': 'AWS::RDS::DBSubnetGroup',
  'AWS::Neptune::EventSubscription': 'AWS::RDS::EventSubscription',
};

/** The type under which the inventory shows resources of a type of CloudFormation. */
export const inventoryTypeOf = (resourceType: string): string => shownAs[resourceType] ?? resourceType;

const awsccPrefix = 'awscc_';
/** The provider writes `dhcp_options` and `vpcdhcp_options`: the words' borders are not what tells types apart. */
const withoutBorders = (name: string): string => name.replaceAll('_', '').toLowerCase();

/** Made at the first type of the provider `awscc`, which most states never name. */
let registryByName: ReadonlyMap<string, string> | undefined;
const awsccTypes = new Map<string, TerraformType | undefined>();

const readAwscc = (type: string): TerraformType | undefined => {
  registryByName ??= new Map(
    Object.keys(registryTypes)
      .filter(name => name.startsWith('AWS::'))
      .map(name => [withoutBorders(name.split('::').slice(1).join('')), name]),
  );
  const name = registryByName.get(withoutBorders(type.slice(awsccPrefix.length)));
  return name === undefined
    ? undefined
    : wholeType(type, inventoryTypeOf(name).slice('AWS::'.length), ['{id}', '{arn}']);
};

const awsccType = (type: string): TerraformType | undefined => {
  if (!awsccTypes.has(type)) awsccTypes.set(type, readAwscc(type));
  return awsccTypes.get(type);
};

/** What is known of a type of the providers `aws` and `awscc`; undefined of types that no row names. */
export const terraformType = (type: string): TerraformType | undefined =>
  type.startsWith(awsccPrefix) ? awsccType(type) : (ownTypes.get(type) ?? aliasTypes.get(type));

const byResourceType: ReadonlyMap<string, string> = new Map(
  [...ownTypes.values()]
    .filter(row => row.presence === undefined || row.family === row.resourceType)
    .map(row => [row.resourceType, row.type] as const)
    // The first row of a type is the one that counts.
    .reverse(),
);

/** What Terraform calls a type of CloudFormation; undefined where the provider `aws` has none that is known. */
export const terraformTypeOf = (resourceType: string): string | undefined => byResourceType.get(resourceType);

const namesIn = (template: string): string[] =>
  [...template.matchAll(/\{(\w+)[^}]*\}/g)].flatMap(([, name = '']) => (name === 'id' ? [] : [name]));

const attributesByType = new Map<string, ReadonlySet<string>>();

/** Attributes of a state, beside `id`, by which a resource of the type is found, or in which it declares parts. */
export const identityAttributes = (type: string): ReadonlySet<string> => {
  const known = attributesByType.get(type);
  if (known !== undefined) return known;
  const row = terraformType(type);
  const templates = row === undefined ? [] : [...row.keys, ...(row.partOf === undefined ? [] : [row.partOf])];
  const names = new Set([...templates.flatMap(namesIn), ...(inlineAttributes[row?.canonical ?? type] ?? [])]);
  attributesByType.set(type, names);
  return names;
};

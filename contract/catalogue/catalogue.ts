// The whole catalogue: what the inventory lists, by which tier, under which names, and with which rights.

import { isGlobalType, namespaceOf } from './global-scope.ts';
import type { NativeService } from './native-service.ts';
import { nativeServices } from './native-services.ts';
import { reconNamesOf } from './recon-names.ts';
import { type RegistryList, registryType, registryTypes } from './registry.ts';
import { type ResourceType, resourceType } from './services.ts';

/** `native`: calls of its own service; `cloud-control`: the one call that lists most types. */
export type Tier = 'native' | 'cloud-control';

export interface CatalogueType {
  /** CloudFormation's name: `AWS::EC2::VPC`. */
  readonly type: string;
  readonly tier: Tier;
  readonly scope: 'global' | 'regional';
  /** aws-recon's name of its service. */
  readonly service: string;
  readonly reconType: string;
  readonly taggable: boolean;
  /** IAM actions that listing it needs. */
  readonly actions: readonly string[];
  /** Of native types. */
  readonly native?: ResourceType;
  /** Of types that Cloud Control lists. */
  readonly list?: RegistryList;
}

/** What Cloud Control needs beside the actions of a type's handler. */
export const cloudControlAction = 'cloudformation:ListResources';

const nativeTypes = (service: NativeService): CatalogueType[] =>
  service.types.map(type => ({
    type: type.cloudFormationType,
    tier: 'native',
    scope: service.scope,
    service: service.reconName,
    reconType: type.reconType,
    taggable: type.taggable ?? registryType(type.cloudFormationType)?.tags !== undefined,
    actions: type.actions,
    native: resourceType(type.key),
  }));

/**
 * Names of CloudFormation for what a native type shows already, each thing once: rules of security groups, the subnet
 * groups and subscriptions that RDS lists for its relatives, tables, and domain names of both API Gateways.
 */
const otherNames: ReadonlySet<string> = new Set([
  'AWS::ApiGatewayV2::DomainName',
  'AWS::DocDB::EventSubscription',
  'AWS::DynamoDB::GlobalTable',
  'AWS::EC2::SecurityGroupEgress',
  'AWS::EC2::SecurityGroupIngress',
  'AWS::Neptune::DBSubnetGroup',
  'AWS::Neptune::EventSubscription',
]);

const native: readonly CatalogueType[] = nativeServices.flatMap(nativeTypes);
const nativeNames = new Set(native.map(({ type }) => type));

const nativeScopes = new Map(native.map(({ type, scope }) => [type, scope]));

/** What lies below a global resource is listed once, like it. */
const scopeOf = (type: string): CatalogueType['scope'] => {
  const own = nativeScopes.get(type);
  if (own !== undefined) return own;
  const parent = registryType(type)?.list?.below;
  return isGlobalType(type) || (parent !== undefined && scopeOf(parent) === 'global') ? 'global' : 'regional';
};

const cloudControl: readonly CatalogueType[] = Object.entries(registryTypes).flatMap(([type, row]) => {
  if (row.list === undefined || nativeNames.has(type) || otherNames.has(type)) return [];
  const { service, reconType } = reconNamesOf(type);
  return [
    {
      type,
      tier: 'cloud-control' as const,
      scope: scopeOf(type),
      service,
      reconType,
      taggable: row.tags !== undefined,
      actions: [cloudControlAction, ...row.list.actions],
      list: row.list,
    },
  ];
});

/** Every type that the inventory can list, sorted by name. */
export const catalogue: readonly CatalogueType[] = [...native, ...cloudControl].sort((a, b) =>
  a.type < b.type ? -1 : 1,
);

const byType = new Map(catalogue.map(type => [type.type, type]));

export const catalogueType = (type: string): CatalogueType | undefined => byType.get(type);

/** Types of CloudFormation that no tier lists, under this name or another. */
export const unlistedTypes: readonly string[] = Object.keys(registryTypes).filter(
  type => !byType.has(type) && !otherNames.has(type),
);

/** Names by which settings may call the service of a type, in lower case: its key, aws-recon's, CloudFormation's. */
export const serviceNamesOf = ({ type, service, native: row }: CatalogueType): string[] =>
  [...new Set([namespaceOf(type), service, ...(row === undefined ? [] : [row.service])])].map(name =>
    name.toLowerCase(),
  );

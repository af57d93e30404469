// Owners: what an API says itself of who manages a resource. A table. Pure.

import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import { type Kind, kindOf, serviceOf } from './owner-kinds.ts';

interface FieldRule {
  readonly kind: Kind;
  /** The member of what the API answered. */
  readonly member: string;
  readonly value: RegExp;
  readonly name?: (members: Members) => unknown;
}

const textIn = (members: Members, member: string): string => {
  const value = member
    .split('.')
    .reduce<unknown>((above, name) => (above as Members | null | undefined)?.[name], members);
  return typeof value === 'string' || typeof value === 'boolean' ? String(value) : '';
};

/** Kinds of interfaces that people attach themselves. */
const ownInterfaces = /^(?!(interface|efa|efa-only|branch|trunk|vpc_endpoint|)$).+$/;

const fieldRules: Readonly<Record<string, readonly FieldRule[]>> = {
  'AWS::EC2::NetworkInterface': [
    {
      kind: 'requester-managed',
      member: 'requester_managed',
      value: /^true$/,
      name: members => members['description'],
    },
    {
      kind: 'requester-managed',
      member: 'interface_type',
      value: ownInterfaces,
      name: members => members['description'],
    },
  ],
  'AWS::KMS::Key': [{ kind: 'aws-managed-key', member: 'key_manager', value: /^AWS$/ }],
  'AWS::Events::Rule': [{ kind: serviceOf, member: 'managed_by', value: /./ }],
  'AWS::Config::ConfigRule': [{ kind: serviceOf, member: 'created_by', value: /\.amazonaws\.com/ }],
  'AWS::CertificateManager::Certificate': [{ kind: serviceOf, member: 'managed_by', value: /./ }],
  'AWS::SecretsManager::Secret': [{ kind: serviceOf, member: 'owning_service', value: /./ }],
  'AWS::Route53::HostedZone': [{ kind: serviceOf, member: 'linked_service.service_principal', value: /./ }],
  'AWS::RDS::DBSnapshot': [
    { kind: 'rds', member: 'snapshot_type', value: /^automated$/, name: members => members['db_instance_identifier'] },
  ],
  'AWS::RDS::ClusterSnapshot': [
    { kind: 'rds', member: 'snapshot_type', value: /^automated$/, name: members => members['db_cluster_identifier'] },
  ],
  'AWS::EC2::PrefixList': [{ kind: 'aws-owned', member: 'owner_id', value: /^AWS$/ }],
  'AWS::SSM::Document': [{ kind: 'aws-owned', member: 'owner', value: /^(Amazon|AWS)$/ }],
};

/** By what the API itself says of the resource. */
export const managerByField = (found: FoundResource): ResourceManager | undefined => {
  const members = found.description;
  if (members === undefined || found.partOf !== undefined) return undefined;
  for (const { kind, member, value: wanted, name } of fieldRules[found.resourceType] ?? []) {
    const value = textIn(members, member);
    if (value === '' || !wanted.test(value)) continue;
    const named = name?.(members);
    return {
      kind: kindOf(kind, value),
      name: typeof named === 'string' && named !== '' ? named : null,
      evidence: `${member} is ${value}`,
    };
  }
  return undefined;
};

/** CloudFormation types whose descriptions managerByField reads. */
export const typesWithFields: readonly string[] = Object.keys(fieldRules);

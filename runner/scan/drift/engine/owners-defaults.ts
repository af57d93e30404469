// Owners, third witness: what AWS puts into every account, network or service by itself (`aws-default`). Tables. Pure.

import type { ResourceManager } from '../../../../contract/drift/drift-report.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';

/** Ids and names that AWS gives; the forms are of whole ids. */
const defaultNames: readonly (readonly [types: RegExp, form: RegExp])[] = [
  [/^AWS::Events::EventBus$/, /^default$/],
  [/^AWS::(RDS|Neptune|DocDB|ElastiCache|MemoryDB|DAX|Redshift)::.*ParameterGroup$/, /^default[.-]/],
  [/^AWS::RDS::OptionGroup$/, /^default:/],
  [/^AWS::ElastiCache::User$/, /^default$/],
  [/^AWS::MemoryDB::(ACL|User)$/, /^(open-access|default)$/],
  [/^AWS::Athena::WorkGroup$/, /^primary$/],
  [/^AWS::Athena::DataCatalog$/, /^AwsDataCatalog$/],
  [/^AWS::XRay::(Group|SamplingRule)$/, /(^|[:/])Default(\/|$)/],
  [/^AWS::CodeDeploy::DeploymentConfig$/, /^CodeDeployDefault\./],
  [/^AWS::AppConfig::DeploymentStrategy$/, /^AppConfig\./],
  [/^AWS::ECS::CapacityProvider$/, /^FARGATE(_SPOT)?$/],
  [/^AWS::EventSchemas::Registry$/, /^(aws\.events|discovered-schemas)$/],
  [/^AWS::Route53Resolver::ResolverRule(Association)?$/, /^rslvr-(autodefined|autodefined-assoc)/],
  [/^AWS::Route53Resolver::FirewallDomainList$/, /^AWSManagedDomains/],
  [/^AWS::SSM::(Document|PatchBaseline)$/, /^AWS-/],
  [/^AWS::Cassandra::Keyspace$/, /^system(_|$)/],
  [/^AWS::Scheduler::ScheduleGroup$/, /^default$/],
];

const formsByType = new Map<string, RegExp | null>();

/** The form of names that AWS gives resources of a type; null where it gives none. */
const defaultForm = (resourceType: string): RegExp | null => {
  let form = formsByType.get(resourceType);
  if (form === undefined) {
    form = defaultNames.find(([types]) => types.test(resourceType))?.[1] ?? null;
    formsByType.set(resourceType, form);
  }
  return form;
};

/** Members whose `true` says so. */
const defaultFlags: Readonly<Record<string, readonly string[]>> = {
  'AWS::EC2::VPC': ['is_default'],
  'AWS::EC2::Subnet': ['default_for_az'],
  'AWS::EC2::NetworkAcl': ['is_default'],
  'AWS::EC2::IPAMScope': ['is_default'],
  'AWS::EC2::TransitGatewayRouteTable': ['default_association_route_table', 'default_propagation_route_table'],
  'AWS::ElasticLoadBalancingV2::ListenerRule': ['is_default'],
};

const listOf = (members: Members, name: string): readonly Members[] =>
  Array.isArray(members[name]) ? (members[name] as readonly Members[]) : [];

/** Nothing but what every region starts with: its own domain, and Amazon's name servers. */
const isDefaultDhcp = (members: Members): boolean => {
  const configurations = listOf(members, 'dhcp_configurations');
  const values = configurations.flatMap(each => listOf(each, 'values').map(({ value }) => String(value)));
  return (
    configurations.length === 2 &&
    values.length === 2 &&
    values.some(value => value === 'AmazonProvidedDNS') &&
    values.some(value => value === 'ec2.internal' || /^[a-z0-9-]+\.compute\.(internal|amazonaws\.com\.cn)$/.test(value))
  );
};

interface DefaultContext {
  /** Default VPCs, by region and id. */
  readonly vpcs: ReadonlySet<string>;
}

export const defaultContext = (found: readonly FoundResource[]): DefaultContext => ({
  vpcs: new Set(
    found
      .filter(
        ({ resourceType, description }) => resourceType === 'AWS::EC2::VPC' && description?.['is_default'] === true,
      )
      .map(({ region, id }) => `${region} ${id}`),
  ),
});

const evidenceOf = (found: FoundResource, context: DefaultContext): string | undefined => {
  const members = found.description ?? {};
  switch (found.resourceType) {
    case 'AWS::EC2::SecurityGroup':
      return members['group_name'] === 'default' ? 'the group named default' : undefined;
    case 'AWS::EC2::RouteTable':
      return listOf(members, 'associations').some(({ main }) => main === true) ? 'main route table' : undefined;
    case 'AWS::EC2::InternetGateway': {
      const attached = listOf(members, 'attachments').some(({ vpc_id: id }) =>
        context.vpcs.has(`${found.region} ${id}`),
      );
      return attached ? 'internet gateway of the default VPC' : undefined;
    }
    case 'AWS::EC2::DHCPOptions':
      return Object.keys(found.tags).length === 0 && isDefaultDhcp(members) ? 'what a region starts with' : undefined;
    default: {
      const flag = defaultFlags[found.resourceType]?.find(name => members[name] === true);
      if (flag !== undefined) return `${flag} is true`;
      const form = defaultForm(found.resourceType);
      const named = form !== null && (form.test(found.id) || form.test(found.name ?? ''));
      return named ? 'name that AWS gives' : undefined;
    }
  }
};

/** Whether AWS made the resource with the account, the network or the service; parts are not looked at. */
export const defaultManager = (found: FoundResource, context: DefaultContext): ResourceManager | undefined => {
  const evidence = found.partOf === undefined ? evidenceOf(found, context) : undefined;
  return evidence === undefined ? undefined : { kind: 'aws-default', name: null, evidence };
};

/** CloudFormation types whose descriptions defaultManager reads. */
export const typesWithDefaults: readonly string[] = [
  ...Object.keys(defaultFlags),
  'AWS::EC2::SecurityGroup',
  'AWS::EC2::RouteTable',
  'AWS::EC2::InternetGateway',
  'AWS::EC2::DHCPOptions',
];

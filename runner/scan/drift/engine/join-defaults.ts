// Parts that only their surroundings show to be AWS's own: rules of default groups, a zone's own records, and the like. Pure.

import { globalRegion } from '../../../../contract/catalogue/services.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';
import { isServiceRole } from './parts-access.ts';
import { isRuleOfDefaultGroup, readRule } from './parts-rules.ts';

interface Surroundings {
  /** By region and id. */
  readonly defaultGroups: ReadonlySet<string>;
  readonly defaultVpcs: ReadonlySet<string>;
  /** Allocations of addresses that NAT gateways hold. */
  readonly natAddresses: ReadonlySet<string>;
  readonly serviceRoles: ReadonlySet<string>;
  /** Zones and their names: `Z1 example.com`. */
  readonly zones: ReadonlySet<string>;
}

const placed = (region: string, id: unknown): string => `${region} ${id}`;

const allocationsOf = ({ description }: FoundResource): readonly unknown[] => {
  const addresses = description?.['nat_gateway_addresses'];
  return (Array.isArray(addresses) ? addresses : []).map(address => (address as Members | null)?.['allocation_id']);
};

const withoutDot = (name: string | null): string => (name ?? '').toLowerCase().replace(/\.$/, '');

const look = (found: Iterable<FoundResource>): Surroundings => {
  const defaultGroups = new Set<string>();
  const defaultVpcs = new Set<string>();
  const natAddresses = new Set<string>();
  const serviceRoles = new Set<string>();
  const zones = new Set<string>();
  for (const resource of found) {
    const { type, region, id } = resource;
    if (type === 'aws_default_security_group') defaultGroups.add(placed(region, id));
    else if (type === 'aws_default_vpc') defaultVpcs.add(placed(region, id));
    else if (type === 'aws_nat_gateway')
      for (const allocation of allocationsOf(resource)) natAddresses.add(placed(region, allocation));
    else if (type === 'aws_iam_role' && isServiceRole(resource)) serviceRoles.add(id);
    else if (type === 'aws_route53_zone') zones.add(`${id} ${withoutDot(resource.name)}`);
  }
  return { defaultGroups, defaultVpcs, natAddresses, serviceRoles, zones };
};

type Test = (found: FoundResource, around: Surroundings) => boolean;

const tests: Readonly<Record<string, Test>> = {
  aws_eip_association: ({ region, partOf }, { natAddresses }) => natAddresses.has(placed(region, partOf)),
  aws_iam_role_policy: ({ id }, { serviceRoles }) => serviceRoles.has(id.slice(0, id.indexOf(':'))),
  // A default VPC comes with the way out to the internet.
  aws_route: ({ region, description, keys }, { defaultVpcs }) =>
    defaultVpcs.has(placed(region, description?.['vpc_id'])) &&
    String(description?.['gateway_id']).startsWith('igw-') &&
    keys.some(key => key.endsWith('|0.0.0.0/0')),
  aws_route53_record: ({ id, region }, { zones }) => {
    const [, zone, name = ''] = /^([^_]+)_(.*)_(NS|SOA)$/.exec(id) ?? [];
    return region === globalRegion && zone !== undefined && zones.has(`${zone} ${name}`);
  },
  aws_security_group_rule: ({ region, description, partOf }, { defaultGroups }) => {
    if (!defaultGroups.has(placed(region, partOf))) return false;
    const rule = description === undefined ? undefined : readRule(description);
    return rule !== undefined && isRuleOfDefaultGroup(rule);
  },
};

/** Whether AWS made a found resource by itself, by what it says or by what stands around it. */
export const createDefaults = (found: Iterable<FoundResource>): ((resource: FoundResource) => boolean) => {
  const around = look(found);
  return resource => resource.byDefault === true || tests[resource.type ?? '']?.(resource, around) === true;
};

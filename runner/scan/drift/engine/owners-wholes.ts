// Owners, last witness: what a resource is a part of, or goes with when that is deleted. Pure.

import { terraformType } from '../../../../contract/drift/terraform-types.ts';
import type { Members } from '../members.ts';
import type { FoundResource } from '../resources.ts';

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {});

/** The instance that a volume or an interface was made with, and will be deleted with. */
const instanceOf = ({ resourceType, description }: FoundResource): string | undefined => {
  const attachment =
    resourceType === 'AWS::EC2::Volume'
      ? membersOf(Array.isArray(description?.['attachments']) ? description['attachments'][0] : undefined)
      : resourceType === 'AWS::EC2::NetworkInterface'
        ? membersOf(description?.['attachment'])
        : {};
  const id = attachment['instance_id'];
  return attachment['delete_on_termination'] === true && typeof id === 'string' ? id : undefined;
};

const keyOf = (resourceType: string, region: string, key: string): string => `${resourceType} ${region} ${key}`;

/** The key under which indexWholes has what the resource belongs to; undefined for what stands alone. */
export const wholeKey = (found: FoundResource): string | undefined => {
  const { partOf, type, resourceType, region } = found;
  if (partOf !== undefined) return keyOf(terraformType(type ?? '')?.whole ?? resourceType, region, partOf);
  const instance = instanceOf(found);
  return instance === undefined ? undefined : keyOf('AWS::EC2::Instance', region, instance);
};

/** Wholes by type, region and whatever their parts call them. */
export const indexWholes = (found: readonly FoundResource[]): ReadonlyMap<string, FoundResource> => {
  const wanted = new Set(found.flatMap(each => wholeKey(each) ?? []));
  const wholes = new Map<string, FoundResource>();
  for (const whole of wanted.size === 0 ? [] : found) {
    if (whole.partOf !== undefined) continue;
    for (const name of [whole.id, ...whole.keys]) {
      const key = keyOf(whole.resourceType, whole.region, name);
      if (wanted.has(key)) wholes.set(key, whole);
    }
  }
  return wholes;
};

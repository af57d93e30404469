// What drift asks AWS beyond the inventory: policies, attachments and settings that the listings leave out.
import { terraformType } from '../../../contract/drift/terraform-types.ts';
import type { FoundResource } from './resources.ts';

/** Of one resource. `values` as the service answers them, by name; null where AWS says that there is none. */
export interface Detail {
  readonly values: Readonly<Record<string, unknown>>;
  /** By name: why that one could not be read. A name in neither was not asked. */
  readonly failures: Readonly<Record<string, string>>;
}

/** By `detailKey`. */
export type Details = ReadonlyMap<string, Detail>;

/** The key of a resource's details: type, region and id, as the inventory has them. */
export const detailKey = (found: Pick<FoundResource, 'resourceType' | 'region' | 'id'>): string =>
  `${found.resourceType} ${found.region} ${found.id}`;

/** A resource's own details; of a part, which has none, those of the whole that `partOf` names. */
export const detailOf = (details: Details, found: FoundResource): Detail | undefined => {
  const own = details.get(detailKey(found));
  const whole = found.type === undefined ? undefined : terraformType(found.type)?.whole;
  if (own !== undefined || found.partOf === undefined || whole === undefined) return own;
  return details.get(detailKey({ resourceType: whole, region: found.region, id: found.partOf }));
};

/**
 * Why details could not be read, by the resource's key and the detail's name with a space between: what depends on them is
 * neither there nor missing.
 */
export const unreadDetails = (details: Details): ReadonlyMap<string, string> =>
  new Map(
    [...details].flatMap(([key, { failures }]) =>
      Object.entries(failures).map(([name, text]) => [`${key} ${name}`, text] as const),
    ),
  );

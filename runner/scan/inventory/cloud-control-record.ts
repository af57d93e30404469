// Records of what Cloud Control lists: CloudFormation's properties, and the ARN that follows from them. Pure.
import { fillTemplate } from '../../../contract/catalogue/arn.ts';
import type { CatalogueType } from '../../../contract/catalogue/catalogue.ts';
import type { InventoryRecord } from '../../../contract/catalogue/inventory-record.ts';
import { identifierInArn, registryType } from '../../../contract/catalogue/registry.ts';
import { globalRegion } from '../../../contract/catalogue/services.ts';
import { reconTime, tagsOf } from './recon-shape.ts';
import { type RecordPlace, type ResourceKey, sortTags, type TakeTags } from './record.ts';
import { createdAtOf, nameOf } from './record-facts.ts';
import { hideSecrets } from './secret-members.ts';

export type Properties = Readonly<Record<string, unknown>>;

export interface ControlledResource {
  readonly identifier: string;
  /** With the inputs under which it was listed; empty when the handler told nothing. */
  readonly properties: Properties;
}

const isArn = (value: unknown): value is string => typeof value === 'string' && /^arn:[a-z-]+:[a-z0-9-]+:/.test(value);

/** The parts of the identifier by the names of their properties. */
export const identifierParts = (type: string, identifier: string): Record<string, string> => {
  const names = registryType(type)?.id ?? [];
  const parts = identifier.split('|');
  if (parts.length !== names.length) return {};
  return Object.fromEntries(names.map((name, at) => [name.split('/').at(-1) ?? name, parts[at] ?? '']));
};

/** The ARN that the handler tells, that the identifier is, or that CloudFormation's template makes; empty without one. */
export const arnOfControlled = (
  type: string,
  { identifier, properties }: ControlledResource,
  place: RecordPlace,
): string => {
  const kind = type.split('::').at(-1) ?? '';
  const told = [properties['Arn'], properties[`${kind}Arn`], properties['ARN'], properties['ResourceArn']].find(isArn);
  if (told !== undefined) return told;
  const parts = identifierParts(type, identifier);
  const part = [parts['Arn'], parts[`${kind}Arn`], identifier.includes('|') ? undefined : identifier].find(isArn);
  if (part !== undefined) return part;
  const row = registryType(type);
  if (row?.arn === undefined) return '';
  const inArn = identifierInArn(row);
  const named = inArn === undefined ? {} : { [inArn]: identifier };
  return fillTemplate(row.arn, { ...named, ...parts, ...properties, ...place }) ?? '';
};

export interface ControlledRequest {
  readonly type: CatalogueType;
  readonly place: RecordPlace;
  readonly resource: ControlledResource;
  readonly takeTags: TakeTags;
  readonly seen: Date;
}

export const controlledKey = ({
  type,
  resource,
  place,
}: Omit<ControlledRequest, 'takeTags' | 'seen'>): ResourceKey => ({
  arn: arnOfControlled(type.type, resource, place),
  type: type.type,
  id: resource.identifier,
});

/** CloudFormation's tags are a list or a map, under whichever name the type has for them. */
const ownTags = (type: string, properties: Properties): Record<string, string> => {
  const member = registryType(type)?.tags;
  return tagsOf(member === undefined ? properties : { Tags: properties[member] });
};

/** The record of a resource that Cloud Control listed; with the tags of both witnesses. */
export const controlledRecord = (request: ControlledRequest): InventoryRecord => {
  const { type, place, resource, takeTags, seen } = request;
  const key = controlledKey(request);
  const tagged = takeTags(key, place.region);
  const tags = sortTags({ ...tagged, ...ownTags(type.type, resource.properties) });
  return {
    account: place.account,
    service: type.service,
    region: type.scope === 'global' ? globalRegion : place.region,
    resource: { properties: hideSecrets(resource.properties), type: type.reconType, arn: key.arn },
    timestamp: reconTime(seen),
    resourceType: type.type,
    resourceId: key.id,
    name: nameOf({ type: type.type, members: resource.properties, tags }),
    createdAt: createdAtOf(type.type, resource.properties),
    tags,
    sources: tagged === undefined ? ['cloud-control'] : ['cloud-control', 'tagging'],
  };
};

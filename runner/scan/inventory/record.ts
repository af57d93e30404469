// Records of the report: from what a service listed, and from what the Tagging API alone showed. Pure.
import { fillTemplate, parseArn } from '../../../contract/catalogue/arn.ts';
import { identifierOf, typeOfArn } from '../../../contract/catalogue/arn-types.ts';
import type { InventoryRecord } from '../../../contract/catalogue/inventory-record.ts';
import { catalogueService, globalRegion, type ResourceType } from '../../../contract/catalogue/services.ts';
import { reconAttributes, reconShape, reconTime, tagsOf } from './recon-shape.ts';
import { createdAtOf, nameOf } from './record-facts.ts';

export interface RecordPlace {
  readonly partition: string;
  readonly account: string;
  /** The region that was asked. */
  readonly region: string;
}

export interface ListedResource {
  readonly fields: object;
  readonly attributes?: Readonly<Record<string, string>>;
}

export type Tags = Readonly<Record<string, string>>;

/** How a resource is known to be the one that the Tagging API showed: by its ARN, or where it has none by its type. */
export interface ResourceKey {
  readonly arn: string;
  readonly type: string;
  readonly id: string;
}

/** The tags that the Tagging API has for a resource, and taking them makes the resource a seen one. */
export type TakeTags = (key: ResourceKey, region: string) => Tags | undefined;

export const sortTags = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** The ARN of a listed resource; one that the API leaves without the parts of its ARN gets what names it best. */
const arnOf = (type: ResourceType, place: RecordPlace, resource: Readonly<Record<string, unknown>>): string =>
  fillTemplate(type.arn, { ...resource, ...place }) ?? String(resource['arn'] ?? '');

/** A listed resource with aws-recon's names, and what it is known by. */
export interface ShapedResource {
  readonly shaped: Readonly<Record<string, unknown>>;
  readonly key: ResourceKey;
}

/** The ARN is where the Tagging API would show it: the same, whose account part it may write or not. */
export const shapeResource = (type: ResourceType, place: RecordPlace, { fields }: ListedResource): ShapedResource => {
  const shaped = reconShape(fields);
  const arn = arnOf(type, place, shaped);
  return { shaped, key: { arn, type: type.cloudFormationType, id: identifierOf(arn) } };
};

export const resourceKey = (type: ResourceType, place: RecordPlace, listed: ListedResource): ResourceKey =>
  shapeResource(type, place, listed).key;

export interface RecordRequest {
  readonly type: ResourceType;
  readonly place: RecordPlace;
  readonly listed: ListedResource;
  /** What shapeResource made of it, where the caller has it already. */
  readonly resource?: ShapedResource;
  readonly takeTags: TakeTags;
  readonly seen: Date;
}

/** The record of a resource that its own service listed; with the tags of both witnesses. */
export const nativeRecord = (request: RecordRequest): InventoryRecord => {
  const { type, place, listed, takeTags, seen } = request;
  const { shaped, key } = request.resource ?? shapeResource(type, place, listed);
  const service = catalogueService(type.service);
  const tagged = takeTags(key, place.region);
  const tags = sortTags({ ...tagged, ...tagsOf(listed.fields) });
  const members = { ...listed.fields, ...listed.attributes };
  return {
    account: place.account,
    service: service.reconName,
    region: service.scope === 'global' ? globalRegion : place.region,
    resource: { ...shaped, ...reconAttributes(listed.attributes ?? {}), type: type.reconType, arn: key.arn },
    timestamp: reconTime(seen),
    resourceType: type.cloudFormationType,
    resourceId: key.id,
    name: nameOf({ type: type.cloudFormationType, members, tags }),
    createdAt: createdAtOf(type.cloudFormationType, members),
    tags,
    sources: tagged === undefined ? ['native'] : ['native', 'tagging'],
  };
};

/** The record of a resource of which only the Tagging API knows; undefined when its ARN is none. */
export const taggedRecord = (
  text: string,
  { place, tags, seen }: { readonly place: RecordPlace; readonly tags: Tags; readonly seen: Date },
): InventoryRecord | undefined => {
  const arn = parseArn(text);
  if (arn === undefined) return undefined;
  const type = typeOfArn(arn);
  const isGlobal = arn.region === '' || (type.native && catalogueService(type.native.service).scope === 'global');
  return {
    account: place.account,
    service: type.reconService,
    region: isGlobal ? globalRegion : arn.region,
    resource: { type: type.reconType, arn: text },
    timestamp: reconTime(seen),
    resourceType: type.cloudFormationType,
    resourceId: identifierOf(text),
    name: tags['Name'] || null,
    createdAt: null,
    tags: sortTags(tags),
    sources: ['tagging'],
  };
};

export interface TaggedArn {
  /** Where the Tagging API was asked. */
  readonly region: string;
  readonly arn: string;
  readonly tags: Tags;
}

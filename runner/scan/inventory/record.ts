// Records of the report: from what a service listed, and from what the Tagging API alone showed. Pure.
import { fillTemplate, identifierOf, parseArn, typeOfArn } from '../../../contract/catalogue/arn.ts';
import type { InventoryRecord } from '../../../contract/catalogue/inventory-record.ts';
import { catalogueService, globalRegion, type ResourceType } from '../../../contract/catalogue/services.ts';
import { reconAttributes, reconShape, reconTime, tagsOf } from './recon-shape.ts';

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

/** The tags that the Tagging API has for an ARN, and taking them makes the resource a seen one. */
export type TakeTags = (arn: string) => Tags | undefined;

const byName = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));

/** The ARN of a listed resource; one that the API leaves without the parts of its ARN gets what names it best. */
const arnOf = (type: ResourceType, place: RecordPlace, resource: Readonly<Record<string, unknown>>): string =>
  fillTemplate(type.arn, { ...resource, ...place }) ?? String(resource['arn'] ?? '');

/** Where the Tagging API would show it: the same ARN, whose account part it may write or not. */
export const resourceArn = (type: ResourceType, place: RecordPlace, { fields }: ListedResource): string =>
  arnOf(type, place, reconShape(fields));

export interface RecordRequest {
  readonly type: ResourceType;
  readonly place: RecordPlace;
  readonly listed: ListedResource;
  readonly takeTags: TakeTags;
  readonly seen: Date;
}

/** The record of a resource that its own service listed; with the tags of both witnesses. */
export const nativeRecord = ({ type, place, listed, takeTags, seen }: RecordRequest): InventoryRecord => {
  const shaped = reconShape(listed.fields);
  const arn = arnOf(type, place, shaped);
  const service = catalogueService(type.service);
  const tagged = takeTags(arn);
  return {
    account: place.account,
    service: service.reconName,
    region: service.scope === 'global' ? globalRegion : place.region,
    resource: { ...shaped, ...reconAttributes(listed.attributes ?? {}), type: type.reconType, arn },
    timestamp: reconTime(seen),
    resourceType: type.cloudFormationType,
    resourceId: identifierOf(arn),
    tags: byName({ ...tagged, ...tagsOf(listed.fields) }),
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
    tags: byName(tags),
    sources: ['tagging'],
  };
};

export interface TaggedArn {
  /** Where the Tagging API was asked. */
  readonly region: string;
  readonly arn: string;
  readonly tags: Tags;
}

// The native part of the catalogue by key: the inventory walks it, policies and documents are made from it.
import type { NativeService, NativeType } from './native-service.ts';
import { nativeServices } from './native-services.ts';

/** Of the Tagging API's own cells: it is no service, but a second witness for all of them. */
export const taggingName = 'tagging';
/** Of the cell of the question which regions there are. */
export const regionsName = 'regions';
/** IAM actions of the Tagging API's cell, and of asking an account for its regions. */
export const taggingAction = 'tag:GetResources';
export const regionsAction = 'ec2:DescribeRegions';

/** The region that records and cells of global services carry, as aws-recon's do. */
export const globalRegion = 'global';

/** A native type with what follows from its place in the catalogue. */
export interface ResourceType extends NativeType {
  /** Key of its service. */
  readonly service: string;
  readonly arnService: string;
  readonly arnPrefix: string;
}

/** All that comes before the last name of the ARN's resource part, with `*` for the names before it. */
const prefixOf = (template: string): string => {
  const resource = template.split(':').slice(5).join(':');
  return resource.slice(0, Math.max(0, resource.lastIndexOf('{'))).replaceAll(/\{\w+\}/g, '*');
};

const completeType = (service: NativeService, type: NativeType): ResourceType => ({
  ...type,
  service: service.key,
  arnService: type.arnService ?? service.arnService ?? service.key,
  arnPrefix: type.arnPrefix ?? prefixOf(type.arn),
});

export const resourceTypes: readonly ResourceType[] = nativeServices.flatMap(service =>
  service.types.map(type => completeType(service, type)),
);

const typesByKey = new Map(resourceTypes.map(type => [type.key, type]));
const servicesByKey = new Map(nativeServices.map(service => [service.key, service]));

export const resourceType = (key: string): ResourceType => {
  const type = typesByKey.get(key);
  if (type === undefined) throw new TypeError(`the catalogue has no type ${key}`);
  return type;
};

export const catalogueService = (key: string): NativeService => {
  const service = servicesByKey.get(key);
  if (service === undefined) throw new TypeError(`the catalogue has no service ${key}`);
  return service;
};

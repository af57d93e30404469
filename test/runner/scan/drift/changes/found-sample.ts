// A sample's resource as the inventory records it, and as a state declares it.
import { resourceType } from '../../../../../contract/catalogue/services.ts';
import type { Detail } from '../../../../../runner/scan/drift/details.ts';
import type { DeclaredResource, FoundResource } from '../../../../../runner/scan/drift/resources.ts';
import { nativeRecord } from '../../../../../runner/scan/inventory/record.ts';
import type { Cloud, Sample } from './samples/sample.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };

/** Through the inventory's own record, so that its names and what it hides are the real ones. */
export const foundSample = ({ type, key }: Pick<Sample, 'type' | 'key'>, cloud: Cloud): FoundResource => {
  const { fields = {}, attributes, tags } = cloud;
  const record = nativeRecord({
    type: resourceType(key),
    place,
    listed: { fields, ...(attributes === undefined ? {} : { attributes }) },
    takeTags: () => tags,
    seen: new Date(0),
  });
  return {
    resourceType: record.resourceType,
    type,
    id: record.resourceId,
    keys: [record.resourceId],
    arn: record.resource.arn,
    region: record.region,
    name: record.name,
    tags: record.tags,
    description: record.resource,
    partOf: undefined,
  };
};

export const declaredSample = (
  { type, state }: Pick<Sample, 'type' | 'state'>,
  more: Partial<DeclaredResource> = {},
): DeclaredResource => ({
  source: { source: 'tfstate://s', namespace: '', internal_name: 'it', address: `${type}.it` },
  type,
  provider: 'aws',
  id: 'it',
  region: undefined,
  account: undefined,
  attributes: state,
  sensitive: [],
  ...more,
});

export const detailSample = ({ values }: Cloud): Detail | undefined =>
  values === undefined ? undefined : { values, failures: {} };

/** What of the cloud somebody changed. */
export const changed = (cloud: Cloud, drift: Cloud): Cloud => ({
  ...cloud,
  ...drift,
  fields: { ...cloud.fields, ...drift.fields },
  ...(cloud.values || drift.values ? { values: { ...cloud.values, ...drift.values } } : {}),
});

// A judged resource as the report lists it. Pure.
import type { DriftItem } from '../../../../contract/drift/drift-report.ts';
import type { DeclaredResource, JudgedResource } from '../resources.ts';
import { readableAttributes } from './readable-attributes.ts';

/** What the lists call a resource. */
export interface ListedName {
  /** Terraform's, CloudFormation's where Terraform has none that we know. */
  readonly type: string;
  readonly id: string;
}

/** By the names of Terraform where a state or our tables have them. */
export const listedName = ({ declared, found }: JudgedResource): ListedName => ({
  type: declared?.type ?? found?.type ?? found?.resourceType ?? '',
  id: declared?.id || found?.id || '',
});

const sourceOf = (declared: DeclaredResource) => declared.source;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By type, region, id and address, so that two runs over the same account write the same report. */
export const compareItems = (a: DriftItem, b: DriftItem): number =>
  byText(a.type, b.type) ||
  byText(a.region ?? '', b.region ?? '') ||
  byText(a.id, b.id) ||
  byText(a.source?.address ?? '', b.source?.address ?? '');

/** Keys with nothing to say are left out. */
export const itemOf = (judged: JudgedResource, account: string): DriftItem => {
  const { declared, found, alsoDeclared, manager, reason, verdict } = judged;
  const readable = readableAttributes(judged);
  const region = found?.region ?? declared?.region;
  return {
    ...listedName(judged),
    ...(Object.keys(readable).length === 0 ? {} : { human_readable_attributes: readable }),
    ...(declared === undefined ? {} : { source: declared.source }),
    verdict,
    ...(region === undefined ? {} : { region }),
    account,
    ...(found?.arn ? { arn: found.arn } : {}),
    ...(found?.name ? { name: found.name } : {}),
    ...(found === undefined ? {} : { resource_type: found.resourceType }),
    ...(manager === undefined ? {} : { managed_by: manager }),
    ...(alsoDeclared.length === 0 ? {} : { also_in: alsoDeclared.map(sourceOf) }),
    ...(reason === undefined ? {} : { reason }),
  };
};

// Documents that AWS would refuse for their length are refused before anything is called. Pure.
import type { DesiredResource } from '../contract/access/estate.ts';
import { InventoryError } from '../contract/errors.ts';
import { resourceName } from './kinds.ts';

/** Characters without white space, as the quotas of IAM come; bytes for S3. */
const limits = { trust: 2_048, inline: 10_240, managed: 6_144, bucket: 20_480 } as const;

const lengthOf = (document: unknown): number => JSON.stringify(document).length;

const sizesOf = (resource: DesiredResource): readonly (readonly [string, number, number])[] => {
  if (resource.kind === 'role') {
    const inline = Object.values(resource.inlinePolicies).reduce<number>((sum, each) => sum + lengthOf(each), 0);
    return [
      ['trust', lengthOf(resource.trust), limits.trust],
      ['inline policies', inline, limits.inline],
    ];
  }
  if (resource.kind === 'managed-policy') return [['document', lengthOf(resource.document), limits.managed]];
  if (resource.kind === 'bucket') return [['policy', lengthOf(resource.policy), limits.bucket]];
  return [];
};

/** Throws settings-invalid, with all of them. */
export const refuseLongDocuments = (estate: readonly DesiredResource[]): void => {
  const problems = estate.flatMap(resource =>
    sizesOf(resource)
      .filter(([, size, limit]) => size > limit)
      .map(
        ([what, size, limit]) => `  ${resourceName(resource)}: its ${what} would take ${size} characters of ${limit}`,
      ),
  );
  if (problems.length === 0) return;
  throw new InventoryError('settings-invalid', `AWS would refuse these for their length:\n${problems.join('\n')}`, {
    remedy: 'Name fewer issuers, roles or prefixes in the settings.',
  });
};

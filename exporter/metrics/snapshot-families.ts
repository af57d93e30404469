// All families that a snapshot has, in the order in which the budget lets them in: what alerts need first, details last.
import { accountFamilies } from './account-families.ts';
import { detailFamilies } from './detail-families.ts';
import { organizationFamilies } from './organization-families.ts';
import { runFamilies } from './run-families.ts';
import { type SeedMetrics, seedFamilies } from './seed-families.ts';
import type { SnapshotFamily } from './snapshot-family.ts';

/** Who switches the earlier exporters' families on needs them for a dashboard: they stand before the details. */
export const snapshotFamilies = (switchedOn: readonly SeedMetrics[]): readonly SnapshotFamily[] => [
  ...runFamilies,
  ...organizationFamilies,
  ...accountFamilies,
  ...seedFamilies(switchedOn),
  ...detailFamilies,
];

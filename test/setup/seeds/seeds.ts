// Every seed of the tests and of the bench, by group.
import { applicationsSeeds } from './applications.ts';
import { baseSeeds } from './base.ts';
import { computeSeeds } from './compute.ts';
import { dataSeeds } from './data.ts';
import { governanceSeeds } from './governance.ts';
import { governanceSeeds2 } from './governance-2.ts';
import { governanceSeeds3 } from './governance-3.ts';
import type { Seed } from './seed.ts';

export const seedGroups: Readonly<Record<string, readonly Seed[]>> = {
  applications: applicationsSeeds,
  base: baseSeeds,
  compute: computeSeeds,
  data: dataSeeds,
  governance: [...governanceSeeds, ...governanceSeeds2, ...governanceSeeds3],
};

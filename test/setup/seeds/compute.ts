// Seeds of computing and its networks.
import { containerSeeds } from './compute-containers.ts';
import { ec2Seeds } from './compute-ec2.ts';
import { globalSeeds } from './compute-global.ts';
import { networkSeeds } from './compute-networks.ts';
import { trafficSeeds } from './compute-traffic.ts';
import type { Seed } from './seed.ts';

export const computeSeeds: readonly Seed[] = [
  ...ec2Seeds,
  ...networkSeeds,
  ...containerSeeds,
  ...trafficSeeds,
  ...globalSeeds,
];

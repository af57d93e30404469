// Builds the tests' Kubernetes before the first test, so that no test is charged with it; a user's cache keeps it.
import { buildTools } from '../real/cluster/build-tools.ts';

export default async () => {
  await buildTools();
};

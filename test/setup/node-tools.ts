// Builds what the real node is made of before its test, so that the build is not the test's time; a user's cache keeps it.
import { buildTool, buildTools } from '../real/cluster/build-tools.ts';

export default async () => {
  await buildTools();
  await buildTool('kubelet');
};

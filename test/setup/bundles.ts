// The flow runs what the package and the image run: the bundles, made anew when a source changed.
import { execa } from 'execa';

export default async () => {
  await execa(process.execPath, ['build/set-up.mjs'], { stdio: 'inherit' });
};

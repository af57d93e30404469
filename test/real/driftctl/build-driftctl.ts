// driftctl and its provider for the tests, built by Go once per user and version into the cache directory.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { cacheDirectory } from '../../../clients/simulator/cache-directory.ts';

const source = (path: string): string => fileURLToPath(new URL(`../../../build/driftctl/${path}`, import.meta.url));

const recipe = [
  'build.sh',
  'program/go.mod',
  'program/go.sum',
  'provider/go.mod',
  'provider/go.sum',
  'provider/main.go',
];

const placeOf = async (): Promise<string> => {
  const hash = createHash('sha256');
  for (const path of recipe) hash.update(await readFile(source(path)));
  return cacheDirectory(process.env, `driftctl-${hash.digest('hex').slice(0, 12)}`);
};

const buildInto = async (place: string): Promise<void> => {
  // Made beside its place and renamed into it: an interrupted build leaves no half one.
  const making = await mkdtemp(`${place}.making-`);
  try {
    // The lock ends with its holder; who waits for it builds nothing anew, since Go keeps what it compiled.
    await execa('flock', [`${place}.lock`, 'sh', source('build.sh'), making], { stdout: 'inherit', stderr: 'inherit' });
    if (!existsSync(place)) await rename(making, place);
  } finally {
    await rm(making, { recursive: true, force: true });
  }
};

/** The path of driftctl, its provider where it looks for it. Builds both when this user has not got them: ten minutes. */
export const buildDriftctl = async (): Promise<string> => {
  const place = await placeOf();
  if (!existsSync(place)) {
    await mkdir(dirname(place), { recursive: true });
    await buildInto(place);
  }
  return join(place, 'driftctl');
};

// `node test/real/driftctl/build-driftctl.ts` builds ahead.
if (import.meta.main) console.log(await buildDriftctl());

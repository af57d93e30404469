// The bundles that the image and the package have: the same bytes from the same sources, and a bill of what is in them.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

let directories: readonly string[];

const hashes = (directory: string): Record<string, string> =>
  Object.fromEntries(
    globSync('**/*.{mjs,json}', { cwd: directory }).map(file => [
      file,
      createHash('sha256')
        .update(readFileSync(join(directory, file)))
        .digest('hex'),
    ]),
  );

beforeAll(async () => {
  directories = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'bundle-'))));
  for (const directory of directories) await execa(process.execPath, ['build/bundle.mjs', directory]);
});
afterAll(() => Promise.all(directories.map(directory => rm(directory, { recursive: true, force: true }))));

describe('the bundles', () => {
  it('are the same bytes each time they are built', () => {
    const [first = '', second = ''] = directories;
    expect(Object.keys(hashes(first)).length).toBeGreaterThan(20);
    expect(hashes(second)).toEqual(hashes(first));
  });

  it('come with a bill of the packages that are in them, in the versions of the lockfile', () => {
    const bill: Bill = JSON.parse(readFileSync(join(directories[0] ?? '', 'sbom.cdx.json'), 'utf8'));
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { version?: string }>;
    };
    const locked = new Set(
      Object.entries(lock.packages).map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
    );
    const names = bill.components.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['pino', 'commander', 'zod', '@aws-sdk/client-s3']));
    expect(bill.components.filter(({ name, version }) => !locked.has(`${name}@${version}`))).toEqual([]);
    // Of development alone: nothing of them is in a bundle.
    for (const name of ['vitest', 'typescript', '@biomejs/biome', 'esbuild']) expect(names).not.toContain(name);
  });
});

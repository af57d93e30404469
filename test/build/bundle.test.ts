// The bundles that the image and the package have: the same bytes and times from the same sources, and a bill of what is in them.
import { createHash } from 'node:crypto';
import { globSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Bill {
  readonly components: readonly { readonly name: string; readonly version: string; readonly purl: string }[];
}

let directories: readonly string[];

/** Of the sources, as the image's build is told it. */
const seconds = 1_760_000_000;

/** As a layer of an image has them: content, mode and time; of a directory the last two. */
const entriesOf = (root: string): Record<string, string> =>
  Object.fromEntries(
    globSync('**', { cwd: root }).map(path => {
      const file = join(root, path);
      const { mtimeMs, mode } = statSync(file);
      const hash = createHash('sha256');
      if (statSync(file).isFile()) hash.update(readFileSync(file));
      return [path, `${hash.digest('hex')} ${mode.toString(8)} ${mtimeMs / 1000}`];
    }),
  );

beforeAll(async () => {
  directories = await Promise.all([1, 2].map(() => mkdtemp(join(tmpdir(), 'bundle-'))));
  const env = { SOURCE_DATE_EPOCH: String(seconds) };
  for (const directory of directories) await execa(process.execPath, ['build/image-app.mjs', directory], { env });
});
afterAll(() => Promise.all(directories.map(directory => rm(directory, { recursive: true, force: true }))));

describe('the bundles', () => {
  it('are the same bytes, modes and times each time they are built for the image', () => {
    const [first = '', second = ''] = directories;
    const entries = entriesOf(first);
    expect(Object.keys(entries)).toEqual(
      expect.arrayContaining(['app', 'app/LICENSE', 'app/assume.mjs', 'app/chunks']),
    );
    expect(Object.keys(entries).length).toBeGreaterThan(20);
    expect(Object.values(entries).filter(entry => !entry.endsWith(` ${seconds}`))).toEqual([]);
    expect(entriesOf(second)).toEqual(entries);
  });

  it('come with a bill of the packages that are in them, in the versions of the lockfile', () => {
    const bill: Bill = JSON.parse(readFileSync(join(directories[0] ?? '', 'app', 'sbom.cdx.json'), 'utf8'));
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

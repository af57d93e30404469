// Bundles each program into dist/, or the directory that is named: what the image, the package and the local backend run.
import { chmod, copyFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { billOfMaterials } from './sbom.ts';

const programs = {
  cli: 'cli/main.ts',
  orchestrator: 'orchestrator/main.ts',
  assume: 'runner/assume/main.ts',
  refresh: 'runner/assume/refresh-main.ts',
  scan: 'runner/scan/main.ts',
  inventory: 'runner/scan/inventory/main.ts',
  drift: 'runner/scan/drift/main.ts',
  tags: 'runner/scan/tags/main.ts',
  upload: 'uploader/main.ts',
  exporter: 'exporter/main.ts',
  preflight: 'orchestrator/preflight/pod-main.ts',
  kubelet: 'clients/pods/kubelet.ts',
};

const banner =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

/**
 * An ES import of node:http reads all its exports, WebSocket among them, and so loads undici: 20 to 30 ms of CPU in each
 * of the processes that an account has. Asked for as a value it costs next to nothing.
 */
const plainHttp = {
  name: 'plain-http',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^(node:)?http$/ }, () => ({ path: 'node:http', namespace: 'plain-http' }));
    onLoad({ filter: /.*/, namespace: 'plain-http' }, () => ({
      contents: "module.exports = process.getBuiltinModule('node:http');",
    }));
  },
};

/**
 * Every account starts these: in one file each, and not in thirty that they would share with the others, they cost less to find and to
 * load (npm run bench:runner).
 */
const alone = ['assume', 'upload'];
const together = Object.keys(programs).filter(name => !alone.includes(name));

const bundle = async (directory, names) => {
  const { metafile } = await build({
    metafile: true,
    entryPoints: names.map(out => ({ in: programs[out], out })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    // A native library of 68 MB that two commands load at need: it stays a package of its own, which the image leaves out.
    external: ['@duckdb/node-api'],
    // What a program imports only at need stays in a file of its own, which most starts never read.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    // ES modules where a package has both: of CommonJS nothing can be left out, not one of S3's hundred commands.
    mainFields: ['module', 'main'],
    target: 'node24',
    format: 'esm',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    banner: { js: banner },
    plugins: [plainHttp],
    logLevel: 'warning',
  });
  return metafile;
};

export const writeBundles = async directory => {
  await rm(directory, { recursive: true, force: true });
  const groups = [together, ...alone.map(name => [name])];
  const metafiles = await Promise.all(groups.map(names => bundle(directory, names)));
  const description = JSON.parse(await readFile('package.json', 'utf8'));
  await writeFile(
    join(directory, 'sbom.cdx.json'),
    `${JSON.stringify(billOfMaterials(metafiles, description), null, 1)}\n`,
  );
  const launchers = { 'aws-inventory.mjs': 'cli/launch.mjs', 'infrastructure.mjs': 'cli/launch-infrastructure.mjs' };
  for (const [name, source] of Object.entries(launchers)) {
    await copyFile(source, join(directory, name));
    await chmod(join(directory, name), 0o755);
  }
};

if (import.meta.main) await writeBundles(process.argv[2] ?? 'dist');

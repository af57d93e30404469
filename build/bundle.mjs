// Bundles each program into dist/: what the image, the package and the local backend run.
import { chmod, copyFile, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const programs = {
  cli: 'cli/main.ts',
  assume: 'runner/assume/main.ts',
  scan: 'runner/scan/main.ts',
  inventory: 'runner/scan/inventory/main.ts',
  upload: 'uploader/main.ts',
  kubelet: 'clients/pods/kubelet.ts',
};

const banner =
  'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);';

await rm('dist', { recursive: true, force: true });
await build({
  entryPoints: Object.entries(programs).map(([out, entry]) => ({ in: entry, out })),
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
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
  logLevel: 'warning',
});
await copyFile('cli/launch.mjs', 'dist/aws-inventory.mjs');
await chmod('dist/aws-inventory.mjs', 0o755);

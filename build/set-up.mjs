// Makes a checkout ready: packages when the lockfile changed, bundles when a source did. Runs on the machine's own Node.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const say = text => process.stderr.write(`${text}\n`);

const run = (command, args) => {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return;
  say(`${command} ${args.join(' ')} failed${error === undefined ? '' : `: ${error.message}`}`);
  process.exit(status ?? 1);
};

const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 20) {
  say(`Node 20 or newer is needed; this is Node ${process.versions.node} (${process.execPath}).`);
  process.exit(2);
}

const lockfile = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const mark = join(root, 'node_modules', '.set-up');
if (!existsSync(mark) || readFileSync(mark, 'utf8') !== lockfile) {
  say('Installing the packages of the lockfile; this happens once and takes about half a minute.');
  // Not `npm ci`: it refuses a lockfile that was made where the registry lacks other platforms' optional packages.
  run('npm', ['install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error']);
  writeFileSync(mark, lockfile);
}

const sources = [
  'contract',
  'clients',
  'orchestrator',
  'runner',
  'uploader',
  'reports',
  'exporter',
  'infrastructure',
  'cli',
  'build',
];
const changedAt = directory =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);
const newest = Math.max(
  ...sources.map(source => changedAt(join(root, source))),
  statSync(join(root, 'package.json')).mtimeMs,
);
const bundle = join(root, 'dist', 'aws-inventory.mjs');
if (!existsSync(bundle) || statSync(bundle).mtimeMs < newest) {
  say('Bundling the programs.');
  run(join(root, 'node_modules', '.bin', 'node'), [join(root, 'build', 'bundle.mjs')]);
}

// The image with driftctl, as `npm run image -- --driftctl` builds it: both programs where the scan looks for them, for its user.
import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDriftctl } from './driftctl/build-driftctl.ts';
import { makeImageBases } from './image-bases.ts';
import { type ImageDaemon, startImageDaemon } from './image-daemon.ts';

const tag = 'local/aws-inventory-orchestrator:driftctl-test';
let daemon: ImageDaemon;

const docker = (...args: readonly string[]) =>
  execa('docker', [...args], { env: { DOCKER_HOST: daemon.url }, reject: false });
const run = (...args: readonly string[]) =>
  docker(
    ...['run', '--rm', '--network=none', '--read-only', '--tmpfs=/tmp', '--cap-drop=ALL'],
    ...['--security-opt=no-new-privileges', '--user', '65532:65532', ...args],
  );

const librariesOf = async (program: string): Promise<string[]> => {
  const { stdout } = await execa('ldd', [program]);
  return [...stdout.matchAll(/(\/\S+)/g)].map(([path]) => path);
};

const copyInto = async (root: string, path: string): Promise<void> => {
  await mkdir(join(root, dirname(path)), { recursive: true });
  await cp(path, join(root, path), { dereference: true });
};

/** In Go's place: it answers what build.sh asks, and hands over what Go has built for the other tests. */
const goStandIn = `#!/bin/sh
case "$1 $2" in
  'env GOOS') echo linux;;
  'env GOARCH') echo "$ARCHITECTURE";;
  'list -m') [ "$4" = '{{.Version}}' ] && echo v0.40.0 || echo /licences;;
  *) for word; do [ "$before" = -o ] && place=$word; before=$word; done
     [ -d "$place" ] && exit 1
     case "$place" in */driftctl) cp /built/driftctl "$place";; *) cp /built/provider "$place";; esac;;
esac
`;

/** A base image with a shell and the stand-in. `directory` keeps its files. */
const makeGoBase = async (directory: string, built: string): Promise<string> => {
  const root = join(directory, 'go');
  for (const name of ['sh', 'dirname', 'mkdir', 'cp', 'chmod']) {
    const program = (await execa('sh', ['-c', `command -v ${name}`])).stdout;
    for (const path of [program, ...(await librariesOf(await realpath(program)))]) await copyInto(root, path);
  }
  const [provider = ''] = globSync(join(dirname(built), '.driftctl/plugins/*/terraform-provider-aws_*'));
  await mkdir(join(root, 'built'), { recursive: true });
  await cp(built, join(root, 'built/driftctl'));
  await cp(provider, join(root, 'built/provider'));
  await mkdir(join(root, 'licences'));
  await writeFile(join(root, 'licences/LICENSE'), 'Mozilla Public License');
  await writeFile(join(root, 'licences/LICENSE.md'), 'Apache License');
  await writeFile(join(root, 'usr/bin/go'), goStandIn, { mode: 0o755 });
  // Where the machine's programs lie in one folder, as everywhere since long.
  if (!existsSync(join(root, 'bin'))) await symlink('usr/bin', join(root, 'bin'));
  const base = 'local/go:build';
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const flags = ['ENV PATH=/usr/bin:/bin', `ENV ARCHITECTURE=${architecture}`].flatMap(change => ['--change', change]);
  const archive = execa('tar', ['-C', root, '-c', '.'], { encoding: 'buffer', buffer: false });
  await archive.pipe('docker', ['import', ...flags, '-', base], { env: { DOCKER_HOST: daemon.url } });
  return base;
};

beforeAll(async () => {
  const built = await buildDriftctl();
  daemon = await startImageDaemon();
  const { base, buildBase } = await makeImageBases(daemon.directory, daemon.url);
  const bases = ['--base', base, '--build-base', buildBase, '--go-base', await makeGoBase(daemon.directory, built)];
  const { all, exitCode } = await execa(
    process.execPath,
    ['build/build-image.mjs', '--driftctl', '--tag', tag, ...bases, '--network', 'host'],
    { env: { DOCKER_HOST: daemon.url }, reject: false, all: true },
  );
  if (exitCode !== 0) throw new Error(all);
}, 1_800_000);
afterAll(async () => {
  await daemon?.stop();
}, 60_000);

describe('the image with driftctl', () => {
  it('runs driftctl as its user, with nothing writable but a temporary directory', async () => {
    const { stdout, exitCode } = await run('--entrypoint', '/opt/driftctl/driftctl', tag, 'version');
    expect([stdout, exitCode]).toEqual(['v0.40.0', 0]);
  });

  it('has the provider where driftctl looks for it, and starts it', async () => {
    const variables = { DCTL_CONFIG_DIR: '/opt/driftctl', DCTL_TF_PROVIDER_VERSION: '3.40.0', AWS_REGION: 'nowhere' };
    const environment = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const scan = ['scan', '--no-version-check', '--disable-telemetry', '--from', 'tfstate:///nothing'];
    const { stderr, exitCode } = await run(...environment, '--entrypoint', '/opt/driftctl/driftctl', tag, ...scan);
    expect(exitCode).toBe(2);
    // Without a provider it would fetch one; with one that cannot start it would say "Unrecognized remote plugin message".
    expect(stderr).not.toMatch(/releases\.hashicorp|remote plugin/);
    expect(stderr).toMatch(/AWS/);
  });

  it('carries the licences of both, and starts the programs of the other image', async () => {
    const look = `console.log(require('node:fs').readdirSync('/opt/driftctl/licenses').join(' '))`;
    expect((await run(tag, '--eval', look)).stdout).toBe('driftctl terraform-provider-aws');
    expect((await run(tag)).stdout).toContain('Usage: aws-inventory');
  });
});

// The whole image, as `npm run image` builds it: driftctl and its provider where the scan looks for them, for its user; and the
// same with a shell.
import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDriftctl } from './driftctl/build-driftctl.ts';
import { makeImageBases, putNode } from './image-bases.ts';
import { type ImageDaemon, startImageDaemon } from './image-daemon.ts';

const tag = 'local/aws-inventory-orchestrator:driftctl-test';
let daemon: ImageDaemon;
let bases: readonly string[];

const docker = (...args: readonly string[]) =>
  execa('docker', [...args], { env: { DOCKER_HOST: daemon.url }, reject: false });
const run = (...args: readonly string[]) =>
  docker(
    ...['run', '--rm', '--network=none', '--read-only', '--tmpfs=/tmp', '--cap-drop=ALL'],
    ...['--security-opt=no-new-privileges', '--user', '65532:65532', ...args],
  );

const build = async (...flags: readonly string[]): Promise<void> => {
  const { all, exitCode } = await execa(
    process.execPath,
    ['build/build-image.mjs', ...flags, ...bases, '--network', 'host'],
    { env: { DOCKER_HOST: daemon.url }, reject: false, all: true },
  );
  if (exitCode !== 0) throw new Error(all);
  console.log(/It has .*/.exec(all)?.[0]);
};

const librariesOf = async (program: string): Promise<string[]> => {
  const { stdout } = await execa('ldd', [program]);
  return [...stdout.matchAll(/(\/\S+)/g)].map(([path]) => path);
};

const copyInto = async (root: string, path: string): Promise<void> => {
  await mkdir(join(root, dirname(path)), { recursive: true });
  await cp(path, join(root, path), { dereference: true });
};

/** Puts programs of this machine, with their libraries, into a base image. */
const putPrograms = async (root: string, names: readonly string[]): Promise<void> => {
  for (const name of names) {
    const program = (await execa('sh', ['-c', `command -v ${name}`])).stdout;
    for (const path of [program, ...(await librariesOf(await realpath(program)))]) await copyInto(root, path);
  }
  // Where the machine's programs lie in one folder, as everywhere since long.
  if (!existsSync(join(root, 'bin'))) await symlink('usr/bin', join(root, 'bin'));
};

const importRoot = async (root: string, name: string, changes: readonly string[]): Promise<void> => {
  const flags = changes.flatMap(change => ['--change', change]);
  const archive = execa('tar', ['-C', root, '-c', '.'], { encoding: 'buffer', buffer: false });
  await archive.pipe('docker', ['import', ...flags, '-', name], { env: { DOCKER_HOST: daemon.url } });
};

/** In Go's place: it answers what build.sh asks, and hands over what Go has built for the other tests. */
const goStandIn = `#!/bin/sh
case "$1 $2" in
  'env GOOS') echo linux;;
  'env GOARCH') echo "$ARCHITECTURE";;
  'list -m') [ "$4" = '{{.Version}}' ] && echo v0.40.0 || echo /licences;;
  'version -m') case "$3" in */driftctl) cat /built/modules/driftctl;; *) cat /built/modules/terraform-provider-aws;; esac;;
  *) for word; do [ "$before" = -o ] && place=$word; before=$word; done
     [ -d "$place" ] && exit 1
     case "$place" in */driftctl) cp /built/driftctl "$place";; *) cp /built/provider "$place";; esac;;
esac
`;

/** A base image with a shell and the stand-in. `directory` keeps its files. */
const makeGoBase = async (directory: string, built: string): Promise<string> => {
  const root = join(directory, 'go');
  await putPrograms(root, ['sh', 'cat', 'dirname', 'mkdir', 'cp', 'chmod']);
  const [provider = ''] = globSync(join(dirname(built), '.driftctl/plugins/*/terraform-provider-aws_*'));
  await mkdir(join(root, 'built'), { recursive: true });
  await cp(built, join(root, 'built/driftctl'));
  await cp(provider, join(root, 'built/provider'));
  await cp(join(dirname(built), 'modules'), join(root, 'built/modules'), { recursive: true });
  await mkdir(join(root, 'licences'));
  await writeFile(join(root, 'licences/LICENSE'), 'Mozilla Public License');
  await writeFile(join(root, 'licences/LICENSE.md'), 'Apache License');
  await writeFile(join(root, 'usr/bin/go'), goStandIn, { mode: 0o755 });
  const base = 'local/go:build';
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  await importRoot(root, base, ['ENV PATH=/usr/bin:/bin', `ENV ARCHITECTURE=${architecture}`]);
  return base;
};

/** Node, and what a person needs to look around. */
const makeShellBase = async (directory: string): Promise<string> => {
  const root = join(directory, 'shell');
  await putNode(root);
  await putPrograms(root, ['sh', 'ln', 'env', 'ls']);
  const base = 'local/node:shell';
  await importRoot(root, base, ['ENV PATH=/usr/local/bin:/usr/bin:/bin']);
  return base;
};

beforeAll(async () => {
  const built = await buildDriftctl();
  daemon = await startImageDaemon();
  const { base, buildBase } = await makeImageBases(daemon.directory, daemon.url);
  const goBase = await makeGoBase(daemon.directory, built);
  const shellBase = await makeShellBase(daemon.directory);
  bases = ['--base', base, '--build-base', buildBase, '--go-base', goBase, '--shell-base', shellBase];
  await build('--tag', tag);
}, 1_800_000);
afterAll(async () => {
  await daemon?.stop();
}, 60_000);

describe('the image', () => {
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

  it('has the bill of what Go has compiled into both', async () => {
    const look = `console.log(require('node:fs').readFileSync('/opt/driftctl/sbom.cdx.json', 'utf8'))`;
    const bill = JSON.parse((await run(tag, '--eval', look)).stdout);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
    const purls = bill.components.map(({ purl }: { purl: string }) => purl);
    expect(purls).toContain('pkg:golang/github.com/snyk/driftctl@v0.40.0');
    expect(purls.filter((purl: string) => purl.startsWith('pkg:golang/github.com/aws/aws-sdk-go@'))).not.toEqual([]);
    expect(purls.length).toBeGreaterThan(100);
    expect(new Set(purls).size).toBe(purls.length);
  });
});

describe('the image with a shell', () => {
  const withShell = 'local/aws-inventory-orchestrator:shell-test';
  beforeAll(() => build('--target', 'with-shell', '--tag', withShell), 300_000);

  it('has the command on its PATH, driftctl, and the labels of the other', async () => {
    const script = 'aws-inventory catalogue --help && ls /opt/driftctl';
    const { stdout, exitCode } = await run(withShell, 'sh', '-c', script);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: aws-inventory catalogue');
    expect(stdout).toContain('sbom.cdx.json');
    const labels = async (name: string) =>
      JSON.parse((await docker('image', 'inspect', '--format', '{{json .Config.Labels}}', name)).stdout);
    expect(await labels(withShell)).toEqual(await labels(tag));
  });
});

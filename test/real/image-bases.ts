// Stand-ins for the base images, made from what this machine has: no registry is asked. One has Node alone, as distroless has.
import { existsSync, globSync } from 'node:fs';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';

const nodeBinary = 'node_modules/node/bin/node';
const bundle = '/etc/ssl/certs/ca-certificates.crt';

const copyInto = async (root: string, source: string, target = source): Promise<void> => {
  await mkdir(join(root, dirname(target)), { recursive: true });
  await cp(source, join(root, target), { recursive: true, dereference: true });
};

const librariesOf = async (program: string): Promise<string[]> => {
  const { stdout } = await execa('ldd', [program]);
  return [...stdout.matchAll(/(\/\S+)/g)].map(([path]) => path);
};

export const putNode = async (root: string): Promise<void> => {
  for (const library of await librariesOf(nodeBinary)) await copyInto(root, library);
  await copyInto(root, nodeBinary, '/usr/local/bin/node');
  await copyInto(root, bundle);
  await mkdir(join(root, 'tmp'), { recursive: true });
  await writeFile(join(root, 'etc/passwd'), 'nonroot:x:65532:65532::/home/nonroot:/sbin/nologin\n');
};

/** npm as the machine has it, and `env`, by which its first line finds Node. */
const putNpm = async (root: string): Promise<void> => {
  const { stdout } = await execa('sh', ['-c', 'command -v npm']);
  const npm = dirname(dirname(await realpath(stdout)));
  await copyInto(root, npm, '/usr/local/lib/node_modules/npm');
  await symlink('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/local/bin/npm'));
  for (const library of await librariesOf('/usr/bin/env')) await copyInto(root, library);
  await copyInto(root, '/usr/bin/env');
};

const importRoot = async (root: string, name: string, changes: readonly string[], url: string): Promise<void> => {
  const flags = changes.flatMap(change => ['--change', change]);
  const archive = execa('tar', ['-C', root, '-c', '.'], { encoding: 'buffer', buffer: false });
  await archive.pipe('docker', ['import', ...flags, '-', name], { env: { DOCKER_HOST: url } });
};

export interface ImageBases {
  readonly base: string;
  readonly buildBase: string;
}

/** `directory` keeps their files; `url` is the daemon that gets the images. */
export const makeImageBases = async (directory: string, url: string): Promise<ImageBases> => {
  const root = join(directory, 'root');
  await putNode(root);
  const base = 'local/node:nonroot';
  await importRoot(root, base, ['USER 65532:65532', 'ENTRYPOINT ["/usr/local/bin/node"]'], url);
  await putNpm(root);
  const buildBase = 'local/node:build';
  const path = 'ENV PATH=/usr/local/bin:/usr/bin:/bin';
  // The machine's certificates: it may reach the registry through a proxy that has one of its own.
  await importRoot(root, buildBase, [path, `ENV NODE_EXTRA_CA_CERTS=${bundle}`], url);
  return { base, buildBase };
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

/** A base image with a shell and the stand-in, which hands over driftctl and provider as they lie around `built`. */
export const makeGoBase = async (directory: string, url: string, built: string): Promise<string> => {
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
  await importRoot(root, base, ['ENV PATH=/usr/bin:/bin', `ENV ARCHITECTURE=${architecture}`], url);
  return base;
};

/** Node, and what a person needs to look around. */
export const makeShellBase = async (directory: string, url: string): Promise<string> => {
  const root = join(directory, 'shell');
  await putNode(root);
  await putPrograms(root, ['sh', 'ln', 'env', 'ls']);
  const base = 'local/node:shell';
  await importRoot(root, base, ['ENV PATH=/usr/local/bin:/usr/bin:/bin'], url);
  return base;
};

// Stand-ins for the two base images, made from what this machine has: no registry is asked. One has Node alone, as distroless has.
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

// npm run image [-- --driftctl --tag T --base B --build-base B --go-base B --network N --builder X]: the image, by whatever builder works
// here. Never pushes.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { createGzip } from 'node:zlib';

const root = dirname(import.meta.dirname);
const say = text => process.stderr.write(`${text}\n`);

const quiet = (command, args) => spawnSync(command, args, { stdio: 'ignore', timeout: 30_000 }).status === 0;

/** In the order of preference. `works` asks the daemon too: a client without one is no builder. */
const builders = {
  'docker buildx': {
    works: () => quiet('docker', ['buildx', 'version']) && quiet('docker', ['info']),
    command: ['docker', 'buildx', 'build', '--load'],
  },
  docker: {
    works: () => quiet('docker', ['info']),
    command: ['docker', 'build'],
    // The client's own choice without buildx is to fail.
    environment: { DOCKER_BUILDKIT: '0' },
  },
  podman: { works: () => quiet('podman', ['info']), command: ['podman', 'build'] },
  nerdctl: { works: () => quiet('nerdctl', ['info']), command: ['nerdctl', 'build'] },
  buildah: { works: () => quiet('buildah', ['info']), command: ['buildah', 'build'] },
};

const readOptions = () => {
  const text = { type: 'string' };
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { values } = parseArgs({
    options: {
      tag: text,
      // With driftctl and its provider: 240 MB more, and ten minutes more the first time.
      driftctl: { type: 'boolean', default: false },
      base: text,
      'build-base': text,
      'go-base': text,
      network: text,
      builder: text,
    },
  });
  const tag = `dfdsdk/aws-inventory-orchestrator:${version}${values.driftctl ? '-driftctl' : ''}`;
  if (values.builder === undefined || Object.hasOwn(builders, values.builder)) return { tag, version, ...values };
  throw new Error(`--builder ${values.builder} is none of ${Object.keys(builders).join(', ')}`);
};

const findBuilder = wanted => {
  const names = wanted === undefined ? Object.keys(builders) : [wanted];
  return names.find(name => builders[name].works());
};

const buildArgument = (name, value) => (value === undefined ? [] : ['--build-arg', `${name}=${value}`]);

/** Of the checkout; unknown outside of one. */
const revision = () => {
  const { status, stdout } = spawnSync('git', ['-C', root, 'rev-parse', 'HEAD'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : 'unknown';
};

const argumentsOf = ({ tag, version, driftctl, base, 'build-base': buildBase, 'go-base': goBase, network }) => [
  ...['--tag', tag, '--target', driftctl ? 'with-driftctl' : 'inventory'],
  ...buildArgument('VERSION', version),
  ...buildArgument('REVISION', revision()),
  ...buildArgument('BASE', base),
  ...buildArgument('BUILD_BASE', buildBase),
  ...(driftctl ? [...buildArgument('GO_BASE', goBase), ...buildArgument('GOPROXY', process.env.GOPROXY)] : []),
  // npm sets it for its scripts where the user's registry is not npm's own.
  ...buildArgument('npm_config_registry', process.env.npm_config_registry),
  ...(network === undefined ? [] : ['--network', network]),
  ...['--file', join(root, 'Dockerfile'), root],
];

const megabytes = bytes => `${Math.round(bytes / 1e6)} MB`;

/** As a registry would send it, nearly: each layer of it is compressed by itself. Nothing is said where the builder cannot tell. */
const saySize = async (program, tag, environment) => {
  const env = { ...process.env, ...environment };
  const inspected = spawnSync(program, ['image', 'inspect', '--format', '{{.Size}}', tag], { encoding: 'utf8', env });
  if (inspected.status !== 0) return;
  const save = spawn(program, ['save', tag], { stdio: ['ignore', 'pipe', 'ignore'], env });
  let compressed = 0;
  for await (const chunk of save.stdout.pipe(createGzip())) compressed += chunk.length;
  say(`It has ${megabytes(Number(inspected.stdout))}, ${megabytes(compressed)} compressed.`);
};

const main = async options => {
  const name = findBuilder(options.builder);
  if (name === undefined) {
    const asked =
      options.builder === undefined ? 'No image builder works' : `The builder ${options.builder} does not work`;
    say(
      `${asked} on this machine. Install one (apt-get install buildah, podman or docker.io; or Docker Desktop) and start it.`,
    );
    return 2;
  }
  const { command, environment } = builders[name];
  say(`Building ${options.tag} with ${name}.`);
  const [program, ...words] = command;
  const { status, error } = spawnSync(program, [...words, ...argumentsOf(options)], {
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  if (status !== 0) {
    say(`${name} failed${error === undefined ? '' : `: ${error.message}`}`);
    return 1;
  }
  say(`Built ${options.tag}; it was not pushed.`);
  if (program !== 'buildah') await saySize(program, options.tag, environment);
  return 0;
};

try {
  process.exitCode = await main(readOptions());
} catch (error) {
  say(error.message);
  process.exitCode = 2;
}

// npm run image [-- --target T --tag T --base B --build-base B --go-base B --shell-base B --network N --builder X]: the image, by whatever
// builder works here. Never pushes.
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

/** Stages of the Dockerfile, and what stands behind the version in their tags. driftctl takes 240 MB, and ten minutes the first time. */
const targets = { 'with-driftctl': '', inventory: '-slim', 'with-shell': '-shell' };

const refuseUnknown = (flag, value, known) =>
  value === undefined || known.includes(value) ? [] : [`${flag} ${value} is none of ${known.join(', ')}`];

const readOptions = () => {
  const text = { type: 'string' };
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { values } = parseArgs({
    options: {
      tag: text,
      target: { ...text, default: 'with-driftctl' },
      base: text,
      'build-base': text,
      'go-base': text,
      'shell-base': text,
      network: text,
      builder: text,
    },
  });
  const problems = [
    ...refuseUnknown('--target', values.target, Object.keys(targets)),
    ...refuseUnknown('--builder', values.builder, Object.keys(builders)),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { tag: `dfdsdk/aws-inventory-orchestrator:${version}${targets[values.target]}`, version, ...values };
};

const findBuilder = wanted => {
  const names = wanted === undefined ? Object.keys(builders) : [wanted];
  return names.find(name => builders[name].works());
};

const buildArgument = (name, value) => (value === undefined ? [] : ['--build-arg', `${name}=${value}`]);

const git = (...words) => {
  const { status, stdout } = spawnSync('git', ['-C', root, ...words], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
};

/** Where the checkout came from, as a page: without a name or password that stands in the address. */
const sourceAddress = () => {
  const [, host, path] =
    /^(?:https?:\/\/(?:[^@/]*@)?|ssh:\/\/git@|git@)([^/:]+)[/:](.+?)(?:\.git)?$/.exec(
      git('remote', 'get-url', 'origin') ?? '',
    ) ?? [];
  return host === undefined ? undefined : `https://${host}/${path}`;
};

/** Seconds since 1970 of the commit: files of the image have this time, whenever it is built. */
const sourceTime = () => process.env.SOURCE_DATE_EPOCH ?? git('log', '-1', '--format=%ct') ?? '0';

/** These write times of their own into layers and image, unless they are told one. */
const timestampOf = builder => (['podman', 'buildah'].includes(builder) ? ['--timestamp', sourceTime()] : []);

/** An argument that no stage of the target takes is a warning of some builders: only what was given is passed on. */
const argumentsOf = (
  { tag, version, target, base, 'build-base': buildBase, 'go-base': goBase, 'shell-base': shellBase, network },
  builder,
) => [
  ...['--tag', tag, '--target', target],
  ...timestampOf(builder),
  // Of the checkout; unknown outside of one.
  ...buildArgument('VERSION', version),
  ...buildArgument('REVISION', git('rev-parse', 'HEAD')),
  ...buildArgument('SOURCE', sourceAddress()),
  ...buildArgument('SOURCE_DATE_EPOCH', sourceTime()),
  ...buildArgument('BASE', base),
  ...buildArgument('BUILD_BASE', buildBase),
  ...buildArgument('GO_BASE', goBase),
  ...buildArgument('SHELL_BASE', shellBase),
  ...(target === 'inventory' ? [] : buildArgument('GOPROXY', process.env.GOPROXY)),
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
  const { status, error } = spawnSync(program, [...words, ...argumentsOf(options, program)], {
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

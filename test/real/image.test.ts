// The image as `npm run image` builds each of its targets, run as a node would run it: another user, nothing writable, no capabilities.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDriftctl } from './driftctl/build-driftctl.ts';
import { makeGoBase, makeImageBases, makeShellBase } from './image-bases.ts';
import { type ImageDaemon, startImageDaemon } from './image-daemon.ts';

const tag = 'local/aws-inventory-orchestrator:test';
let daemon: ImageDaemon;
let built: string;
const bases: string[] = [];

const docker = (...args: readonly string[]) =>
  execa('docker', [...args], { env: { DOCKER_HOST: daemon.url }, reject: false });
/** Flags, the image, and its arguments. */
const runIn = (words: readonly string[]) =>
  docker(
    ...['run', '--rm', '--network=none', '--read-only', '--tmpfs=/tmp', '--cap-drop=ALL'],
    ...['--security-opt=no-new-privileges', '--user', '65532:65532', ...words],
  );
const run = (...args: readonly string[]) => runIn([tag, ...args]);
const image = (...args: readonly string[]) =>
  execa(process.execPath, ['build/build-image.mjs', ...args], {
    env: { DOCKER_HOST: daemon.url },
    reject: false,
    all: true,
  });

/** What it said. */
const build = async (...flags: readonly string[]): Promise<string> => {
  const { all, exitCode } = await image(...flags, ...bases);
  if (exitCode !== 0) throw new Error(all);
  return all;
};

beforeAll(async () => {
  daemon = await startImageDaemon();
  const { base, buildBase } = await makeImageBases(daemon.directory, daemon.url);
  bases.push('--base', base, '--build-base', buildBase, '--network', 'host');
  built = await build('--tag', tag, '--target', 'inventory');
}, 240_000);
afterAll(async () => {
  await daemon?.stop();
}, 60_000);

describe('npm run image', () => {
  it('says which builder it took, and that it pushed nothing', () => {
    expect(built).toMatch(/^Building \S+ with docker/m);
    expect(built).toContain(`Built ${tag}; it was not pushed.`);
  });

  it('says how large it is, and stays below what it may have compressed', () => {
    const [, whole = '', compressed = ''] = /It has (\d+) MB, (\d+) MB compressed\./.exec(built) ?? [];
    console.log(`the image has ${whole} MB, ${compressed} MB compressed, on a base made of Node alone`);
    expect(Number(compressed)).toBeGreaterThan(10);
    expect(Number(compressed)).toBeLessThanOrEqual(90);
  });

  it('says how to get a builder where none works', async () => {
    const { exitCode, all } = await image('--builder', 'nerdctl');
    expect(exitCode).toBe(2);
    expect(all).toContain('apt-get install');
    const unknown = await image('--builder', 'spoon', '--target', 'everything');
    expect(unknown.all).toContain('docker buildx');
    expect(unknown.all).toContain('--target everything is none of with-driftctl, inventory, with-shell');
  });
});

describe('the image without driftctl', () => {
  it.each(['assume', 'scan', 'upload', 'orchestrator'])(
    'starts %s by its args alone, which says what it lacks',
    async program => {
      const { exitCode, stdout, stderr } = await run(`/app/${program}.mjs`);
      expect(exitCode).toBe(2);
      expect(stdout + stderr).toContain(`"program":"${program}"`);
      expect(stdout + stderr).toContain('INVENTORY_TERMINATION_MESSAGE is not set');
    },
  );

  it('says of which version and sources it is, and has the bill of its materials', async () => {
    const { stdout } = await docker('image', 'inspect', '--format', '{{json .Config.Labels}}', tag);
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(JSON.parse(stdout)).toMatchObject({
      'org.opencontainers.image.version': version,
      'org.opencontainers.image.revision': expect.stringMatching(/^[0-9a-f]{40}$/),
      'org.opencontainers.image.source': expect.stringMatching(/^(https:\/\/[^@]+|unknown)$/),
      'org.opencontainers.image.licenses': 'Apache-2.0',
    });
    const read = 'console.log(require("node:fs").readFileSync("/app/sbom.cdx.json", "utf8"))';
    const bill = JSON.parse((await run('-e', read)).stdout);
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { version } } });
    expect(bill.components.length).toBeGreaterThan(100);
  });

  it('has the command, which is what it runs when nothing is asked of it', async () => {
    const { exitCode, stdout } = await run();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: aws-inventory');
  });

  it('is of a user without a name or rights, and has no shell, no package manager and nothing of the sources', async () => {
    const config = JSON.parse((await docker('image', 'inspect', '--format', '{{json .Config}}', tag)).stdout) as {
      User: string;
    };
    expect(config.User).toBe('65532:65532');
    const look = `
      const { existsSync, readdirSync } = require('node:fs');
      console.log(JSON.stringify({
        uid: process.getuid(),
        app: readdirSync('/app'),
        forbidden: ['/bin/sh', '/usr/local/bin/npm', '/source', '/app/vars.env'].filter(existsSync),
      }));`;
    const { uid, app, forbidden } = JSON.parse((await run('--eval', look)).stdout) as {
      uid: number;
      app: readonly string[];
      forbidden: readonly string[];
    };
    expect([uid, forbidden]).toEqual([65532, []]);
    expect(app).toEqual(expect.arrayContaining(['LICENSE', 'chunks', 'assume.mjs', 'orchestrator.mjs']));
    expect(app.filter(name => !/^(LICENSE|chunks|sbom\.cdx\.json|[a-z-]+\.mjs)$/.test(name))).toEqual([]);
  });
});

describe('the image with driftctl', () => {
  const withDriftctl = 'local/aws-inventory-orchestrator:driftctl-test';
  // Its driftctl takes ten minutes where nobody has built it before.
  beforeAll(async () => {
    const built = await buildDriftctl();
    const goBase = await makeGoBase(daemon.directory, daemon.url, built);
    const shellBase = await makeShellBase(daemon.directory, daemon.url);
    bases.push('--go-base', goBase, '--shell-base', shellBase);
    await build('--tag', withDriftctl);
  }, 1_800_000);

  it('runs driftctl as its user, with nothing writable but a temporary directory', async () => {
    const { stdout, exitCode } = await runIn(['--entrypoint', '/opt/driftctl/driftctl', withDriftctl, 'version']);
    expect([stdout, exitCode]).toEqual(['v0.40.0', 0]);
  });

  it('has the provider where driftctl looks for it, and starts it', async () => {
    const variables = { DCTL_CONFIG_DIR: '/opt/driftctl', DCTL_TF_PROVIDER_VERSION: '3.40.0', AWS_REGION: 'nowhere' };
    const environment = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const scan = ['scan', '--no-version-check', '--disable-telemetry', '--from', 'tfstate:///nothing'];
    const { stderr, exitCode } = await runIn([
      ...environment,
      '--entrypoint',
      '/opt/driftctl/driftctl',
      withDriftctl,
      ...scan,
    ]);
    expect(exitCode).toBe(2);
    // Without a provider it would fetch one; with one that cannot start it would say "Unrecognized remote plugin message".
    expect(stderr).not.toMatch(/releases\.hashicorp|remote plugin/);
    expect(stderr).toMatch(/AWS/);
  });

  it('carries the licences of both, and starts the programs of the other image', async () => {
    const look = `console.log(require('node:fs').readdirSync('/opt/driftctl/licenses').join(' '))`;
    expect((await runIn([withDriftctl, '--eval', look])).stdout).toBe('driftctl terraform-provider-aws');
    expect((await runIn([withDriftctl])).stdout).toContain('Usage: aws-inventory');
  });

  it('has the bill of what Go has compiled into both', async () => {
    const look = `console.log(require('node:fs').readFileSync('/opt/driftctl/sbom.cdx.json', 'utf8'))`;
    const bill = JSON.parse((await runIn([withDriftctl, '--eval', look])).stdout);
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
  beforeAll(async () => {
    await build('--target', 'with-shell', '--tag', withShell);
  }, 300_000);

  it('has the command on its PATH, driftctl, and the labels of the other', async () => {
    const script = 'aws-inventory catalogue --help && ls /opt/driftctl';
    const { stdout, exitCode } = await runIn([withShell, 'sh', '-c', script]);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Usage: aws-inventory catalogue');
    expect(stdout).toContain('sbom.cdx.json');
    const labels = async (name: string) =>
      JSON.parse((await docker('image', 'inspect', '--format', '{{json .Config.Labels}}', name)).stdout);
    expect(await labels(withShell)).toEqual(await labels(tag));
  });
});

// The image without driftctl, as `npm run image` builds it, run as a node would run it: another user, nothing writable, no capabilities.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeImageBases } from './image-bases.ts';
import { type ImageDaemon, startImageDaemon } from './image-daemon.ts';

const tag = 'local/aws-inventory-orchestrator:test';
let daemon: ImageDaemon;
let built: string;

const docker = (...args: readonly string[]) =>
  execa('docker', [...args], { env: { DOCKER_HOST: daemon.url }, reject: false });
const run = (...args: readonly string[]) =>
  docker(
    ...['run', '--rm', '--network=none', '--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges'],
    ...['--user', '65532:65532', tag, ...args],
  );
const image = (...args: readonly string[]) =>
  execa(process.execPath, ['build/build-image.mjs', ...args], {
    env: { DOCKER_HOST: daemon.url },
    reject: false,
    all: true,
  });

beforeAll(async () => {
  daemon = await startImageDaemon();
  const { base, buildBase } = await makeImageBases(daemon.directory, daemon.url);
  const flags = ['--target', 'inventory', '--base', base, '--build-base', buildBase, '--network', 'host'];
  const { all, exitCode } = await image('--tag', tag, ...flags);
  if (exitCode !== 0) throw new Error(all);
  built = all;
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

describe('the image', () => {
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

// A docker daemon of the tests' own: on a socket in a temporary directory, without a network of its own, gone when we are gone.
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { vi } from 'vitest';

export interface ImageDaemon {
  /** For DOCKER_HOST. */
  readonly url: string;
  /** A temporary directory of this daemon's; stop() removes it. */
  readonly directory: string;
  readonly stop: () => Promise<void>;
}

const places = ['/usr/bin/dockerd', '/usr/sbin/dockerd', '/usr/local/bin/dockerd'];
const clients = ['/usr/bin/docker', '/usr/local/bin/docker'];
/** The daemon; undefined when it, or the client that talks to it, is not there. */
const findDaemon = (): string | undefined => (clients.some(existsSync) ? places.find(existsSync) : undefined);

/** Debian's package, without starting the service that comes with it. */
const installDaemon = async (): Promise<void> => {
  console.error('Installing docker.io, which builds the image; this happens once and takes some ten seconds.');
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await execa('apt-get', ['update', '-qq'], { env });
  // Newer releases have the client in a package of its own.
  const { failed } = await execa('apt-cache', ['show', 'docker-cli'], { reject: false });
  const packages = ['docker.io', ...(failed ? [] : ['docker-cli'])];
  await execa('apt-get', ['install', '-qq', '--no-install-recommends', ...packages], { env });
};

const requireDaemon = async (): Promise<string> => {
  const howToGet = 'Install docker (apt-get install docker.io) on a machine where the tests are root.';
  if (findDaemon() === undefined) {
    await installDaemon().catch(cause => {
      throw new Error(`Docker, which builds the image, is not there and could not be installed. ${howToGet}`, {
        cause,
      });
    });
  }
  const daemon = findDaemon();
  if (daemon === undefined) throw new Error(`dockerd or docker is not there. ${howToGet}`);
  return daemon;
};

const answers = async (url: string): Promise<boolean> =>
  !(await execa('docker', ['version'], { env: { DOCKER_HOST: url }, reject: false, timeout: 5_000 })).failed;

/** Resolves when it answers. Needs root. */
export const startImageDaemon = async (): Promise<ImageDaemon> => {
  const command = await requireDaemon();
  const directory = await mkdtemp(join(tmpdir(), 'images-'));
  const url = `unix://${join(directory, 'docker.sock')}`;
  const logFile = join(directory, 'dockerd.log');
  const places = ['data-root', 'exec-root'].flatMap(name => [`--${name}`, join(directory, name)]);
  const network = ['--bridge=none', '--iptables=false', '--ip6tables=false'];
  const own = ['--pidfile', join(directory, 'pid'), '--host', url];
  // TERM, not KILL: it ends its containers, which the kernel would not do for it. Its mounts go with a namespace of their own.
  const args = ['--pdeathsig', 'TERM', 'unshare', '--mount', command, ...network, ...places, ...own];
  const daemon = execa('setpriv', args, {
    reject: false,
    stdin: 'ignore',
    buffer: false,
    stdout: { file: logFile },
    stderr: { file: logFile },
  });
  let ended = false;
  const end = daemon.then(() => {
    ended = true;
  });
  const stop = async (): Promise<void> => {
    daemon.kill('SIGTERM');
    await end;
    await rm(directory, { recursive: true, force: true });
  };
  await vi.waitUntil(async () => ended || (await answers(url)), { timeout: 60_000 }).catch(() => undefined);
  if (ended || !(await answers(url))) {
    const log = await readFile(logFile, 'utf8');
    await stop();
    throw new Error(`dockerd did not start:\n${log.slice(-3000)}`);
  }
  return { url, directory, stop };
};

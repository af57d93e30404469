// Before the real node: the programs that it takes from the machine, installed from Debian's packages when they are missing.
import { existsSync } from 'node:fs';
import { execa } from 'execa';

const packages: Readonly<Record<string, readonly string[]>> = {
  containerd: ['/usr/bin/containerd'],
  runc: ['/usr/sbin/runc', '/usr/bin/runc'],
  'containernetworking-plugins': ['/usr/lib/cni/bridge'],
  iptables: ['/usr/sbin/iptables'],
  conntrack: ['/usr/sbin/conntrack'],
  iproute2: ['/usr/sbin/ip', '/sbin/ip'],
};

export const pluginDirectory = '/usr/lib/cni';

const missingPackages = (): string[] =>
  Object.entries(packages).flatMap(([name, places]) => (places.some(existsSync) ? [] : [name]));

/** Without starting the service that comes with containerd. */
const install = async (names: readonly string[]): Promise<void> => {
  console.error(`Installing ${names.join(', ')} for the real node; this happens once and takes some ten seconds.`);
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await execa('apt-get', ['update', '-qq'], { env });
  await execa('apt-get', ['install', '-qq', '--no-install-recommends', ...names], { env });
};

/** Throws with what to install when it cannot do so itself. */
export const requireNodePackages = async (): Promise<void> => {
  if (process.getuid?.() !== 0)
    throw new Error('A real node needs root: run the tests as root, or in a virtual machine.');
  const missing = missingPackages();
  if (missing.length === 0) return;
  const howToGet = `apt-get install ${missing.join(' ')}`;
  await install(missing).catch(cause => {
    throw new Error(`The real node lacks programs, and they could not be installed: ${howToGet}`, { cause });
  });
  const still = missingPackages();
  if (still.length > 0) throw new Error(`The real node lacks ${still.join(', ')} also after: ${howToGet}`);
};

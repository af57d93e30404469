// Where the real node lives: namespaces of its own for network, mounts and processes, and a cable to this machine.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

export interface NodeBox {
  /** Removed by stop(), as everything in it. */
  readonly directory: string;
  /** In memory, and seen from inside alone. */
  readonly state: string;
  /** This machine's end of the cable: where servers listen that pods are to reach. */
  readonly machineAddress: string;
  readonly nodeAddress: string;
  /** The first process inside, as this machine numbers it. */
  readonly pid: number;
  /** The command that runs one inside. */
  readonly inside: (command: string, args: readonly string[]) => readonly [string, readonly string[]];
  /** Ends every process inside, whatever it does. */
  readonly stop: () => Promise<void>;
}

/** Addresses for tests of networks (RFC 2544), which are nobody's: a network of two for each process of tests. */
const cableOf = (pid: number) => {
  const network = pid % (2 * 256 * 64);
  const prefix = `198.${18 + Math.floor(network / (256 * 64))}.${Math.floor(network / 64) % 256}`;
  const first = (network % 64) * 4;
  return {
    name: `node-${pid}`,
    machineAddress: `${prefix}.${first + 1}`,
    nodeAddress: `${prefix}.${first + 2}`,
  };
};

/** Every address that cableOf gives: no proxy is asked for one. */
export const cableAddresses = '198.18.0.0/15';

const script = fileURLToPath(new URL('node-box.sh', import.meta.url));

const startNamespaces = (directory: string, logFile: string): ChildProcess => {
  const log = openSync(logFile, 'a');
  const spaces = ['--net', '--mount', '--pid', '--mount-proc', '--propagation', 'private'];
  // Two ways to end with us: the pipe to its stdin closes, and the kernel kills unshare, and it the rest.
  const args = ['--pdeathsig', 'KILL', 'unshare', ...spaces, '--fork', '--kill-child', 'sh', script, directory];
  const child = spawn('setpriv', args, { stdio: ['pipe', 'pipe', log] });
  closeSync(log);
  return child;
};

const readyOrEnded = async (child: ChildProcess, logFile: string): Promise<void> => {
  const ended = once(child, 'exit').then(async ([code]) => {
    const said = await readFile(logFile, 'utf8');
    throw new Error(
      `The node's namespaces need root on Linux, and cannot be made (unshare ended with ${code}): ${said}`,
    );
  });
  if (child.stdout === null) throw new Error('unshare has no output');
  await Promise.race([once(child.stdout, 'data'), ended]);
};

const connect = async (cable: ReturnType<typeof cableOf>, pid: number): Promise<void> => {
  const outside = (...args: string[]) => execa('ip', args);
  const inside = (...args: string[]) => execa('nsenter', ['--target', String(pid), '--net', 'ip', ...args]);
  await outside('link', 'add', cable.name, 'type', 'veth', 'peer', 'name', 'uplink', 'netns', String(pid));
  await outside('address', 'add', `${cable.machineAddress}/30`, 'dev', cable.name);
  await outside('link', 'set', cable.name, 'up');
  await inside('address', 'add', `${cable.nodeAddress}/30`, 'dev', 'uplink');
  await inside('link', 'set', 'uplink', 'up');
  await inside('route', 'add', 'default', 'via', cable.machineAddress);
};

/** Resolves once the namespaces are there and connected; nothing runs inside yet. */
export const startNodeBox = async (): Promise<NodeBox> => {
  const directory = await mkdtemp(join(tmpdir(), 'inventory-node-'));
  await mkdir(join(directory, 'state'));
  const logFile = join(directory, 'box.log');
  const child = startNamespaces(directory, logFile);
  const ended = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.stdin?.end();
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await readyOrEnded(child, logFile);
    const pid = Number(await readFile(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8'));
    const { name: _name, ...addresses } = cableOf(process.pid);
    await connect(cableOf(process.pid), pid);
    const spaces = ['--target', String(pid), '--net', '--mount', '--pid', '--'];
    return {
      ...{ directory, state: join(directory, 'state'), ...addresses, pid, stop },
      inside: (command, args) => ['nsenter', [...spaces, command, ...args]],
    };
  } catch (error) {
    await stop();
    throw error;
  }
};

// Everything that the first run needs, from nothing: a real node, AWS as a simulator that its pods reach, and the images.
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vi } from 'vitest';
import { type Fleet, startFleet } from '../../flow/fleet.ts';
import { buildTool } from '../cluster/build-tools.ts';
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts';
import { pauseImage, writeImages } from './images.ts';
import { cableAddresses, startNodeBox } from './node-box.ts';
import { requireNodePackages } from './node-packages.ts';
import type { Phases } from './phases.ts';
import { nodeUsers, startRealNode } from './real-node.ts';

export interface Machine {
  readonly aws: Fleet;
  readonly cluster: ControlPlane;
  /** Temporary, with a copy of k8s/. */
  readonly directory: string;
  /** kubelet's directory, as it is seen from outside. */
  readonly kubelet: string;
  /** Of the product's image. */
  readonly imageTag: string;
  readonly stop: () => Promise<void>;
}

export interface MachineOptions {
  /** Members of the Organization. */
  readonly members: number;
  /** Of the reports; nobody has made it yet. */
  readonly bucket: string;
}

type Stops = (() => Promise<void>)[];

/** The last that was started is stopped first. */
const stopAll = async (stops: Stops): Promise<void> => {
  for (const each of stops.toReversed()) await each();
};

const startParts = async (options: MachineOptions, phases: Phases, stops: Stops): Promise<Machine> => {
  const box = await phases.time('namespaces for the node', startNodeBox);
  stops.push(box.stop);
  const { members, bucket } = options;
  const address = box.machineAddress;
  const aws = await phases.time('AWS as a simulator, with an Organization', () =>
    startFleet(members, { address, bucket }),
  );
  stops.push(aws.stop);
  const cluster = await phases.time('etcd, API server, controllers', () =>
    startControlPlane({ address, users: Object.values(nodeUsers) }),
  );
  stops.push(cluster.stop);
  const imageTag = JSON.parse(await readFile('package.json', 'utf8')).version as string;
  const archives = await phases.time('images', () => writeImages(box.directory, imageTag));
  await phases.time('containerd, kubelet, kube-proxy, scheduler', async () => {
    const node = await startRealNode({ box, cluster, pauseImage, archives });
    // The last of all: a control group with a process in it cannot go.
    stops.unshift(node.remove);
  });
  const directory = join(box.directory, 'user');
  await cp('k8s', join(directory, 'k8s'), { recursive: true });
  const kubelet = `/proc/${box.pid}/root${box.state}/kubelet`;
  return { aws, cluster, directory, kubelet, imageTag, stop: () => stopAll(stops) };
};

/** Whatever was started is stopped again when the rest does not start. */
export const startMachine = async (options: MachineOptions, phases: Phases): Promise<Machine> => {
  vi.stubEnv('NO_PROXY', `${process.env['NO_PROXY'] ?? '127.0.0.1,localhost'},${cableAddresses}`);
  await phases.time('packages and programs', async () => {
    await requireNodePackages();
    for (const name of ['etcd', 'kube-apiserver', 'kubelet'] as const) await buildTool(name);
  });
  const stops: Stops = [];
  try {
    return await startParts(options, phases, stops);
  } catch (error) {
    await stopAll(stops);
    throw error;
  }
};

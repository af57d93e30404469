// A real node: containerd, kubelet and kube-proxy in namespaces of their own, and the scheduler that fills it.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { vi } from 'vitest';
import { buildTool } from '../cluster/build-tools.ts';
import type { ControlPlane } from '../cluster/control-plane.ts';
import type { TokenUser } from '../cluster/control-plane-files.ts';
import { prepareServer } from '../cluster/server-process.ts';
import { type ControlGroup, makeControlGroup } from './control-groups.ts';
import type { NodeBox } from './node-box.ts';
import {
  containerdConfiguration,
  containerdSocket,
  kubeletArguments,
  kubeletConfiguration,
  type NodePlaces,
  podNetworks,
  proxyConfiguration,
} from './node-files.ts';
import { pluginDirectory } from './node-packages.ts';

const nodeName = 'real-node';

/** For the control plane's token file; their rights are those that every cluster gives them. */
export const nodeUsers = {
  kubelet: { token: 'kubelet-token', name: `system:node:${nodeName}`, groups: ['system:nodes'] },
  proxy: { token: 'proxy-token', name: 'system:kube-proxy' },
  scheduler: { token: 'scheduler-token', name: 'system:kube-scheduler' },
} as const satisfies Record<string, TokenUser>;

export interface RealNodeParts {
  readonly box: NodeBox;
  readonly cluster: ControlPlane;
  readonly pauseImage: string;
  /** Archives as `docker save` writes them. */
  readonly archives: readonly string[];
}

export interface RealNode {
  /** What the box leaves: stop that first. */
  readonly remove: () => Promise<void>;
}

const writePlaces = async ({ box, cluster, pauseImage }: RealNodeParts, group: ControlGroup): Promise<NodePlaces> => {
  const networks = join(box.directory, 'networks');
  const nameServers = join(box.directory, 'resolv.conf');
  const places: NodePlaces = {
    ...{ name: nodeName, address: box.nodeAddress, state: box.state, controlGroup: group.path },
    ...{ networks, nameServers, pauseImage, plugins: pluginDirectory },
    kubeletKubeconfig: await cluster.kubeconfigFor(nodeUsers.kubelet.token),
    proxyKubeconfig: await cluster.kubeconfigFor(nodeUsers.proxy.token),
  };
  // Nothing is looked up: servers are told by their addresses.
  await writeFile(nameServers, 'nameserver 127.0.0.1\n');
  await mkdir(networks);
  await writeFile(join(networks, '10-pods.conflist'), JSON.stringify(podNetworks(places)));
  await writeFile(join(box.directory, 'containerd.toml'), containerdConfiguration(places));
  await writeFile(join(box.directory, 'kubelet.json'), JSON.stringify(kubeletConfiguration(places)));
  await writeFile(join(box.directory, 'kube-proxy.json'), JSON.stringify(proxyConfiguration(places)));
  return places;
};

interface Inside {
  readonly name: string;
  readonly command: string;
  readonly arguments: readonly string[];
  readonly isReady: () => Promise<boolean>;
}

const startInside = async (box: NodeBox, program: Inside): Promise<void> => {
  const [command, args] = box.inside(program.command, program.arguments);
  const logFile = join(box.directory, `${program.name}.log`);
  await prepareServer({ command, arguments: args, logFile, isReady: program.isReady }).start();
};

const answersInside = (box: NodeBox, command: string, args: readonly string[]) => async (): Promise<boolean> => {
  const [program, all] = box.inside(command, args);
  return !(await execa(program, [...all], { reject: false, timeout: 5_000 })).failed;
};

const startContainerd = async ({ box, archives }: RealNodeParts, places: NodePlaces): Promise<void> => {
  const ctr = ['--address', containerdSocket(places), '--namespace', 'k8s.io'];
  await startInside(box, {
    name: 'containerd',
    command: 'containerd',
    arguments: ['--config', join(box.directory, 'containerd.toml')],
    isReady: answersInside(box, 'ctr', [...ctr, 'version']),
  });
  for (const archive of archives) {
    const [program, args] = box.inside('ctr', [...ctr, 'images', 'import', archive]);
    await execa(program, [...args]);
    // A test that is killed leaves its directory: nothing large.
    await rm(archive);
  }
};

const startScheduler = async ({ box, cluster }: RealNodeParts): Promise<void> => {
  const kubeconfig = await cluster.kubeconfigFor(nodeUsers.scheduler.token);
  const args = [`--kubeconfig=${kubeconfig}`, '--leader-elect=false', '--secure-port=0'];
  await prepareServer({
    command: await buildTool('kube-scheduler'),
    arguments: [...args, `--authentication-kubeconfig=${kubeconfig}`, `--authorization-kubeconfig=${kubeconfig}`],
    logFile: join(box.directory, 'kube-scheduler.log'),
    // It serves nothing: the first pod that has a node tells.
    isReady: async () => true,
  }).start();
};

interface NodeConditions {
  readonly spec: { readonly taints?: readonly unknown[] };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const isReady = async (cluster: ControlPlane): Promise<boolean> => {
  const node = JSON.parse(await cluster.kubectl(['get', 'node', nodeName, '-o', 'json'])) as NodeConditions;
  const ready = node.status.conditions?.find(({ type }) => type === 'Ready')?.status === 'True';
  return ready && (node.spec.taints ?? []).length === 0;
};

/** Resolves when the node is Ready and takes pods. */
export const startRealNode = async (parts: RealNodeParts): Promise<RealNode> => {
  const { box, cluster } = parts;
  const group = await makeControlGroup();
  const places = await writePlaces(parts, group);
  await startContainerd(parts, places);
  await startInside(box, {
    name: 'kubelet',
    command: await buildTool('kubelet'),
    arguments: kubeletArguments(places, join(box.directory, 'kubelet.json')),
    isReady: async () => (await cluster.kubectl(['get', 'node', nodeName, '-o', 'name'])) !== '',
  });
  await startInside(box, {
    name: 'kube-proxy',
    command: await buildTool('kube-proxy'),
    arguments: [`--config=${join(box.directory, 'kube-proxy.json')}`, `--hostname-override=${nodeName}`],
    isReady: answersInside(box, 'curl', ['-sf', 'http://127.0.0.1:10256/healthz']),
  });
  await startScheduler(parts);
  await vi.waitUntil(() => isReady(cluster).catch(() => false), { timeout: 60_000, interval: 200 });
  return { remove: group.remove };
};

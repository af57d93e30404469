// A node for a real control plane: registers, binds every pod to itself, and runs pods as processes of this machine.
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { V1Pod } from '@kubernetes/client-node';
import { execa } from 'execa';
import type { Environment } from '../../../clients/pods/container-environment.ts';
import type { LocalImages } from '../../../clients/pods/images.ts';
import { findMemoryDirectory, removeTree } from '../../../clients/pods/volumes.ts';
import type { ControlPlane } from './control-plane.ts';
import { type NodeApi, openNodeApi } from './node-api.ts';
import { type LogFile, serveLogs } from './node-logs.ts';
import { type NodePod, startPod } from './node-pod.ts';
import { followPods, uidOf } from './node-pod-watch.ts';
import type { NodePlace, StartedContainer } from './node-pod-work.ts';
import { keepAlive, registerNode, removeNode } from './node-registration.ts';
import { type Hold, openScheduling, type Scheduling } from './node-scheduling.ts';

export interface NodeOptions {
  /** Where it registers, as its administrator; its containers' logs are served with the API server's own certificate. */
  readonly cluster: Pick<ControlPlane, 'adminKubeconfig' | 'certificateFile' | 'keyFile' | 'host' | 'port'>;
  /** What stands for an image; one that is not here is not found. */
  readonly images: LocalImages;
  /** Reaches every container: PATH, and where AWS is (AWS_ENDPOINT_URL…). Identities and other variables are left out. */
  readonly environment: Environment;
  /** KUBERNETES_SERVICE_HOST and _PORT of its pods, where a proxy stands before the API server. */
  readonly service?: { readonly host: string; readonly port: number };
  readonly name?: string;
}

export interface PodName {
  readonly namespace: string;
  readonly name: string;
}

export interface Node {
  readonly name: string;
  /** Every container that was started, in this order. */
  readonly started: readonly StartedContainer[];
  /** Pods that match stay Pending and Unschedulable until the returned function is called. */
  readonly hold: Scheduling['hold'];
  /** As under memory pressure: killed, Failed, Evicted, a DisruptionTarget. Throws when the pod does not run here. */
  readonly evict: (pod: PodName, message?: string) => void;
  /** SIGKILL to one running container. */
  readonly killContainer: (pod: PodName, container: string) => void;
  /** The same, reported as OOMKilled. */
  readonly exhaustMemory: (pod: PodName, container: string) => void;
  /** Writes a new token into each volume that has one, as it happens when four fifths of its life are over. */
  readonly rotateTokens: (pod: PodName) => Promise<void>;
  /** What a container wrote, also after its pod was deleted; of the newest pod of that name. */
  readonly logOf: (pod: PodName, container: string) => string;
  /** As if its power went: its processes are killed, and nothing of it is heard any more. */
  readonly lose: () => Promise<void>;
  /** Ends its processes, removes its directories and, where the API server answers, the Node. */
  readonly stop: () => Promise<void>;
}

const address = '127.0.0.1';
const reaper = fileURLToPath(new URL('node-reaper.ts', import.meta.url));

const openDirectories = () => {
  const root = mkdtempSync(join(tmpdir(), 'node-'));
  const shared = findMemoryDirectory();
  const memory = shared === undefined ? join(root, 'memory') : join(shared, `aws-inventory-node-${randomUUID()}`);
  mkdirSync(memory, { mode: 0o700 });
  return { root, memory };
};

/** A process that removes what a killed node leaves. */
const startReaper = (directories: readonly string[]) => {
  const child = execa(process.execPath, [reaper, ...directories], {
    ...{ stdin: 'pipe', stdout: 'ignore', stderr: 'inherit', reject: false, extendEnv: false, env: {} },
    // Neither a signal to the tests' group nor the end of this process ends it: that is when it works.
    ...{ detached: true, cleanup: false },
  });
  return {
    watch: (pod: V1Pod) => child.stdin.write(`${pod.metadata?.name}\n`),
    stop: async () => {
      child.stdin.end();
      await child;
    },
  };
};

type Reaper = ReturnType<typeof startReaper>;

const isOver = (pod: V1Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** The pods of this node by UID, and what is done about each sighting. */
const openPods = (place: NodePlace, scheduling: Scheduling, reaped: Reaper) => {
  const pods = new Map<string, NodePod>();
  const start = (pod: V1Pod) => {
    reaped.watch(pod);
    pods.set(uidOf(pod), startPod(pod, place));
  };
  const running = ({ namespace, name }: PodName): NodePod => {
    const found = [...pods.values()]
      .reverse()
      .find(({ pod }) => pod.metadata?.namespace === namespace && pod.metadata.name === name);
    if (found === undefined) throw new Error(`pod ${namespace}/${name} is not on node ${place.name}`);
    return found;
  };
  return {
    running,
    all: () => [...pods.values()],
    seen: (pod: V1Pod) => {
      const known = pods.get(uidOf(pod));
      const bound = pod.spec?.nodeName;
      if (known !== undefined) known.update(pod);
      else if (bound === undefined) scheduling.offer(pod);
      else if (bound === place.name && !isOver(pod)) start(pod);
      if (bound !== undefined) scheduling.forget(uidOf(pod));
    },
    gone: (uid: string) => {
      scheduling.forget(uid);
      pods.get(uid)?.abandon();
    },
  };
};

type Pods = ReturnType<typeof openPods>;

const findLog = (pods: Pods, namespace: string, name: string, container: string): LogFile | undefined => {
  try {
    return pods.running({ namespace, name }).log(container);
  } catch {
    return undefined;
  }
};

const endPods = async (pods: Pods): Promise<void> => {
  for (const pod of pods.all()) pod.abandon();
  await Promise.all(pods.all().map(pod => pod.ended));
};

const evicted = (message = 'The node was low on resource: memory.') => ({
  ...{ reason: 'Evicted', message, disruption: 'TerminationByKubelet' },
});

/** Another access than the node's own, which has ended: the API server may be away for good, so not for long. */
const deregister = async (kubeconfig: string, name: string): Promise<void> => {
  const api = openNodeApi(kubeconfig, AbortSignal.timeout(3_000));
  await removeNode(api, name).catch(() => undefined);
  api.close();
};

interface Opened {
  readonly api: NodeApi;
  readonly place: NodePlace;
  readonly end: AbortController;
}

const openPlace = (options: NodeOptions): Opened => {
  const end = new AbortController();
  const { cluster, images, environment, service = cluster, name = 'node-of-the-tests' } = options;
  const api = openNodeApi(cluster.adminKubeconfig, end.signal);
  const place = { api, name, address, images, environment, service, ...openDirectories(), started: [] };
  return { api, place, end };
};

/** Resolves when the node is Ready and takes pods. Several may stand in one cluster, with names of their own. */
export const startNode = async (options: NodeOptions): Promise<Node> => {
  const { api, place, end } = openPlace(options);
  const { name, started } = place;
  const scheduling = openScheduling(api, name);
  const reaped = startReaper([place.root, place.memory]);
  const pods = openPods(place, scheduling, reaped);
  const find = (namespace: string, pod: string, container: string) => findLog(pods, namespace, pod, container);
  const { certificateFile, keyFile, adminKubeconfig } = options.cluster;
  const logs = await serveLogs({ certificate: readFileSync(certificateFile), key: readFileSync(keyFile), find });
  const self = { name, address, port: logs.port };
  let lost: Promise<unknown> | undefined;
  const lose = async () => {
    end.abort();
    lost ??= Promise.all([endPods(pods), logs.stop()]);
    await lost;
  };
  const stop = async () => {
    await lose();
    await reaped.stop();
    for (const directory of [place.root, place.memory]) removeTree(directory);
    await deregister(adminKubeconfig, name);
    api.close();
  };
  try {
    await registerNode(api, self);
  } catch (error) {
    await stop();
    throw error;
  }
  void keepAlive(api, self, end.signal);
  void followPods(api, pods, end.signal);
  return {
    ...{ name, started, lose, stop },
    hold: (hold: Hold) => scheduling.hold(hold),
    evict: (pod, message) => pods.running(pod).evict(evicted(message)),
    killContainer: (pod, container) => pods.running(pod).killContainer(container, false),
    exhaustMemory: (pod, container) => pods.running(pod).killContainer(container, true),
    rotateTokens: pod => pods.running(pod).rotateTokens(),
    logOf: (pod, container) => readFileSync(pods.running(pod).log(container).path, 'utf8'),
  };
};

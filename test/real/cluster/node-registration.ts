// The tests' node as an object of the API: registered, Ready, kept so by its lease, and removed at the end.
import { setTimeout as wait } from 'node:timers/promises';
import type { V1Node } from '@kubernetes/client-node';
import { type ApiCall, ApiRefusal, type NodeApi } from './node-api.ts';

export interface NodeAddress {
  readonly name: string;
  readonly address: string;
  /** Where its logs are served. */
  readonly port: number;
}

const renewMilliseconds = 10_000;
const leaseSeconds = 40;
const leases = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases';
const notReadyTaint = 'node.kubernetes.io/not-ready';

const capacity = { cpu: '64', memory: '256Gi', pods: '1000', 'ephemeral-storage': '1Ti' };

const condition = (type: string, status: string, reason: string) => {
  const now = new Date().toISOString();
  return { type, status, reason, message: reason, lastHeartbeatTime: now, lastTransitionTime: now };
};

const nodeStatus = ({ address, name, port }: NodeAddress) => ({
  capacity,
  allocatable: capacity,
  conditions: [
    condition('MemoryPressure', 'False', 'KubeletHasSufficientMemory'),
    condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure'),
    condition('PIDPressure', 'False', 'KubeletHasSufficientPID'),
    condition('Ready', 'True', 'KubeletReady'),
  ],
  // No Hostname: the API server would look for the name in DNS.
  addresses: [{ type: 'InternalIP', address }],
  daemonEndpoints: { kubeletEndpoint: { Port: port } },
  nodeInfo: {
    ...{ machineID: name, systemUUID: name, bootID: name, kernelVersion: '', osImage: 'the machine of the tests' },
    ...{ containerRuntimeVersion: 'processes://1', kubeletVersion: 'v1.34.4', kubeProxyVersion: '' },
    ...{ operatingSystem: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch },
  },
});

/** undefined where the answer is one of these codes, which say that there is nothing left to do. */
export const callUnless = async <Result>(
  api: NodeApi,
  call: ApiCall,
  ...codes: number[]
): Promise<Result | undefined> => {
  try {
    return await api.call<Result>(call);
  } catch (error) {
    if (error instanceof ApiRefusal && codes.includes(error.code)) return undefined;
    throw error;
  }
};

const nowMicro = (): string => `${new Date().toISOString().slice(0, -1)}000Z`;

const renewLease = async (api: NodeApi, { name }: NodeAddress): Promise<void> => {
  const spec = { holderIdentity: name, leaseDurationSeconds: leaseSeconds, renewTime: nowMicro() };
  const renewed = await callUnless(api, { method: 'PATCH', path: `${leases}/${name}`, body: { spec } }, 404);
  if (renewed !== undefined) return;
  const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec };
  await api.call({ method: 'POST', path: leases, body: lease });
};

const tainted = (node: V1Node): boolean => node.spec?.taints?.some(taint => taint.key === notReadyTaint) ?? false;

/** The node-lifecycle controller takes the taint away once it has seen the node Ready. */
const waitUntainted = async (api: NodeApi, name: string): Promise<void> => {
  const patience = AbortSignal.timeout(30_000);
  while (tainted(await api.call<V1Node>({ method: 'GET', path: `/api/v1/nodes/${name}` }))) {
    if (patience.aborted) {
      throw new Error(
        `node ${name} is still tainted ${notReadyTaint}: start kube-controller-manager with node-lifecycle-controller`,
      );
    }
    await wait(100);
  }
};

/** Resolves once pods are welcome: Ready, and its first taint gone. A node of that name that a killed test left is taken over. */
export const registerNode = async (api: NodeApi, place: NodeAddress): Promise<void> => {
  const labels = { 'kubernetes.io/hostname': place.name, 'kubernetes.io/os': 'linux' };
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: place.name, labels } };
  await renewLease(api, place);
  await callUnless(api, { method: 'POST', path: '/api/v1/nodes', body: node }, 409);
  await api.call({
    method: 'PATCH',
    path: `/api/v1/nodes/${place.name}/status`,
    body: { status: nodeStatus(place) },
  });
  await waitUntainted(api, place.name);
};

/** Renews the lease until the signal. Its failures are those of an API server that is away: the next renewal tells. */
export const keepAlive = async (api: NodeApi, place: NodeAddress, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await wait(renewMilliseconds, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) await renewLease(api, place).catch(() => undefined);
  }
};

export const removeNode = async (api: NodeApi, name: string): Promise<void> => {
  await callUnless(api, { method: 'DELETE', path: `/api/v1/nodes/${name}` }, 404);
  await callUnless(api, { method: 'DELETE', path: `${leases}/${name}` }, 404);
};

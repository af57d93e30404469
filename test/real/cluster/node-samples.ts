// Pods and Jobs for the tests of the tests' node: shell scripts as containers, and the objects as the API server has them.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { V1Container, V1Job, V1JobSpec, V1Pod, V1PodSpec } from '@kubernetes/client-node';
import { onTestFinished } from 'vitest';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { type Node, type NodeOptions, startNode } from './node.ts';
import { type NodeApi, openNodeApi } from './node-api.ts';
import type { StartedContainer } from './node-pod-work.ts';
import { callUnless } from './node-registration.ts';

export const namespace = 'inventory';
export const images = { 'test/sh': { command: ['/bin/sh', '-c'] } };

export interface Bench {
  readonly cluster: ControlPlane;
  readonly node: Node;
  readonly api: NodeApi;
  readonly stop: () => Promise<void>;
}

/** A control plane with one node and the namespace `inventory`. */
export const startBench = async (options: Partial<NodeOptions> = {}): Promise<Bench> => {
  const cluster = await startControlPlane();
  const end = new AbortController();
  const api = openNodeApi(cluster.adminKubeconfig, end.signal);
  const environment = { PATH: process.env['PATH'] };
  const node = await startNode({ cluster, images, environment, ...options });
  await cluster.kubectl(['create', 'namespace', namespace]);
  // Without it the API server takes no pods.
  await cluster.kubectl(['-n', namespace, 'wait', '--for=create', 'serviceaccount/default', '--timeout=20s']);
  return {
    ...{ cluster, node, api },
    stop: async () => {
      await node.stop();
      end.abort();
      api.close();
      await cluster.stop();
    },
  };
};

/** Runs a shell script with /work mounted, which stands in WORK, as the message's file does in MESSAGE. */
export const shell = (name: string, script: string, more: Partial<V1Container> = {}): V1Container => ({
  name,
  image: 'test/sh:1.0',
  args: [script],
  ...more,
  env: [{ name: 'WORK', value: '/work' }, { name: 'MESSAGE', value: '/dev/termination-log' }, ...(more.env ?? [])],
  volumeMounts: [{ name: 'work', mountPath: '/work' }, ...(more.volumeMounts ?? [])],
});

/** Ends when the test says `go`, with 0. */
export const waitForGo = 'while [ ! -e "$WORK/go" ]; do sleep 0.05; done';

export const sayGo = (started: StartedContainer | undefined): void =>
  writeFileSync(join(started?.mounts['work'] ?? '', 'go'), '');

export const samplePod = (spec: Partial<V1PodSpec>): V1PodSpec => ({
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 2,
  ...spec,
  volumes: [{ name: 'work', emptyDir: {} }, ...(spec.volumes ?? [])],
  containers: spec.containers ?? [],
});

/** Deleted with its pods at the end of the test. */
export const createJob = async ({ api }: Bench, name: string, spec: Partial<V1JobSpec>): Promise<void> => {
  const jobs = `/apis/batch/v1/namespaces/${namespace}/jobs`;
  const job = { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { backoffLimit: 0, ...spec } };
  await api.call<V1Job>({ method: 'POST', path: jobs, body: job });
  onTestFinished(async () => {
    const path = `${jobs}/${name}?propagationPolicy=Background`;
    await callUnless(api, { method: 'DELETE', path }, 404);
  });
};

export const createPod = async ({ api }: Bench, name: string, spec: Partial<V1PodSpec>): Promise<void> => {
  const pods = `/api/v1/namespaces/${namespace}/pods`;
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: samplePod(spec) };
  await api.call<V1Pod>({ method: 'POST', path: pods, body: pod });
  onTestFinished(async () => {
    await callUnless(api, { method: 'DELETE', path: `${pods}/${name}?gracePeriodSeconds=0` }, 404);
  });
};

/** undefined when there is none. */
export const readPod = ({ api }: Bench, name: string): Promise<V1Pod | undefined> =>
  callUnless<V1Pod>(api, { method: 'GET', path: `/api/v1/namespaces/${namespace}/pods/${name}` }, 404);

export const readJob = ({ api }: Bench, name: string): Promise<V1Job> =>
  api.call<V1Job>({ method: 'GET', path: `/apis/batch/v1/namespaces/${namespace}/jobs/${name}` });

/** Oldest first. */
export const podsOf = async ({ api }: Bench, job: string): Promise<V1Pod[]> => {
  const path = `/api/v1/namespaces/${namespace}/pods?labelSelector=job-name%3D${job}`;
  const { items } = await api.call<{ items: V1Pod[] }>({ method: 'GET', path });
  return items.toSorted((a, b) => String(a.status?.startTime).localeCompare(String(b.status?.startTime)));
};

export const startedOf = ({ node }: Bench, pod: string, container = 'main'): StartedContainer | undefined =>
  node.started.find(started => started.pod === pod && started.container === container);

// The Kubernetes that the other tests of this folder stand on: a real one, that can be killed and comes back.
import { once } from 'node:events';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { auditPosition, countCalls, readCalls } from './cluster/audit-log.ts';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';

const firstBuild = 900_000;
const patience = { timeout: 20_000, interval: 50 };
const viewer = { token: 'viewer-token', name: 'viewer' };

let cluster: ControlPlane;
beforeAll(async () => {
  cluster = await startControlPlane({ users: [viewer] });
  await cluster.kubectl(['create', 'namespace', 'inventory']);
}, firstBuild);
afterAll(() => cluster?.stop());

const container = { name: 'scan', image: 'example/scan', command: ['true'] };
const jobNamed = (name: string, pod: object = {}) => ({
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name, namespace: 'inventory' },
  spec: { template: { spec: { restartPolicy: 'Never', containers: [container], ...pod } } },
});
const apply = (object: object): Promise<string> =>
  cluster.kubectl(['create', '-f', '-'], { input: JSON.stringify(object) });
const podsOf = (job: string): Promise<string> =>
  cluster.kubectl(['-n', 'inventory', 'get', 'pods', '-l', `batch.kubernetes.io/job-name=${job}`, '-o', 'name']);

test('kubectl is told the version that was built', async () => {
  const versions = JSON.parse(await cluster.kubectl(['version', '-o', 'json']));
  expect(versions.serverVersion.gitVersion).toBe('v1.34.4');
});

test('a Job gets its pod from the Job controller', async () => {
  await apply(jobNamed('makes-a-pod'));
  await vi.waitUntil(async () => (await podsOf('makes-a-pod')) !== '', patience);
});

test('a deleted Job takes its pod with it', async () => {
  await apply(jobNamed('deleted'));
  await vi.waitUntil(async () => (await podsOf('deleted')) !== '', patience);
  await cluster.kubectl(['-n', 'inventory', 'delete', 'job', 'deleted', '--cascade=background', '--wait=false']);
  await vi.waitUntil(async () => (await podsOf('deleted')) === '', patience);
});

test.each([
  ['the API server', () => cluster.restartApiServer()],
  ['etcd', () => cluster.restartEtcd()],
  ['the controller manager', () => cluster.startControllerManager()],
])('nothing is lost when %s is killed, and the Job controller goes on', async (part, restart) => {
  const name = `before-${part.replaceAll(' ', '-').toLowerCase()}`;
  const uid = ['-n', 'inventory', 'get', 'job', name, '-o', 'jsonpath={.metadata.uid}'];
  await apply(jobNamed(name));
  const before = await cluster.kubectl(uid);
  await restart();
  expect(await cluster.kubectl(uid)).toBe(before);
  await apply(jobNamed(`${name}-after`));
  await vi.waitUntil(async () => (await podsOf(`${name}-after`)) !== '', patience);
});

test('the API server can be away for a while', async () => {
  await cluster.stopApiServer();
  await expect(cluster.kubectl(['get', 'namespaces'])).rejects.toThrow(/refused/);
  await cluster.startApiServer();
  expect(await cluster.kubectl(['get', 'namespaces'])).toContain('inventory');
});

test('a field that Kubernetes does not know is refused where validation is strict', async () => {
  const job = jobNamed('misspelt', { restartPolice: 'Never' });
  await expect(apply(job)).rejects.toThrow(/unknown field "spec.template.spec.restartPolice"/);
});

test('a pod that may do too much is refused where the namespace is restricted', async () => {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'restricted', labels } });
  await vi.waitUntil(
    () => cluster.kubectl(['-n', 'restricted', 'get', 'serviceaccount', 'default']).catch(() => false),
    patience,
  );
  const pod = { restartPolicy: 'Never', containers: [{ ...container, securityContext: { privileged: true } }] };
  const metadata = { name: 'privileged', namespace: 'restricted' };
  await expect(apply({ apiVersion: 'v1', kind: 'Pod', metadata, spec: pod })).rejects.toThrow(/violates PodSecurity/);
});

test('who has no role is refused, and a service account has only its own', async () => {
  const kubeconfig = await cluster.kubeconfigFor(viewer.token);
  const listing = ['-n', 'inventory', 'get', 'jobs', '-o', 'name'];
  await expect(cluster.kubectl(listing, { kubeconfig })).rejects.toThrow(/User "viewer" cannot list resource "jobs"/);

  await cluster.kubectl(['-n', 'inventory', 'create', 'role', 'lister', '--verb=list', '--resource=jobs']);
  await cluster.kubectl(
    'create rolebinding lister --role=lister --serviceaccount=inventory:default -n inventory'.split(' '),
  );
  const token = await cluster.kubectl(['-n', 'inventory', 'create', 'token', 'default']);
  const own = await cluster.kubeconfigFor(token, { namespace: 'inventory' });
  await vi.waitUntil(() => cluster.kubectl(['get', 'jobs'], { kubeconfig: own }).catch(() => false), patience);
  await expect(cluster.kubectl(['get', 'pods'], { kubeconfig: own })).rejects.toThrow(/cannot list resource "pods"/);
});

describe('the audit log', () => {
  const callsOf = async (from: number) => {
    const calls = await readCalls(cluster.auditLog, from);
    return countCalls(calls.filter(({ user, resource }) => user === 'admin' && resource !== ''));
  };

  test('counts each call once, by user, verb and resource', async () => {
    const from = await auditPosition(cluster.auditLog);
    await apply(jobNamed('counted'));
    await cluster.kubectl(['-n', 'inventory', 'get', 'job', 'counted']);
    await cluster.kubectl(['-n', 'inventory', 'get', 'job', 'counted']);
    await expect
      .poll(() => callsOf(from), patience)
      .toEqual([
        { user: 'admin', verb: 'get', resource: 'jobs', calls: 2 },
        { user: 'admin', verb: 'create', resource: 'jobs', calls: 1 },
      ]);
  });

  test('counts a watch when it begins, and not again when it ends', async () => {
    const from = await auditPosition(cluster.auditLog);
    const watch = { user: 'admin', verb: 'watch', resource: 'configmaps', calls: 1 };
    const url = '/api/v1/namespaces/inventory/configmaps?watch=1&timeoutSeconds=3';
    const watching = cluster.kubectl(['get', '--raw', url]);
    await expect.poll(() => callsOf(from), patience).toEqual([watch]);
    await watching;
    const linesOf = async () => (await readCalls(cluster.auditLog, from)).length;
    expect(await linesOf()).toBeGreaterThan(0);
    expect(await callsOf(from)).toEqual([watch]);
  });
});

test('the servers end with the process that started them, also when it is killed', async () => {
  const module = new URL('cluster/control-plane.ts', import.meta.url).href;
  const program = `const { startControlPlane } = await import('${module}');
    console.log((await startControlPlane({ controllerManager: false })).url);`;
  const starter = execa(process.execPath, ['--input-type=module', '-e', program], { reject: false });
  const [line] = (await once(starter.stdout, 'data')) as [Buffer];
  const url = line.toString().trim();
  const refusal = (): Promise<string> =>
    fetch(url).then(
      () => 'answered',
      error => error.cause.code,
    );
  // A certificate that we do not trust is an answer.
  expect(await refusal()).not.toBe('ECONNREFUSED');
  starter.kill('SIGKILL');
  await expect.poll(refusal, patience).toBe('ECONNREFUSED');
});

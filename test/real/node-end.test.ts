// How pods end on the node of the tests, and what they wait for: a kubelet's manners, held against a real API server.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { V1Pod } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  type Bench,
  createJob,
  createPod,
  namespace,
  podsOf,
  readJob,
  readPod,
  samplePod,
  sayGo,
  shell,
  startBench,
  startedOf,
  waitForGo,
} from './cluster/node-samples.ts';

const patience = { timeout: 30_000, interval: 100 };
let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
}, 600_000);
afterAll(() => bench?.stop());

const statusOf = async (name: string) => (await readPod(bench, name))?.status;
const stateOf = async (name: string) => (await statusOf(name))?.containerStatuses?.[0]?.state;
const started = (name: string) => vi.waitUntil(() => startedOf(bench, name), patience);
const isRunning = (name: string) =>
  expect.poll(() => stateOf(name), patience).toMatchObject({ running: { startedAt: expect.any(String) } });

const disruptions = {
  rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }],
};

/** Says that its container runs, into a file of its pod's volume: its pid. `$$` is one dollar to Kubernetes. */
const withPid = (script: string) => `echo $$$$ > "$WORK/pid.new"; mv "$WORK/pid.new" "$WORK/pid"; ${script}`;

const pidIn = (directory: string | undefined): Promise<number> => {
  const path = join(directory ?? '', 'pid');
  return vi.waitUntil(() => existsSync(path) && Number(readFileSync(path, 'utf8')), patience) as Promise<number>;
};

const runs = (pid: number): boolean =>
  existsSync(`/proc/${pid}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));

describe('a pod that does not get on', () => {
  it('waits for ever for an image that nobody has', async () => {
    await createPod(bench, 'no-image', { containers: [shell('main', 'true', { image: 'test/absent:1.0' })] });
    await expect.poll(() => stateOf('no-image'), patience).toMatchObject({ waiting: { reason: 'ErrImagePull' } });
    await expect.poll(() => stateOf('no-image'), patience).toMatchObject({ waiting: { reason: 'ImagePullBackOff' } });
    expect(await statusOf('no-image')).toMatchObject({ phase: 'Pending' });
    await bench.cluster.kubectl(['-n', namespace, 'delete', 'pod', 'no-image', '--wait']);
  });

  it('is unschedulable while it is held, and runs when it is not', async () => {
    const release = bench.node.hold({
      match: pod => pod.metadata?.name === 'held',
      message: '0/1 nodes are available',
    });
    await createPod(bench, 'held', { containers: [shell('main', 'true')] });
    const condition = {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/1 nodes are available',
    };
    await expect.poll(() => statusOf('held'), patience).toMatchObject({ phase: 'Pending', conditions: [condition] });
    release();
    await expect.poll(() => statusOf('held'), patience).toMatchObject({ phase: 'Succeeded' });
    const scheduled = (await statusOf('held'))?.conditions?.filter(({ type }) => type === 'PodScheduled');
    expect(scheduled).toMatchObject([{ status: 'True' }]);
  });

  it('fails at the pod’s own deadline', async () => {
    await createPod(bench, 'slow', { activeDeadlineSeconds: 1, containers: [shell('main', waitForGo)] });
    await expect
      .poll(() => statusOf('slow'), patience)
      .toMatchObject({
        phase: 'Failed',
        reason: 'DeadlineExceeded',
        containerStatuses: [{ state: { terminated: {} } }],
      });
  });
});

describe('a deletion', () => {
  it('lets a container say its last words in the pod’s grace before the pod is gone', async () => {
    const script = withPid(`trap 'printf stopped > "$MESSAGE"; echo bye; exit 143' TERM; ${waitForGo}`);
    await createPod(bench, 'stopped', { terminationGracePeriodSeconds: 20, containers: [shell('main', script)] });
    const pid = await pidIn((await started('stopped')).mounts['work']);
    const path = `/api/v1/namespaces/${namespace}/pods/stopped`;
    // A finalizer keeps the object in sight, as the Job controller's does.
    const finalizers = { metadata: { finalizers: ['test/seen'] } };
    await bench.api.call({ method: 'PATCH', path, body: finalizers });
    await bench.api.call({ method: 'DELETE', path });
    const terminated = { exitCode: 143, message: 'stopped' };
    await expect.poll(() => stateOf('stopped'), patience).toMatchObject({ terminated });
    await expect
      .poll(async () => (await readPod(bench, 'stopped'))?.metadata?.deletionGracePeriodSeconds, patience)
      .toBe(0);
    expect(runs(pid)).toBe(false);
    await bench.api.call({ method: 'PATCH', path, body: { metadata: { finalizers: null } } });
    await expect.poll(() => readPod(bench, 'stopped'), patience).toBeUndefined();
    expect(bench.node.logOf({ namespace, name: 'stopped' }, 'main')).toContain('bye\n');
  });

  it('kills who does not hear, after the grace that was given with it', async () => {
    const script = `trap '' TERM; ${withPid(waitForGo)}`;
    await createPod(bench, 'deaf', { terminationGracePeriodSeconds: 600, containers: [shell('main', script)] });
    const pid = await pidIn((await started('deaf')).mounts['work']);
    await bench.cluster.kubectl(['-n', namespace, 'delete', 'pod', 'deaf', '--grace-period=1', '--wait']);
    expect(await readPod(bench, 'deaf')).toBeUndefined();
    expect(runs(pid)).toBe(false);
  });

  it('by force ends the processes too', async () => {
    await createPod(bench, 'forced', {
      terminationGracePeriodSeconds: 600,
      containers: [shell('main', `trap '' TERM; ${withPid(waitForGo)}`)],
    });
    const pid = await pidIn((await started('forced')).mounts['work']);
    await bench.cluster.kubectl(['-n', namespace, 'delete', 'pod', 'forced', '--force', '--grace-period=0']);
    await expect.poll(() => runs(pid), patience).toBe(false);
  });
});

describe('a disruption', () => {
  const interrupted = async (job: string, disrupt: (pod: V1Pod) => Promise<void> | void): Promise<V1Pod> => {
    const template = { spec: samplePod({ terminationGracePeriodSeconds: 1, containers: [shell('main', waitForGo)] }) };
    await createJob(bench, job, { podFailurePolicy: disruptions, template });
    const [first] = (await vi.waitUntil(async () => {
      const pods = await podsOf(bench, job);
      return pods.every(pod => startedOf(bench, pod.metadata?.name ?? '') !== undefined) && pods.length > 0 && pods;
    }, patience)) as V1Pod[];
    const name = first?.metadata?.name ?? '';
    await isRunning(name);
    await disrupt(first as V1Pod);
    const isNext = ({ metadata }: V1Pod) =>
      metadata?.name !== name && startedOf(bench, metadata?.name ?? '') !== undefined;
    const next = await vi.waitUntil(async () => (await podsOf(bench, job)).find(isNext), patience);
    sayGo(startedOf(bench, next.metadata?.name ?? ''));
    await expect.poll(async () => (await readJob(bench, job)).status?.succeeded, patience).toBe(1);
    return (await readPod(bench, name)) as V1Pod;
  };

  it('by the node under pressure fails the pod as evicted, and the Job does not count it', async () => {
    const pod = await interrupted('pressed', ({ metadata }) =>
      bench.node.evict({ namespace, name: metadata?.name ?? '' }),
    );
    expect(pod.status).toMatchObject({
      ...{ phase: 'Failed', reason: 'Evicted', message: expect.stringContaining('low on resource') },
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'DisruptionTarget', status: 'True', reason: 'TerminationByKubelet' }),
      ]),
      containerStatuses: [{ state: { terminated: { exitCode: 137 } } }],
    });
  });

  it('by the Eviction API ends it through its deletion, and the Job does not count it', async () => {
    await interrupted('drained', async ({ metadata }) => {
      const name = metadata?.name ?? '';
      const body = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } };
      await bench.api.call({ method: 'POST', path: `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, body });
    });
  });

  it('of the API server in the middle loses nothing', async () => {
    await createPod(bench, 'restarted', { containers: [shell('main', waitForGo)] });
    const main = await started('restarted');
    await bench.cluster.stopApiServer();
    sayGo(main);
    await bench.cluster.startApiServer();
    await expect.poll(() => stateOf('restarted'), patience).toMatchObject({ terminated: { exitCode: 0 } });
    await createPod(bench, 'after-it', { containers: [shell('main', 'true')] });
    await expect.poll(() => stateOf('after-it'), patience).toMatchObject({ terminated: { exitCode: 0 } });
  });
});

describe('a container', () => {
  it('that is killed ends with 137, and says so when its memory was exhausted', async () => {
    const kill = async (name: string, fault: 'killContainer' | 'exhaustMemory') => {
      await createPod(bench, name, { containers: [shell('main', waitForGo)] });
      await isRunning(name);
      bench.node[fault]({ namespace, name }, 'main');
      await expect.poll(() => statusOf(name), patience).toMatchObject({ phase: 'Failed' });
      return await stateOf(name);
    };
    expect(await kill('killed', 'killContainer')).toMatchObject({ terminated: { exitCode: 137, reason: 'Error' } });
    expect(await kill('greedy', 'exhaustMemory')).toMatchObject({ terminated: { exitCode: 137, reason: 'OOMKilled' } });
  });

  it('can be read while it writes, and from its end', async () => {
    const script = `for line in 1 2 3; do echo $line; done; ${waitForGo}; echo 4`;
    await createPod(bench, 'talking', { containers: [shell('main', script)] });
    await isRunning('talking');
    const logs = (...more: string[]) => bench.cluster.kubectl(['-n', namespace, 'logs', 'talking', ...more]);
    expect(await logs('--tail=2')).toBe('2\n3');
    const followed = logs('-f');
    sayGo(startedOf(bench, 'talking'));
    expect(await followed).toBe('1\n2\n3\n4');
  });
});

/** Starts a node of its own, says `ready`, and waits to be killed: by the end of its stdin, should the test be killed first. */
const otherNode = `
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();
  const { startNode } = await import('./test/real/cluster/node.ts');
  const { cluster, images } = JSON.parse(process.argv[1]);
  await startNode({ cluster, images, environment: { PATH: process.env.PATH }, name: 'other' });
  console.log('ready');`;

describe('the node itself', () => {
  it('leaves no process and no token behind when whoever started it is killed', async () => {
    const release = bench.node.hold({ match: pod => pod.metadata?.name === 'orphan' });
    const { adminKubeconfig, certificateFile, keyFile, host, port } = bench.cluster;
    const images = { 'test/sh': { command: ['/bin/sh', '-c'] } };
    const given = JSON.stringify({ cluster: { adminKubeconfig, certificateFile, keyFile, host, port }, images });
    const other = spawn(process.execPath, ['--input-type=module', '-e', otherNode, given], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    onTestFinished(() => void other.kill('SIGKILL'));
    onTestFinished(release);
    for await (const line of createInterface({ input: other.stdout })) if (line === 'ready') break;
    const name = join(bench.cluster.directory, 'orphan');
    const script = `echo $$$$ "$WORK" > ${name}.new; mv ${name}.new ${name}; ${waitForGo}`;
    await createPod(bench, 'orphan', { containers: [shell('main', script)] });
    await vi.waitUntil(() => existsSync(name), patience);
    const [pid = '', directory = ''] = readFileSync(name, 'utf8').trim().split(' ');
    expect(runs(Number(pid))).toBe(true);
    other.kill('SIGKILL');
    await expect.poll(() => runs(Number(pid)) || existsSync(directory), patience).toBe(false);
  });

  it('says nothing more when it is lost, and its processes are gone', async () => {
    await createPod(bench, 'lost', { containers: [shell('main', withPid(waitForGo))] });
    const pid = await pidIn((await started('lost')).mounts['work']);
    await isRunning('lost');
    await bench.node.lose();
    expect(runs(pid)).toBe(false);
    expect(await statusOf('lost')).toMatchObject({ phase: 'Running' });
    // What an operator does; the pods of a node that is gone are then disrupted.
    await bench.cluster.kubectl(['delete', 'node', bench.node.name]);
  });
});

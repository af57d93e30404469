// The node that stands for kubelet and scheduler in all other tests of this folder: here it is held against a real API server.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
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

const patience = { timeout: 20_000, interval: 100 };
let bench: Bench;
beforeAll(async () => {
  const foreign = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_PROFILE: 'work', HOME: '/home/me', SECRET: 'x' };
  const environment = { PATH: process.env['PATH'], AWS_ENDPOINT_URL: 'http://127.0.0.1:9', ...foreign };
  bench = await startBench({ environment });
}, 600_000);
afterAll(() => bench?.stop());

const stateOf = async (name: string, container = 0) =>
  (await readPod(bench, name))?.status?.containerStatuses?.[container]?.state;

describe('a Job’s pod', () => {
  it('passes files from container to container and ends Complete with every message in its status', async () => {
    const script = 'cat "$WORK/report"; printf "uploaded $(cat "$WORK/report")" > "$MESSAGE"';
    await createJob(bench, 'complete', {
      template: {
        spec: samplePod({
          initContainers: [shell('scan', 'echo scanning; printf 42 > "$WORK/report"; printf scanned > "$MESSAGE"')],
          containers: [shell('upload', script)],
        }),
      },
    });
    await expect.poll(async () => (await readJob(bench, 'complete')).status?.succeeded, patience).toBe(1);
    const [pod] = await podsOf(bench, 'complete');
    const ended = { exitCode: 0, reason: 'Completed', startedAt: expect.any(String), finishedAt: expect.any(String) };
    expect(pod?.spec?.nodeName).toBe(bench.node.name);
    expect(pod?.status).toMatchObject({
      ...{ phase: 'Succeeded', podIP: '127.0.0.1', hostIP: '127.0.0.1', startTime: expect.any(String) },
      initContainerStatuses: [
        { name: 'scan', ready: true, restartCount: 0, state: { terminated: { ...ended, message: 'scanned' } } },
      ],
      containerStatuses: [
        { name: 'upload', ready: false, restartCount: 0, state: { terminated: { ...ended, message: 'uploaded 42' } } },
      ],
    });
    const conditions = Object.fromEntries(pod?.status?.conditions?.map(({ type, status }) => [type, status]) ?? []);
    expect(conditions).toMatchObject({
      PodScheduled: 'True',
      Initialized: 'True',
      ContainersReady: 'False',
      Ready: 'False',
    });
    const logs = ['-n', namespace, 'logs', '-l', 'job-name=complete', '--all-containers'];
    // With a selector kubectl reads the containers side by side, in no order.
    expect(['scanning\n42', '42scanning']).toContain(await bench.cluster.kubectl(logs));
  });

  it('tells by container what failed, and starts nothing after it', async () => {
    await createJob(bench, 'failed', {
      template: {
        spec: samplePod({
          initContainers: [shell('assume', 'printf denied > "$MESSAGE"; exit 41')],
          containers: [shell('upload', 'true')],
        }),
      },
    });
    await expect.poll(async () => (await readJob(bench, 'failed')).status?.failed, patience).toBe(1);
    expect((await podsOf(bench, 'failed'))[0]?.status).toMatchObject({
      phase: 'Failed',
      initContainerStatuses: [{ state: { terminated: { exitCode: 41, reason: 'Error', message: 'denied' } } }],
      containerStatuses: [{ state: { waiting: { reason: 'PodInitializing' } } }],
    });
  });

  it('is one of forty that run at the same time, three processes each', async () => {
    const started = () => bench.node.started.filter(({ pod }) => pod.startsWith('crowd-'));
    await createJob(bench, 'crowd', {
      ...{ completions: 40, parallelism: 40 },
      template: {
        spec: samplePod({
          automountServiceAccountToken: false,
          initContainers: [shell('assume', 'true'), shell('scan', 'true')],
          containers: [shell('main', waitForGo)],
        }),
      },
    });
    await expect.poll(() => started().filter(({ container }) => container === 'main').length, patience).toBe(40);
    for (const container of started()) if (container.container === 'main') sayGo(container);
    await expect.poll(async () => (await readJob(bench, 'crowd')).status?.succeeded, patience).toBe(40);
    expect(started()).toHaveLength(120);
  });
});

describe('the environment of a container', () => {
  it('is what the template and its ConfigMaps say, and nothing of the caller’s identity', async () => {
    const { kubectl } = bench.cluster;
    await kubectl(['-n', namespace, 'create', 'configmap', 'facts', '--from-literal=REGION=eu-west-1']);
    await kubectl(['-n', namespace, 'create', 'secret', 'generic', 'keys', '--from-literal=key=s3cr3t']);
    const field = (name: string, fieldPath: string) => ({ name, valueFrom: { fieldRef: { fieldPath } } });
    await createPod(bench, 'variables', {
      automountServiceAccountToken: false,
      containers: [
        shell('main', 'true', {
          envFrom: [{ configMapRef: { name: 'facts' } }, { secretRef: { name: 'absent', optional: true } }],
          env: [
            field('POD', 'metadata.name'),
            field('NODE', 'spec.nodeName'),
            field('ACCOUNT', 'spec.serviceAccountName'),
            field('IP', 'status.podIP'),
            field('LABEL', `metadata.labels['app']`),
            { name: 'KEY', valueFrom: { secretKeyRef: { name: 'keys', key: 'key' } } },
            { name: 'BOTH', value: '$(REGION)/$(KUBERNETES_SERVICE_PORT)/$(NOBODY)/$$(REGION)' },
            { name: 'AWS_ROLE_ARN', value: 'arn:aws:iam::123456789012:role/r' },
          ],
        }),
      ],
    });
    const main = await vi.waitUntil(() => startedOf(bench, 'variables'), patience);
    const { HOME: home, WORK: work, MESSAGE: message, PATH: path, ...others } = main.environment;
    expect(work).toBe(main.mounts['work']);
    expect([home, message]).not.toContain('/home/me');
    expect(path).toBe(process.env['PATH']);
    const port = String(bench.cluster.port);
    expect(others).toEqual({
      ...{ AWS_ENDPOINT_URL: 'http://127.0.0.1:9', HOSTNAME: 'variables' },
      ...{ KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: port, KUBERNETES_SERVICE_PORT_HTTPS: port },
      ...{ REGION: 'eu-west-1', POD: 'variables', NODE: bench.node.name, ACCOUNT: 'default', IP: '127.0.0.1' },
      ...{ LABEL: '', KEY: 's3cr3t', BOTH: `eu-west-1/${port}/$(NOBODY)/$(REGION)` },
      AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/r',
    });
  });

  it('waits for a ConfigMap that is not there, and says so', async () => {
    await createPod(bench, 'early', {
      containers: [shell('main', 'true', { envFrom: [{ configMapRef: { name: 'late' } }] })],
    });
    const waiting = { reason: 'CreateContainerConfigError', message: 'configmap "late" not found' };
    await expect.poll(() => stateOf('early'), patience).toMatchObject({ waiting });
    await bench.cluster.kubectl(['-n', namespace, 'create', 'configmap', 'late']);
    await expect.poll(() => stateOf('early'), patience).toMatchObject({ terminated: { exitCode: 0 } });
  });
});

describe('a volume', () => {
  it('holds the files of ConfigMaps, Secrets and fields with the modes that were asked for', async () => {
    const { kubectl } = bench.cluster;
    await kubectl(['-n', namespace, 'create', 'configmap', 'settings', '--from-literal=config.yaml=region: x']);
    await kubectl(['-n', namespace, 'create', 'secret', 'generic', 'certificate', '--from-literal=tls=PEM']);
    const mount = (name: string) => ({ name, mountPath: `/${name}` });
    await createPod(bench, 'files', {
      containers: [shell('main', waitForGo, { volumeMounts: ['plain', 'both'].map(mount) })],
      volumes: [
        { name: 'plain', configMap: { name: 'settings', defaultMode: 0o440 } },
        {
          name: 'both',
          projected: {
            sources: [
              { secret: { name: 'certificate', items: [{ key: 'tls', path: 'deep/tls.pem', mode: 0o400 }] } },
              { downwardAPI: { items: [{ path: 'name', fieldRef: { fieldPath: 'metadata.name' } }] } },
              { configMap: { name: 'absent', optional: true } },
            ],
          },
        },
      ],
    });
    const { mounts } = await vi.waitUntil(() => startedOf(bench, 'files'), patience);
    const read = (volume: string, file: string) => {
      const path = join(mounts[volume] ?? '', file);
      return [readFileSync(path, 'utf8'), statSync(path).mode & 0o777];
    };
    expect(read('plain', 'config.yaml')).toEqual(['region: x', 0o440]);
    expect(read('both', 'deep/tls.pem')).toEqual(['PEM', 0o400]);
    expect(read('both', 'name')).toEqual(['files', 0o644]);
  });

  it('holds a token that the API server knows as this pod’s, for its audience alone, and later another one', async () => {
    const source = { serviceAccountToken: { path: 'token', audience: 'sts.amazonaws.com', expirationSeconds: 3600 } };
    await createPod(bench, 'bound', {
      containers: [
        shell('main', waitForGo, { volumeMounts: [{ name: 'aws-token', mountPath: '/var/run/secrets/aws' }] }),
      ],
      volumes: [{ name: 'aws-token', projected: { defaultMode: 0o440, sources: [source] } }],
    });
    const { mounts } = await vi.waitUntil(() => startedOf(bench, 'bound'), patience);
    const readToken = () => readFileSync(join(mounts['aws-token'] ?? '', 'token'), 'utf8');
    const review = async (audience: string) => {
      const spec = { token: readToken(), audiences: [audience] };
      const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', spec };
      const path = '/apis/authentication.k8s.io/v1/tokenreviews';
      return (await bench.api.call<{ status: object }>({ method: 'POST', path, body })).status;
    };
    const username = `system:serviceaccount:${namespace}:default`;
    const extra = { 'authentication.kubernetes.io/pod-name': ['bound'] };
    expect(await review('sts.amazonaws.com')).toMatchObject({ authenticated: true, user: { username, extra } });
    expect(await review('https://kubernetes.default.svc')).not.toHaveProperty('authenticated');
    const first = readToken();
    await bench.node.rotateTokens({ namespace, name: 'bound' });
    expect(readToken() === first).toBe(false);
    expect(await review('sts.amazonaws.com')).toMatchObject({ authenticated: true });
    await bench.cluster.kubectl(['-n', namespace, 'delete', 'pod', 'bound', '--wait']);
    // Its volumes are gone with it, and so is what the token was good for.
    expect(readToken).toThrow('ENOENT');
  });
});

// Pods that are evicted, never scheduled, or have no image: each account has an outcome that says so.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { patiently } from './cluster/cluster-fleet.ts';
import { type ProxiedFleet, startProxiedFleet } from './cluster/proxied-fleet.ts';

const members = 3;
let fleet: ProxiedFleet;

beforeAll(async () => {
  fleet = await startProxiedFleet({ members });
});
afterAll(() => fleet?.stop());

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly status: { readonly phase: string };
  }[];
}
const podsOf = (run: string, id: string | undefined) =>
  fleet.json<Pods>(['get', 'pods', '-l', `aws-inventory/run=${run},aws-inventory/account=${id}`]);
const ofAccount = (id: string | undefined) => ({
  match: ({ metadata }: { metadata?: { labels?: Record<string, string> } }) =>
    metadata?.labels?.['aws-inventory/account'] === id,
});
const rowOf = async (run: string, id: string | undefined) =>
  (await fleet.aws.manifest(run)).accounts.find(account => account.id === id);

describe('a pod that', () => {
  it('is evicted while it scans is replaced, and costs none of the Job’s retries', async () => {
    const id = fleet.aws.ids[1];
    const settings = await fleet.settingsFile('run: {retries: 0}\n');
    fleet.aws.proxy.setRules([
      { match: { service: 's3', action: 'ListBuckets', accountId: String(id) }, times: 1, answer: { do: 'hang' } },
    ]);
    const owner = await fleet.owner('evicted');
    const run = fleet.start(owner, { INVENTORY_CONFIG: settings });
    await vi.waitUntil(() => fleet.aws.proxy.history.some(({ answer }) => answer === 'hang'), patiently);
    const [pod] = (await podsOf(owner.run, id)).items;
    fleet.node.evict({ namespace: 'inventory', name: String(pod?.metadata.name) });
    const { exitCode, stderr } = await run;
    expect(exitCode, stderr).toBe(0);
    expect(await rowOf(owner.run, id)).toMatchObject({ outcome: 'succeeded', attempts: 2 });
    fleet.aws.proxy.setRules([]);
  });

  it('is drained by the Eviction API is replaced too', async () => {
    const id = fleet.aws.ids[2];
    const settings = await fleet.settingsFile('run: {retries: 0}\n');
    fleet.aws.proxy.setRules([
      { match: { service: 's3', action: 'ListBuckets', accountId: String(id) }, times: 1, answer: { do: 'hang' } },
    ]);
    const mark = fleet.aws.proxy.history.length;
    const owner = await fleet.owner('drained');
    const run = fleet.start(owner, { INVENTORY_CONFIG: settings });
    await vi.waitUntil(() => fleet.aws.proxy.history.slice(mark).some(({ answer }) => answer === 'hang'), patiently);
    const [pod] = (await podsOf(owner.run, id)).items;
    const name = String(pod?.metadata.name);
    const eviction = { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'inventory' } };
    const path = `/api/v1/namespaces/inventory/pods/${name}/eviction`;
    await fleet.kubectl(['create', '--raw', path, '-f', '-'], JSON.stringify(eviction));
    const { exitCode, stderr } = await run;
    expect(exitCode, stderr).toBe(0);
    expect(await rowOf(owner.run, id)).toMatchObject({ outcome: 'succeeded' });
    fleet.aws.proxy.setRules([]);
  });

  it('is never scheduled fails its account at the Job’s deadline, with the scheduler’s reason', async () => {
    const id = fleet.aws.ids[1];
    const settings = await fleet.settingsFile('run: {accountDeadline: 40s}\n');
    const release = fleet.node.hold({ ...ofAccount(id), message: '0/3 nodes are available: 3 Insufficient memory.' });
    const owner = await fleet.owner('unscheduled');
    const { exitCode, stderr } = await fleet.start(owner, { INVENTORY_CONFIG: settings });
    release();
    expect(exitCode).toBe(3);
    expect(stderr).toContain('a Job does not get on');
    const manifest = await fleet.expectWhole(owner.run, { [String(id)]: 'pod-not-run' });
    expect(manifest.accounts.find(account => account.id === id)).toMatchObject({
      message: expect.stringContaining('Unschedulable: 0/3 nodes are available: 3 Insufficient memory.'),
      remedy: expect.stringContaining('room on the nodes'),
    });
  });

  it('finds no image fails its account at the Job’s deadline, with the name of the image', async () => {
    const patch = JSON.stringify([
      { op: 'replace', path: '/spec/jobTemplate/spec/template/spec/initContainers/1/image', value: 'example/none:1' },
    ]);
    await fleet.apply({ patches: [{ target: { kind: 'CronJob', name: 'aws-inventory-runner' }, patch }] });
    const settings = await fleet.settingsFile('run: {accountDeadline: 40s}\n');
    const id = String(fleet.aws.ids[1]);
    const owner = await fleet.owner('no-image');
    const { exitCode } = await fleet.start(owner, { INVENTORY_CONFIG: settings, INCLUDE_ACCOUNTS: id });
    await fleet.apply({ patches: [] });
    expect(exitCode).toBe(3);
    expect(await rowOf(owner.run, id)).toMatchObject({
      outcome: 'failed',
      code: 'pod-not-run',
      message: expect.stringMatching(/(ErrImagePull|ImagePullBackOff).*example\/none:1/),
    });
  });

  it('runs out of memory fails its account, and says which container it was', async () => {
    const id = fleet.aws.ids[1];
    const settings = await fleet.settingsFile('run: {retries: 0}\n');
    fleet.aws.proxy.setRules([
      { match: { service: 's3', action: 'ListBuckets', accountId: String(id) }, answer: { do: 'hang' } },
    ]);
    const mark = fleet.aws.proxy.history.length;
    const owner = await fleet.owner('out-of-memory');
    const run = fleet.start(owner, { INVENTORY_CONFIG: settings });
    await vi.waitUntil(() => fleet.aws.proxy.history.slice(mark).some(({ answer }) => answer === 'hang'), patiently);
    const [pod] = (await podsOf(owner.run, id)).items;
    fleet.node.exhaustMemory({ namespace: 'inventory', name: String(pod?.metadata.name) }, 'scan');
    const { exitCode } = await run;
    fleet.aws.proxy.setRules([]);
    expect(exitCode).toBe(3);
    expect(await rowOf(owner.run, id)).toMatchObject({
      code: 'container-killed',
      message: expect.stringContaining('the container scan ended with exit code 137 (OOMKilled)'),
    });
  });
});

// docs/kubernetes.md as an operator reads it: every command of its bash blocks, top to bottom, against a real API server.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';

let cluster: ControlPlane;
let checkout: string;
let page: string;

const runBlock = async (block: string) =>
  execa('bash', ['-euo', 'pipefail', '-c', block], {
    cwd: checkout,
    env: { KUBECONFIG: cluster.adminKubeconfig, KUBECACHEDIR: join(checkout, 'cache') },
    reject: false,
    all: true,
  });

const blocksOf = (text: string): string[] =>
  [...text.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
/** The first block that has these words. */
const blockWith = (words: string): string => {
  const block = blocksOf(page).find(each => each.includes(words));
  if (block === undefined) throw new Error(`the page has no command with ${words}`);
  return block;
};

beforeAll(async () => {
  page = await readFile('docs/kubernetes.md', 'utf8');
  cluster = await startControlPlane();
  checkout = await mkdtemp(join(tmpdir(), 'checkout-'));
  await cp('k8s', join(checkout, 'k8s'), { recursive: true, filter: source => !source.endsWith('vars.env') });
}, 600_000);
afterAll(async () => {
  await cluster?.stop();
  await rm(checkout, { recursive: true, force: true });
});

describe('the page for operators', () => {
  it('has commands that work in the order in which they stand, without a warning', async () => {
    const blocks = blocksOf(page);
    expect(blocks.length).toBeGreaterThan(5);
    for (const block of blocks) {
      // For diff 1 is no failure, and the page may not hide one.
      const { exitCode, all } = await runBlock(block.replace(' || true', ' || [ $? -eq 1 ]'));
      expect(exitCode, `${block}\n${all}`).toBe(0);
      expect(all, block).not.toMatch(/warning/i);
    }
    await expect(cluster.kubectl(['get', 'namespace', 'inventory'])).rejects.toThrow('not found');
  });

  it('lets one who may not make namespaces apply all the rest', async () => {
    expect(await runBlock(blockWith('vars.env.example'))).toMatchObject({ exitCode: 0 });
    await cluster.kubectl(['delete', 'namespace', 'inventory']);
    // As `kubectl create` leaves it, without what `apply` compares with.
    await cluster.kubectl(['create', '-f', 'k8s/base/namespace.yaml']);
    const all = 'configmaps,serviceaccounts,pods,events,jobs,cronjobs,roles,rolebindings,networkpolicies';
    await cluster.kubectl(['-n', 'inventory', 'create', 'role', 'deployer', '--verb=*', `--resource=${all}`]);
    await cluster.kubectl([
      '-n',
      'inventory',
      'create',
      'rolebinding',
      'deployer',
      '--role=deployer',
      '--user=deployer',
    ]);
    const asDeployer = 'kubectl() { command kubectl --as=deployer "$@"; }\n';
    const whole = await runBlock(`${asDeployer}kubectl kustomize k8s | kubectl apply -f -`);
    expect(whole.all).toMatch(/namespaces "inventory" is forbidden/);
    const rest = await runBlock(`${asDeployer}${blockWith('--selector')}`);
    expect(rest.exitCode, rest.all).toBe(0);
    expect(rest.all).toContain('cronjob.batch/aws-inventory-runner');
    expect(rest.all).not.toContain('namespace/');
  });

  it('leaves a schedule paused that was paused by hand, whoever applies the manifests again', async () => {
    const install = blockWith('vars.env.example');
    const [pause = '', goOn = ''] = blockWith('"suspend":true').trim().split('\n');
    const suspended = [
      '-n',
      'inventory',
      'get',
      'cronjob',
      'aws-inventory-orchestrator',
      '-o',
      'jsonpath={.spec.suspend}',
    ];
    for (const block of [install, pause, install]) expect((await runBlock(block)).exitCode).toBe(0);
    expect(await cluster.kubectl(suspended)).toBe('true');
    expect((await runBlock(goOn)).exitCode).toBe(0);
    expect(await cluster.kubectl(suspended)).toBe('false');
  });

  it('leaves a Job that retries as it says', async () => {
    for (const block of ['vars.env.example', '-manual --from', 'INVENTORY_RETRY'].map(blockWith))
      expect((await runBlock(block)).exitCode).toBe(0);
    const variable = "jsonpath={.spec.template.spec.containers[0].env[?(@.name=='INVENTORY_RETRY')].value}";
    const job = ['-n', 'inventory', 'get', 'job', 'aws-inventory-orchestrator-retry', '-o', variable];
    expect(await cluster.kubectl(job)).toBe('29384720-x7k2p');
  });
});

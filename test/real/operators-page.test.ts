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
    const blocks = [...page.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
    expect(blocks.length).toBeGreaterThan(5);
    for (const block of blocks) {
      // For diff 1 is no failure, and the page may not hide one.
      const { exitCode, all } = await runBlock(block.replace(' || true', ' || [ $? -eq 1 ]'));
      expect(exitCode, `${block}\n${all}`).toBe(0);
      expect(all, block).not.toMatch(/warning/i);
    }
    await expect(cluster.kubectl(['get', 'namespace', 'inventory'])).rejects.toThrow('not found');
  });

  it('leaves a Job that retries as it says', async () => {
    const blocks = [...page.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block]) => block ?? '');
    const install = blocks.find(block => block.includes('vars.env.example')) ?? '';
    const create = blocks.find(block => block.includes('-manual --from')) ?? '';
    const retry = blocks.find(block => block.includes('INVENTORY_RETRY')) ?? '';
    for (const block of [install, create, retry]) expect((await runBlock(block)).exitCode).toBe(0);
    const variable = "jsonpath={.spec.template.spec.containers[0].env[?(@.name=='INVENTORY_RETRY')].value}";
    const job = ['-n', 'inventory', 'get', 'job', 'aws-inventory-orchestrator-retry', '-o', variable];
    expect(await cluster.kubectl(job)).toBe('29384720-x7k2p');
  });
});

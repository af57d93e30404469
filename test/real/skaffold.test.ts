// skaffold.yaml by skaffold itself: the overlay dev, with the built image in both CronJobs.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1CronJob } from '@kubernetes/client-node';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildTool } from './cluster/build-tools.ts';
import { findManifest, type Manifest, readManifests } from './manifest-folders.ts';

const image = 'dfdsdk/aws-inventory-orchestrator';
let directory: string;
let skaffold: string;

/** Away from the machine's own configuration and cluster. */
const run = async (...args: readonly string[]): Promise<string> => {
  const env = { HOME: directory, KUBECONFIG: join(directory, 'none'), SKAFFOLD_UPDATE_CHECK: 'false' };
  const { stdout } = await execa(skaffold, [...args], { cwd: join(directory, 'checkout'), env });
  return stdout;
};
const imagesOf = (manifest: Manifest): (string | undefined)[] => {
  const pod = (manifest as V1CronJob).spec?.jobTemplate.spec?.template.spec;
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])].map(each => each.image);
};

beforeAll(async () => {
  skaffold = await buildTool('skaffold');
  directory = await mkdtemp(join(tmpdir(), 'skaffold-'));
  for (const file of ['skaffold.yaml', 'Dockerfile', '.dockerignore', 'k8s'])
    await cp(file, join(directory, 'checkout', file), { recursive: true });
}, 900_000);
afterAll(() => rm(directory, { recursive: true, force: true }));

describe('skaffold', () => {
  it('puts the image that it built into both CronJobs, and applies the namespace first', async () => {
    const built = 'registry.example.com/me/aws-inventory-orchestrator:abc123';
    const text = await run('render', '--offline=true', '--digest-source=none', '--images', `${image}=${built}`);
    const manifests = readManifests(text);
    expect(manifests[0]?.kind).toBe('Namespace');
    const images = ['aws-inventory-orchestrator', 'aws-inventory-runner'].map(name =>
      imagesOf(findManifest(manifests, 'CronJob', name)),
    );
    expect(images).toEqual([[built], [built, built, built]]);
    expect(text).toContain('role/Inventory-Runner-Test');
  });
});

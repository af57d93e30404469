// skaffold.yaml by skaffold itself: the overlay dev, with the built image in both CronJobs.
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { V1CronJob } from '@kubernetes/client-node';
import { Ajv, type SchemaObject } from 'ajv';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
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

/** The schema that skaffold's site publishes for editors: a file of the module that the test's skaffold is built from. */
const publishedSchema = async (version: string): Promise<SchemaObject> => {
  const module = 'github.com/GoogleContainerTools/skaffold/v2';
  const { stdout } = await execa('go', ['mod', 'download', '-json', module], {
    cwd: 'test/real/cluster/tools/skaffold',
  });
  const { Dir } = JSON.parse(stdout) as { readonly Dir: string };
  return JSON.parse(await readFile(join(Dir, 'docs-v2/content/en/schemas', `${version}.json`), 'utf8'));
};

describe('skaffold.yaml', () => {
  it('fits the published schema of its version, which refuses what it does not know', async () => {
    const document: { apiVersion: string; build: object } = parse(await readFile('skaffold.yaml', 'utf8'));
    const schema = await publishedSchema(document.apiVersion.replace('skaffold/', ''));
    // Its formats and keywords for documentation are of skaffold's own site.
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    validate(document);
    expect(validate.errors).toBeNull();
    expect(validate({ ...document, build: { ...document.build, artefacts: [] } })).toBe(false);
  });
});

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

// The exporter's components on a real API server that knows the kinds of Prometheus' operator: built, accepted, restricted.
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { V1Deployment } from '@kubernetes/client-node';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';
import {
  findManifest,
  type Manifest,
  type ManifestFolder,
  makeManifestFolder,
  readManifests,
} from './manifest-folders.ts';

const everything = ['exporter', 'exporter-dashboards', 'exporter-monitoring'];
const variants: readonly (readonly string[])[] = [
  ['exporter'],
  everything,
  ['exporter', 'exporter-dashboards', 'irsa-annotation', 'exporter/irsa-annotation'],
  ['exporter', 'pod-identity', 'exporter/pod-identity', 'quota', 'admission'],
];

let cluster: ControlPlane;
const folders: ManifestFolder[] = [];
const folderWith = async (components: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  const folder = await makeManifestFolder(components, more);
  folders.push(folder);
  return folder;
};

const deploymentOf = (manifests: readonly Manifest[]): V1Deployment =>
  findManifest(manifests, 'Deployment', 'aws-inventory-exporter') as unknown as V1Deployment;

const kubectl = async (args: readonly string[], input = '') => {
  const flags = ['--kubeconfig', cluster.adminKubeconfig, ...args];
  const { stdout, stderr, failed } = await execa('kubectl', flags, { input, reject: false });
  return { stdout, stderr, failed };
};
const tryApply = (text: string) => kubectl(['apply', '--dry-run=server', '--validate=strict', '-f', '-'], text);

const operator = {
  module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
  sum: 'h1:M5xLCLEoaW2IJfnuCwFzzpL+jSVQu3KGT84Pye+fW8s=',
};

/** The kinds of Prometheus' operator, from its own module. */
const addOperatorKinds = async (): Promise<void> => {
  const { stdout, failed } = await execa('go', ['mod', 'download', '-json', operator.module], { reject: false });
  const { Dir = '', Sum } = (failed ? {} : JSON.parse(stdout)) as { Dir?: string; Sum?: string };
  if (Sum !== operator.sum)
    throw new Error(`${operator.module} could not be fetched: install Go, and let it reach its proxy`);
  const files = ['servicemonitors', 'prometheusrules'].flatMap(kind => [
    '-f',
    join(Dir, `example/prometheus-operator-crd/monitoring.coreos.com_${kind}.yaml`),
  ]);
  await cluster.kubectl(['apply', '--server-side', ...files]);
  await cluster.kubectl(['wait', '--for=condition=Established', '--timeout=30s', ...files]);
};

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.kubectl(['apply', '-f', 'k8s/base/namespace.yaml', '-f', 'k8s/base/service-accounts.yaml']);
  await addOperatorKinds();
}, 600_000);
afterAll(async () => {
  await Promise.all(folders.map(folder => folder.remove()));
  await cluster?.stop();
});

describe('the exporter’s components', () => {
  it.each(variants.map(components => [components.join(', '), components] as const))(
    'with %s are built without a warning by two kustomizes, and accepted as they are written',
    async (_name, components) => {
      const folder = await folderWith(components);
      const [ours, newer] = [await folder.build(), await folder.buildByKustomize()];
      expect([ours.said, newer.said]).toEqual(['', '']);
      expect(readManifests(newer.text)).toEqual(readManifests(ours.text));
      const applied = await tryApply(ours.text);
      expect(applied).toMatchObject({ failed: false, stderr: '' });
      expect(applied.stdout.split('\n')).toHaveLength(readManifests(ours.text).length);
    },
  );

  it('have the bucket, its settings, and the role in the bucket’s account', async () => {
    const manifests = readManifests((await (await folderWith(['exporter'])).build()).text);
    const [container] = deploymentOf(manifests).spec?.template?.spec?.containers ?? [];
    const role = container?.env?.find(({ name }) => name === 'AWS_ROLE_ARN')?.value;
    expect(role).toBe('arn:aws:iam::555555555555:role/Inventory-Exporter');
    const map = container?.envFrom?.[0]?.configMapRef?.name ?? '';
    expect(findManifest(manifests, 'ConfigMap', map).data?.['BUCKET_NAME']).toBe('a-bucket');
  });

  it.each([
    ['annotated', ['exporter', 'partition', 'irsa-annotation', 'exporter/irsa-annotation'], 1],
    ['of its own token', ['exporter', 'partition'], 1],
    ['of Pod Identity', ['exporter', 'partition', 'pod-identity', 'exporter/pod-identity'], 0],
  ])('have the role of another partition once or never: %s', async (_name, components, times) => {
    const { text, said } = await (await folderWith(components, { PARTITION: 'aws-cn' })).build();
    expect(said).toBe('');
    expect(text.match(/arn:aws-cn:iam::555555555555:role\/Inventory-Exporter/g) ?? []).toHaveLength(times);
    expect(text).not.toContain('arn:aws:iam::555555555555');
    expect(await tryApply(text)).toMatchObject({ failed: false, stderr: '' });
  });

  it('have a pod that Pod Security lets in', async () => {
    const manifests = readManifests((await (await folderWith(['exporter'])).build()).text);
    const template = deploymentOf(manifests).spec?.template;
    const pod = { apiVersion: 'v1', kind: 'Pod', ...template };
    const metadata = { ...template?.metadata, name: 'try', namespace: 'inventory' };
    await cluster.kubectl(['apply', '-f', 'k8s/components/exporter/service-account.yaml']);
    expect(await tryApply(JSON.stringify({ ...pod, metadata }))).toMatchObject({ failed: false, stderr: '' });
  });

  it('take the label that an operator selects by, with the patch of the docs', async () => {
    const folder = await folderWith(everything);
    const page = await readFile('docs/monitoring.md', 'utf8');
    const patch = /```yaml\n(patches:\n.*?)```/s.exec(page)?.[1] ?? '';
    expect(patch).toContain('ServiceMonitor');
    await appendFile(join(folder.directory, 'kustomization.yaml'), patch);
    const manifests = readManifests((await folder.build()).text);
    const labelled = manifests.filter(({ metadata }) => metadata?.labels?.['release'] === 'kube-prometheus-stack');
    expect(labelled.map(({ kind }) => kind).sort()).toEqual(['PrometheusRule', 'PrometheusRule', 'ServiceMonitor']);
  });

  it('have both dashboards in a ConfigMap that Grafana’s sidecar finds', async () => {
    const manifests = readManifests((await (await folderWith(everything)).build()).text);
    const { data, metadata } = findManifest(manifests, 'ConfigMap', 'aws-inventory-dashboards');
    expect(metadata?.labels?.['grafana_dashboard']).toBe('1');
    expect(Object.keys(data ?? {})).toEqual(['account.json', 'fleet.json']);
  });
});

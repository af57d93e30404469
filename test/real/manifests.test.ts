// What kustomize makes of k8s/, with every component, on a real API server: strict, restricted, and by whom it may be used.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { V1Container, V1PodSpec, V1PodTemplateSpec } from '@kubernetes/client-node';
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

const image = 'dfdsdk/aws-inventory-orchestrator';
const cronJobs = ['aws-inventory-orchestrator', 'aws-inventory-runner'];
const variants: readonly (readonly string[])[] = [
  [],
  ['irsa-annotation'],
  ['pod-identity'],
  ['kueue'],
  ['quota'],
  ['scanner-aws-recon'],
  ['admission'],
  ['drift-tokens'],
  ['irsa-annotation', 'scanner-aws-recon', 'kueue', 'quota', 'admission'],
  ['drift-tokens', 'admission', 'pod-identity'],
  ['scanner-aws-recon', 'pod-identity'],
  ['long-scans'],
  ['irsa-annotation', 'drift-tokens', 'quota', 'admission', 'long-scans'],
  ['pod-identity', 'long-scans'],
];

let cluster: ControlPlane;
const folders: ManifestFolder[] = [];
const folderWith = async (
  components: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Promise<ManifestFolder> => {
  const folder = await makeManifestFolder(components, more);
  folders.push(folder);
  return folder;
};
const builtWith = async (...components: readonly string[]): Promise<Manifest[]> =>
  readManifests((await (await folderWith(components)).build()).text);

/** Warnings are on stderr, and an apply that warns succeeds. */
const kubectl = async (args: readonly string[], input: string) => {
  const flags = ['--kubeconfig', cluster.adminKubeconfig, ...args];
  const { stdout, stderr, failed } = await execa('kubectl', flags, { input, reject: false });
  return { stdout, stderr, failed };
};
const tryApply = (text: string) => kubectl(['apply', '--dry-run=server', '--validate=strict', '-f', '-'], text);

const templateOf = (manifests: readonly Manifest[], name: string): V1PodTemplateSpec => {
  const template = findManifest(manifests, 'CronJob', name).spec?.jobTemplate?.spec?.template;
  if (template === undefined) throw new Error(`${name} has no pod`);
  return template;
};
const containersOf = (pod: V1PodSpec | undefined): V1Container[] => [
  ...(pod?.initContainers ?? []),
  ...(pod?.containers ?? []),
];
const podFrom = ({ metadata, spec }: V1PodTemplateSpec): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { ...metadata, name: 'try', namespace: 'inventory' },
    spec,
  });
const environmentOf = (container: V1Container | undefined): Record<string, string | undefined> =>
  Object.fromEntries((container?.env ?? []).map(({ name, value }) => [name, value]));

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.kubectl(['apply', '-f', 'k8s/base/namespace.yaml', '-f', 'k8s/base/service-accounts.yaml']);
}, 600_000);
afterAll(async () => {
  await Promise.all(folders.map(folder => folder.remove()));
  await cluster?.stop();
});

describe('the manifests', () => {
  it.each(variants.map(components => [components.join(', ') || 'no component', components] as const))(
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

  it.each(['base', 'overlays/dev', 'overlays/example'])('of %s are so too, with nothing beside them', async path => {
    const folder = await folderWith([]);
    const [ours, newer] = [await folder.build(path), await folder.buildByKustomize(path)];
    expect([ours.said, newer.said]).toEqual(['', '']);
    expect(await tryApply(ours.text)).toMatchObject({ failed: false, stderr: '' });
  });

  it('have the namespace first, and all else in it', async () => {
    const manifests = await builtWith('quota', 'pod-identity');
    expect(manifests[0]).toMatchObject({ kind: 'Namespace', metadata: { name: 'inventory' } });
    expect(manifests.slice(1).filter(({ metadata }) => metadata?.namespace !== 'inventory')).toEqual([]);
  });

  it('have schedule, bucket and roles from the seven variables, blanks and asterisks unchanged', async () => {
    const manifests = await builtWith();
    expect(findManifest(manifests, 'CronJob', 'aws-inventory-orchestrator').spec?.schedule).toBe('*/20 1 * * 1-5');
    const environment = manifests.find(({ metadata }) => metadata?.name?.startsWith('environment-'));
    expect(environment?.data).toMatchObject({
      BUCKET_NAME: 'a-bucket',
      CRON_SCHEDULE: '*/20 1 * * 1-5',
      INCLUDE_ACCOUNTS: '',
    });
    const arns = cronJobs.flatMap(name =>
      containersOf(templateOf(manifests, name).spec).map(each => [each.name, environmentOf(each)['AWS_ROLE_ARN']]),
    );
    expect(Object.fromEntries(arns)).toEqual({
      orchestrator: 'arn:aws:iam::444444444444:role/Inventory-Orchestrator',
      assume: 'arn:aws:iam::555555555555:role/Inventory-Runner',
      scan: undefined,
      upload: 'arn:aws:iam::555555555555:role/Inventory-Runner',
    });
  });

  it.each([
    [['partition'], 3, 0],
    [['partition', 'irsa-annotation'], 0, 2],
    [['partition', 'pod-identity', 'scanner-aws-recon'], 0, 0],
  ])('of another partition have its roles wherever a role stands, with %j', async (components, inPods, inAccounts) => {
    const { text, said } = await (await folderWith(components, { PARTITION: 'aws-cn' })).build();
    expect(said).toBe('');
    expect(await tryApply(text)).toMatchObject({ failed: false, stderr: '' });
    const arns = [...text.matchAll(/(\S+): (arn:[^:]+:iam::\d+:role\/\S+)/g)].map(([, key, arn]) => ({ key, arn }));
    expect(
      arns.filter(
        ({ arn }) => !/^arn:aws-cn:iam::(4{12}:role\/.*-Orchestrator|5{12}:role\/.*-Runner)$/.test(arn ?? ''),
      ),
    ).toEqual([]);
    expect(arns.filter(({ key }) => key === 'value')).toHaveLength(inPods);
    expect(arns.filter(({ key }) => key === 'eks.amazonaws.com/role-arn')).toHaveLength(inAccounts);
  });

  it('are not built, instead of with the values of the base, where components run before the variables are there', async () => {
    const folder = await folderWith([]);
    // What a kustomize before 5.1 makes of an overlay: its generators come too late for the components.
    const overlay = join(folder.directory, 'overlays/late');
    await mkdir(overlay);
    const kustomization = { resources: ['../../base'], components: ['../../components/vars'] };
    await writeFile(join(overlay, 'kustomization.yaml'), JSON.stringify(kustomization));
    await expect(folder.build('overlays/late')).rejects.toThrow('is missing for replacement source');
  });

  it('with long-scans have a sidecar with the identity of assume, and a scan without the file that is read once', async () => {
    const pod = templateOf(await builtWith('long-scans'), 'aws-inventory-runner').spec;
    const [assume, refresh, scan] = pod?.initContainers ?? [];
    expect([assume, refresh, scan].map(each => each?.name)).toEqual(['assume', 'refresh', 'scan']);
    expect(refresh).toMatchObject({ restartPolicy: 'Always', startupProbe: { httpGet: { port: 9912 } } });
    expect(assume?.restartPolicy).toBeUndefined();
    expect(refresh?.volumeMounts).toEqual(assume?.volumeMounts);
    expect(environmentOf(refresh)).toMatchObject(environmentOf(assume));
    const { AWS_SHARED_CREDENTIALS_FILE: file, ...environment } = environmentOf(scan);
    expect(file).toBeUndefined();
    expect(environment).toMatchObject({
      INVENTORY_CREDENTIALS_FILE: '/aws/creds',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${environmentOf(refresh)['INVENTORY_REFRESH_PORT']}/`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: environmentOf(refresh)['INVENTORY_REFRESH_TOKEN_FILE'],
    });
    expect(scan?.volumeMounts?.map(({ name }) => name)).not.toContain('aws-token');
  });

  it('of dev use the test roles', async () => {
    const { text } = await (await folderWith([])).build('overlays/dev');
    expect(text).toContain('arn:aws:iam::111111111111:role/Inventory-Orchestrator-Test');
    expect(text).toContain('arn:aws:iam::222222222222:role/Inventory-Runner-Test');
  });

  it('of the example have its image in every container of both CronJobs, and its nodes', async () => {
    const manifests = readManifests((await (await folderWith([])).build('overlays/example')).text);
    for (const name of cronJobs) {
      const { spec } = templateOf(manifests, name);
      const images = new Set(containersOf(spec).map(each => each.image));
      expect(images).toEqual(new Set([`registry.example.com/inventory/${image.split('/')[1]}:0.1.0`]));
      expect(spec?.nodeSelector).toEqual({ 'node-role.example.com/batch': 'true' });
    }
  });

  it.each(['.', 'overlays/dev', 'overlays/example'])(
    'of %s make runs that stay as long as their runner Jobs',
    async path => {
      const manifests = readManifests((await (await folderWith([])).build(path)).text);
      const [run, runner] = cronJobs.map(name => findManifest(manifests, 'CronJob', name).spec);
      const seconds = runner?.jobTemplate?.spec?.ttlSecondsAfterFinished ?? 0;
      expect(seconds).toBeGreaterThan(0);
      expect(run?.jobTemplate?.spec?.ttlSecondsAfterFinished).toBeGreaterThanOrEqual(seconds);
      expect(run?.successfulJobsHistoryLimit).toBeGreaterThanOrEqual(seconds / 3600);
      expect(run?.failedJobsHistoryLimit).toBeGreaterThanOrEqual(seconds / 3600);
    },
  );
});

describe('Pod Security', () => {
  it.each(variants.filter(components => components.length < 2).map(components => [components[0] ?? 'no component']))(
    'lets the pods of both templates in, with %s',
    async component => {
      const manifests = await builtWith(...(component === 'no component' ? [] : [component]));
      for (const name of cronJobs) {
        expect(await tryApply(podFrom(templateOf(manifests, name)))).toMatchObject({ failed: false, stderr: '' });
      }
    },
  );

  it('keeps a pod out that is not restricted', async () => {
    const template = templateOf(await builtWith(), 'aws-inventory-runner');
    const [scan] = (template.spec?.initContainers ?? []).slice(1);
    if (scan?.securityContext === undefined) throw new Error('scan has no security context');
    scan.securityContext.allowPrivilegeEscalation = true;
    const { failed, stderr } = await tryApply(podFrom(template));
    expect(failed).toBe(true);
    expect(stderr).toContain('violates PodSecurity "restricted:latest"');
  });
});

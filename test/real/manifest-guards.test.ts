// What the components promise about who holds which identity, and about which Jobs the orchestrator may create.
import type { V1Container, V1Job } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunnerTemplate, stampRunnerJob } from '../../contract/runner-job.ts';
import { account, plan } from '../orchestrator/fixtures.ts';
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts';
import { findManifest, type Manifest, makeManifestFolder, readManifests } from './manifest-folders.ts';
import { injectionByAnnotation, injectionByAssociation, mutatePod } from './webhook-mutation.ts';

let cluster: ControlPlane;

const built = async (components: readonly string[]): Promise<{ text: string; manifests: Manifest[] }> => {
  const folder = await makeManifestFolder(components);
  try {
    const { text } = await folder.build();
    return { text, manifests: readManifests(text) };
  } finally {
    await folder.remove();
  }
};

/** The Job of one account, as the orchestrator stamps it. */
const runnerJob = (manifests: readonly Manifest[]): V1Job => {
  const facts = plan([account('111111111111')]).planned[0]?.facts;
  if (facts === undefined) throw new Error('nothing planned');
  return stampRunnerJob(findManifest(manifests, 'CronJob', 'aws-inventory-runner') as RunnerTemplate, facts);
};
const containersOf = (job: Pick<V1Job, 'spec'>): V1Container[] => {
  const pod = job.spec?.template.spec;
  return [...(pod?.initContainers ?? []), ...(pod?.containers ?? [])];
};

/** What a container holds of an identity that is not the account's: mounted tokens, and variables that name one. */
const identityOf = ({ env, volumeMounts }: V1Container): string[] => [
  ...(volumeMounts ?? []).filter(({ name }) => name.includes('token')).map(({ name }) => name),
  ...(env ?? [])
    .filter(({ name, value }) => /^AWS_(ROLE_ARN|WEB_IDENTITY|CONTAINER)/.test(name) && (value ?? '') !== '')
    .map(({ name }) => name),
];

beforeAll(async () => {
  cluster = await startControlPlane();
  await cluster.kubectl(['apply', '-f', '-'], { input: (await built(['admission'])).text });
}, 600_000);
afterAll(() => cluster?.stop());

describe('a webhook that puts tokens into pods', () => {
  const injections = {
    'irsa-annotation': (manifests: readonly Manifest[]) =>
      injectionByAnnotation(findManifest(manifests, 'ServiceAccount', 'aws-inventory-runner-sa')),
    'pod-identity': () => injectionByAssociation(),
  };

  it.each([
    [['irsa-annotation']],
    [['pod-identity']],
    [['irsa-annotation', 'scanner-aws-recon']],
    [['scanner-aws-recon', 'pod-identity']],
  ])('gives them to assume and upload, and none to any scanner, with %j', async components => {
    const { manifests } = await built(components);
    const kind = components.find(name => name in injections) as keyof typeof injections;
    const injection = injections[kind](manifests);
    const job = runnerJob(manifests);
    if (injection === undefined || job.spec === undefined) throw new Error('no service account has a role');
    expect(containersOf(job).flatMap(identityOf)).toEqual([]);
    const template = mutatePod(job.spec.template, injection);
    const holders = containersOf({ spec: { template } }).filter(each => identityOf(each).length > 0);
    const whole = [injection.volume.name, ...injection.env.map(({ name }) => name)];
    expect(holders.map(each => [each.name, identityOf(each)])).toEqual([
      ['assume', whole],
      ['upload', whole],
    ]);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'mutated', namespace: 'inventory' },
      spec: template.spec,
    };
    await cluster.kubectl(['create', '--dry-run=server', '-f', '-'], { input: JSON.stringify(pod) });
  });

  const leftOver = {
    metadata: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::111111111111:role/Left' } },
  };
  it.each([
    ['an association', [], injectionByAssociation()],
    ['an association', ['scanner-aws-recon'], injectionByAssociation()],
    ['an annotation', [], injectionByAnnotation(leftOver)],
    ['an annotation', ['scanner-aws-recon'], injectionByAnnotation(leftOver)],
  ])(
    'gives none to a scanner where %s was left and the pods have our own token, with %j',
    async (_left, components, injection) => {
      const { manifests } = await built(components);
      const job = runnerJob(manifests);
      if (job.spec === undefined || injection === undefined) throw new Error('no Job, or no role');
      const template = mutatePod(job.spec.template, injection);
      const holders = containersOf({ spec: { template } }).filter(each => identityOf(each).length > 0);
      expect(holders.map(({ name }) => name)).toEqual(['assume', 'upload']);
    },
  );

  it('would give it to a scanner that no annotation names', async () => {
    const { manifests } = await built(['irsa-annotation']);
    const template = runnerJob(manifests).spec?.template;
    const injection = injections['irsa-annotation'](manifests);
    if (template === undefined || injection === undefined) throw new Error('no service account has a role');
    const mutated = mutatePod({ ...template, metadata: {} }, injection);
    expect(containersOf({ spec: { template: mutated } }).filter(each => identityOf(each).length > 0)).toHaveLength(3);
  });

  it('finds the roles of the seven variables on the service accounts', async () => {
    const { manifests } = await built(['irsa-annotation']);
    const annotations = ['orchestrator', 'runner'].map(
      name => findManifest(manifests, 'ServiceAccount', `aws-inventory-${name}-sa`).metadata?.annotations,
    );
    expect(annotations).toEqual([
      {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::444444444444:role/Inventory-Orchestrator',
        'eks.amazonaws.com/sts-regional-endpoints': 'true',
      },
      {
        'eks.amazonaws.com/role-arn': 'arn:aws:iam::555555555555:role/Inventory-Runner',
        'eks.amazonaws.com/sts-regional-endpoints': 'true',
      },
    ]);
  });
});

describe('the admission policy', () => {
  const owner = { apiVersion: 'batch/v1', kind: 'Job', name: 'a-run', uid: '0a000000-0000-4000-8000-000000000000' };
  const orchestrator = 'system:serviceaccount:inventory:aws-inventory-orchestrator-sa';

  /** What the API server says to a Job that this user creates; undefined when it takes it. */
  const refusalOf = async (job: unknown, user = orchestrator): Promise<string | undefined> => {
    const flags = user === 'admin' ? [] : [`--as=${user}`];
    const asked = cluster.kubectl([...flags, 'create', '--dry-run=server', '-f', '-'], { input: JSON.stringify(job) });
    return await asked.then(
      () => undefined,
      (error: Error) => error.message,
    );
  };
  const ownedJob = async (components: readonly string[]): Promise<V1Job> => {
    const job = runnerJob((await built(components)).manifests);
    return { ...job, metadata: { ...job.metadata, ownerReferences: [owner] } };
  };

  type Change = (job: V1Job, pod: NonNullable<NonNullable<V1Job['spec']>['template']['spec']>) => unknown;
  const changed = async (change: Change): Promise<V1Job> => {
    const job = structuredClone(await ownedJob([]));
    const pod = job.spec?.template.spec;
    if (pod === undefined) throw new Error('no pod');
    change(job, pod);
    return job;
  };
  const rename: Change = job => {
    job.metadata = { ...job.metadata, name: 'mine' };
  };
  const changes: readonly (readonly [string, string, Change])[] = [
    ['another name', 'name of its run', rename],
    ['no owner', 'owned by the run', job => delete job.metadata?.ownerReferences],
    ['another identity', "runner's service account", (_, pod) => Object.assign(pod, { serviceAccountName: 'default' })],
    ['a token for the cluster', 'no token', (_, pod) => Object.assign(pod, { automountServiceAccountToken: true })],
    ['a Secret', 'volumes are empty', (_, pod) => pod.volumes?.push({ name: 's', secret: { secretName: 's' } })],
    [
      'another Secret under the name of drift-tokens',
      'volumes are empty',
      (_, pod) => pod.volumes?.push({ name: 'drift-tokens', secret: { secretName: 's' } }),
    ],
    [
      'the tokens of states in its upload',
      'for scan alone',
      (_, pod) => {
        pod.volumes?.push({ name: 'drift-tokens', secret: { secretName: 'aws-inventory-drift-tokens' } });
        pod.containers[0]?.volumeMounts?.push({ name: 'drift-tokens', mountPath: '/t' });
      },
    ],
    [
      'a token of another audience',
      'volumes are empty',
      (_, pod) => {
        const sources = [{ serviceAccountToken: { path: 'token' } }];
        const others = (pod.volumes ?? []).filter(({ name }) => name !== 'aws-token');
        pod.volumes = [...others, { name: 'aws-token', projected: { sources } }];
      },
    ],
    [
      'the token in its scan',
      'for assume, refresh and upload alone',
      (_, pod) => pod.initContainers?.[1]?.volumeMounts?.push({ name: 'aws-token', mountPath: '/t' }),
    ],
    ['a second container', 'upload is the container', (_, pod) => pod.containers.push({ name: 'x', image: 'x' })],
    [
      'a Secret in its environment',
      'no Secret and no ConfigMap',
      (_, pod) => {
        pod.containers = pod.containers.map(each => ({ ...each, envFrom: [{ secretRef: { name: 's' } }] }));
      },
    ],
    ['the network of its node', 'nothing of its node', (_, pod) => Object.assign(pod, { hostNetwork: true })],
    ['no deadline', 'ends by itself', job => delete job.spec?.activeDeadlineSeconds],
  ];

  it('takes the runner Jobs of the base and of the components, once it is in force', async () => {
    const mine = await changed(rename);
    await expect.poll(() => refusalOf(mine), { timeout: 30_000 }).toContain('name of its run');
    const allowed = [[], ['scanner-aws-recon', 'irsa-annotation'], ['kueue', 'pod-identity'], ['drift-tokens']];
    for (const components of allowed)
      expect(await refusalOf(await ownedJob(components)), components.join(', ')).toBeUndefined();
  });

  it.each(changes)('refuses a Job with %s', async (_name, reason, change) => {
    expect(await refusalOf(await changed(change))).toContain(reason);
  });

  it('leaves the Jobs of others alone', async () => {
    expect(await refusalOf(await changed(rename), 'admin')).toBeUndefined();
  });
});

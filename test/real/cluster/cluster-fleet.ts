// An Organization in a simulator, a real cluster with `k8s/` applied as a user applies it, and a node that runs what it asks for.
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { vi } from 'vitest';
import { runIdOf } from '../../../orchestrator/own-job.ts';
import { type Fleet, startFleet } from '../../flow/fleet.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { type Node, startNode } from './node.ts';

export const namespace = 'inventory';
export const orchestratorUser = `system:serviceaccount:${namespace}:aws-inventory-orchestrator-sa`;

export interface OwnJob {
  readonly name: string;
  readonly uid: string;
  readonly run: string;
}

export interface RunEnd {
  readonly succeeded: boolean;
  /** Of the orchestrator's last pod. */
  readonly exitCode: number | null;
  readonly message: string;
}

export interface ClusterFleet {
  readonly aws: Fleet;
  readonly cluster: ControlPlane;
  readonly node: Node;
  /** kubectl in the namespace. */
  readonly kubectl: (args: readonly string[], input?: string) => Promise<string>;
  readonly json: <Kind>(args: readonly string[]) => Promise<Kind>;
  /** Renders the applied kustomization again with another settings file or further patches, and applies it. */
  readonly apply: (change?: Partial<Applied>) => Promise<void>;
  /** `kubectl create job --from`, with the name of the manual command and a suffix. */
  readonly createRun: (suffix: string) => Promise<OwnJob>;
  readonly ownJob: (name: string) => Promise<OwnJob>;
  /** Waits until the orchestrator's Job has ended. */
  readonly runEnd: (job: OwnJob) => Promise<RunEnd>;
  readonly stop: () => Promise<void>;
}

export interface Applied {
  /** config.yaml of the orchestrator. */
  readonly settings: string;
  /** Of a kustomization: `{target, patch}`. */
  readonly patches: readonly object[];
  readonly components: readonly string[];
}

/** One region and one service: what is tested here is the run, not the inventory. */
export const quickSettings = 'regions: [eu-west-1]\ninventory: {services: [s3]}\n';

export interface ClusterFleetOptions extends Partial<Applied> {
  /** Members of the Organization; the management account comes on top. */
  readonly members: number;
}

const pipelineVariables = (aws: Fleet): Record<string, string> => ({
  BILLING_ACCOUNT_ID: aws.managementAccountId,
  SECURITY_ACCOUNT_ID: aws.ids[0] ?? '',
  ORCHESTRATOR_ROLE: 'Inventory-Orchestrator',
  RUNNER_ROLE: 'Inventory-Runner',
  BUCKET_NAME: aws.bucket,
  CRON_SCHEDULE: '0 0 * * 0',
  INCLUDE_ACCOUNTS: '',
});

/** The README's steps, in a copy: vars.env by the script, an overlay for what a test wants otherwise, build, apply. */
const openManifests = async (directory: string, cluster: ControlPlane, variables: Record<string, string>) => {
  await cp('k8s', join(directory, 'k8s'), { recursive: true });
  const environment = { PATH: process.env['PATH'] ?? '', ...variables };
  await execa(join(process.cwd(), 'generate-vars-file.sh'), { cwd: directory, env: environment, extendEnv: false });
  const overlay = join(directory, 'overlay');
  await mkdir(overlay);
  return async ({ settings, patches, components }: Applied): Promise<void> => {
    await writeFile(join(overlay, 'config.yaml'), settings);
    const kustomization = {
      resources: ['../k8s'],
      components: components.map(name => `../k8s/components/${name}`),
      configMapGenerator: [{ name: 'aws-inventory-settings', namespace, behavior: 'replace', files: ['config.yaml'] }],
      patches,
    };
    await writeFile(join(overlay, 'kustomization.yaml'), JSON.stringify(kustomization));
    const { stdout } = await execa('kubectl', ['kustomize', overlay]);
    await cluster.kubectl(['apply', '-f', '-'], { input: stdout });
  };
};

const images = {
  'dfdsdk/aws-inventory-orchestrator': { command: [process.execPath], root: { '/app': join(process.cwd(), 'dist') } },
};

interface JobFacts {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly status: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly creationTimestamp: string };
    readonly status: {
      readonly containerStatuses?: readonly {
        readonly state: { readonly terminated?: { readonly exitCode: number; readonly message?: string } };
      }[];
    };
  }[];
}

const endOf = (job: JobFacts, pods: PodList): RunEnd | undefined => {
  const is = (type: string) => job.status.conditions?.some(each => each.type === type && each.status === 'True');
  if (!is('Complete') && !is('Failed')) return undefined;
  const last = pods.items.toSorted((a, b) =>
    b.metadata.creationTimestamp.localeCompare(a.metadata.creationTimestamp),
  )[0];
  const { exitCode = null, message = '' } = last?.status.containerStatuses?.[0]?.state.terminated ?? {};
  return { succeeded: is('Complete') === true, exitCode, message };
};

/** A Job that is over, or a failure that says how it stands. */
export const patiently = { timeout: 180_000, interval: 200 };

type Kubectl = ClusterFleet['kubectl'];

/** What a test does with the cluster, by kubectl in the namespace. */
const openRuns = (kubectl: Kubectl) => {
  const json = async <Kind>(args: readonly string[]) => JSON.parse(await kubectl([...args, '-o', 'json'])) as Kind;
  const ownJob = async (name: string): Promise<OwnJob> => {
    const { uid } = (await json<JobFacts>(['get', 'job', name])).metadata;
    return { name, uid, run: runIdOf({ name, uid }) };
  };
  return {
    json,
    ownJob,
    createRun: async (suffix: string) => {
      const name = `aws-inventory-orchestrator-${suffix}`;
      await kubectl(['create', 'job', name, '--from=cronjob/aws-inventory-orchestrator']);
      return await ownJob(name);
    },
    runEnd: (job: OwnJob) =>
      vi.waitUntil(async () => {
        const facts = await json<JobFacts>(['get', 'job', job.name]);
        return endOf(facts, await json<PodList>(['get', 'pods', '-l', `batch.kubernetes.io/job-name=${job.name}`]));
      }, patiently) as Promise<RunEnd>,
  };
};

/** The last that was started is stopped first. */
type Stops = (() => Promise<void>)[];

const startParts = async (options: ClusterFleetOptions, stops: Stops) => {
  const directory = mkdtempSync(join(tmpdir(), 'cluster-fleet-'));
  stops.push(async () => rmSync(directory, { recursive: true, force: true }));
  const aws = await startFleet(options.members);
  stops.push(aws.stop);
  const cluster = await startControlPlane();
  stops.push(cluster.stop);
  const environment = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: aws.proxy.url,
    NODE_COMPILE_CACHE: join(directory, 'compile-cache'),
  };
  const node = await startNode({ cluster, images, environment });
  stops.push(node.stop);
  return { aws, cluster, node, directory };
};

/** Whatever was started is stopped again when the rest does not start. */
export const startClusterFleet = async (options: ClusterFleetOptions): Promise<ClusterFleet> => {
  const stops: Stops = [];
  const stop = async () => {
    for (const each of stops.toReversed()) await each();
  };
  try {
    const { aws, cluster, node, directory } = await startParts(options, stops);
    const applyManifests = await openManifests(directory, cluster, pipelineVariables(aws));
    let applied: Applied = { settings: quickSettings, patches: [], components: [], ...options };
    const apply = async (change: Partial<Applied> = {}) => {
      applied = { ...applied, ...change };
      await applyManifests(applied);
    };
    const kubectl: Kubectl = (args, input) =>
      cluster.kubectl(['-n', namespace, ...args], input === undefined ? {} : { input });
    await apply();
    return { aws, cluster, node, kubectl, apply, stop, ...openRuns(kubectl) };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
};

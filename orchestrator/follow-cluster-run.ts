// A run that somebody starts elsewhere and the cluster makes: the orchestrator's Job is created and followed to its end.
import { sleep } from '../clients/clock.ts';
import { openKubernetes } from '../clients/kubernetes/connection.ts';
import { explainApiError } from '../clients/kubernetes/errors.ts';
import { type ClusterJobs, openClusterJobs, type RawJob } from '../clients/kubernetes/jobs.ts';
import { observeJob, sightJob } from '../clients/kubernetes/observe-job.ts';
import { openClusterPods } from '../clients/kubernetes/pods.ts';
import { InventoryError } from '../contract/errors.ts';
import { labelNames } from '../contract/names.ts';
import { hasFinished } from '../contract/observed-job.ts';
import {
  type OrchestratorRun,
  orchestratorContainer,
  orchestratorTemplateName,
  stampOrchestratorJob,
} from '../contract/orchestrator-job.ts';
import { type ContainerMessage, parseContainerMessage } from '../contract/outcome.ts';
import { runIdOf } from './own-job.ts';

export interface FollowOptions extends OrchestratorRun {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
  /** Told once there is a Job, and whenever the counts change. */
  readonly created: (facts: { readonly job: string; readonly namespace: string; readonly run: string }) => void;
  readonly counted: (counts: { readonly finished: number; readonly jobs: number }) => void;
}

export interface FollowedEnd {
  readonly run: string;
  /** Of the orchestrator's container; null when the pod is gone. */
  readonly exitCode: number | null;
  readonly message: ContainerMessage | undefined;
  /** Why the Job failed, in Kubernetes' words. */
  readonly reason: string | null;
}

/** Milliseconds: two reads, of one Job and of the run's. */
const pause = 2_000;

const createRun = async (jobs: ClusterJobs, options: FollowOptions, namespace: string): Promise<RawJob> => {
  const cronJob = await jobs.readTemplate(orchestratorTemplateName);
  if (cronJob === undefined) {
    throw new InventoryError('template-unusable', `There is no CronJob ${namespace}/${orchestratorTemplateName}`, {
      remedy: 'Apply k8s/ to the cluster of your kubeconfig, or name its namespace with --namespace.',
    });
  }
  const job = stampOrchestratorJob(cronJob, options);
  const name = job.metadata?.name ?? '';
  if ((await jobs.create({ ...job, metadata: { ...job.metadata, namespace } })) === 'exists')
    throw new InventoryError('job-conflict', `There is a Job ${namespace}/${name} already`);
  const made = await jobs.read(name);
  if (made !== undefined) return made;
  throw new InventoryError('job-vanished', `The Job ${namespace}/${name} was deleted as soon as it was made`);
};

const countJobs = async (jobs: ClusterJobs, run: string) => {
  const counts = { finished: 0, jobs: 0 };
  await jobs.list(`${labelNames.run}=${run}`, job => {
    counts.jobs += 1;
    if (hasFinished(sightJob(job))) counts.finished += 1;
  });
  return counts;
};

/** Throws cluster-denied, cluster-unauthorized, cluster-unavailable, template-unusable, job-conflict, job-vanished. */
export const followClusterRun = async (options: FollowOptions): Promise<FollowedEnd> => {
  const { environment, signal } = options;
  const connection = openKubernetes(environment, options.namespace);
  const jobs = openClusterJobs(connection, { signal });
  const pods = openClusterPods(connection, { signal });
  try {
    const made = await createRun(jobs, options, connection.namespace);
    const { name = '', uid = '' } = made.metadata ?? {};
    const run = runIdOf({ name, uid });
    options.created({ job: name, namespace: connection.namespace, run });
    let told = '';
    for (;;) {
      const job = await jobs.read(name);
      if (job?.metadata?.uid !== uid)
        throw new InventoryError(
          'job-vanished',
          `The Job ${connection.namespace}/${name} was deleted: the run is cancelled`,
        );
      const counts = await countJobs(jobs, run);
      if (told !== JSON.stringify(counts) && counts.jobs > 0) options.counted(counts);
      told = JSON.stringify(counts);
      const sight = sightJob(job);
      if (hasFinished(sight)) {
        const { containers, reason } = observeJob(sight, await pods.ofJob(uid));
        const own = containers.find(container => container.name === orchestratorContainer);
        return { run, exitCode: own?.exitCode ?? null, message: parseContainerMessage(own?.message), reason };
      }
      await sleep(pause, signal);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    throw explainApiError(thrown, 'following the run in the cluster');
  } finally {
    await connection.close();
  }
};

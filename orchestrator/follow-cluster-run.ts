// A run that somebody starts elsewhere and the cluster makes: the orchestrator's Job is created and followed to its end.
import { sleep } from '../clients/clock.ts';
import { openKubernetes } from '../clients/kubernetes/connection.ts';
import { explainApiError } from '../clients/kubernetes/errors.ts';
import { type ClusterJobs, openClusterJobs, type RawJob } from '../clients/kubernetes/jobs.ts';
import { type JobSight, observeJob, sightJob } from '../clients/kubernetes/observe-job.ts';
import { openClusterPods } from '../clients/kubernetes/pods.ts';
import { InventoryError } from '../contract/errors.ts';
import { hasFinished } from '../contract/observed-job.ts';
import {
  type OrchestratorRun,
  orchestratorContainer,
  orchestratorTemplateName,
  stampOrchestratorJob,
} from '../contract/orchestrator-job.ts';
import { type ContainerMessage, parseContainerMessage } from '../contract/outcome.ts';
import { type FollowedProgress, lookAtRun } from './look-at-run.ts';
import { type OwnJob, runIdOf } from './own-job.ts';

export interface FollowOptions extends OrchestratorRun {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
  readonly progress: FollowedProgress;
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
      remedy:
        'Apply k8s/ to the cluster of your kubeconfig, or name its namespace with --namespace. With --orchestrator here this command makes the Jobs itself.',
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

/** Throws job-vanished once it is gone, or another of its name. */
const readOwn = async (jobs: ClusterJobs, { name, uid }: OwnJob, namespace: string): Promise<JobSight> => {
  const job = await jobs.read(name);
  if (job?.metadata?.uid === uid) return sightJob(job);
  throw new InventoryError('job-vanished', `The Job ${namespace}/${name} was deleted: the run is cancelled`);
};

/** Throws cluster-denied, cluster-unauthorized, cluster-unavailable, template-unusable, job-conflict, job-vanished. */
export const followClusterRun = async (options: FollowOptions): Promise<FollowedEnd> => {
  const { environment, signal } = options;
  const connection = openKubernetes(environment, options.namespace);
  const jobs = openClusterJobs(connection, { signal });
  const pods = openClusterPods(connection, { signal });
  try {
    const { metadata } = await createRun(jobs, options, connection.namespace);
    const own = { name: metadata?.name ?? '', uid: metadata?.uid ?? '' };
    const run = runIdOf(own);
    options.progress.created({ job: own.name, namespace: connection.namespace, run });
    const look = lookAtRun({ connection, jobs, pods, signal }, { ...own, run }, options.progress);
    for (;;) {
      const sight = await readOwn(jobs, own, connection.namespace);
      await look(hasFinished(sight));
      if (hasFinished(sight)) {
        const { containers, reason } = observeJob(sight, await pods.ofJob(own.uid));
        const orchestrator = containers.find(container => container.name === orchestratorContainer);
        const message = parseContainerMessage(orchestrator?.message);
        return { run, exitCode: orchestrator?.exitCode ?? null, message, reason };
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

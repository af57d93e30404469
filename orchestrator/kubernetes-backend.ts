// The backend of a cluster: runner Jobs at the API server, owned by the orchestrator's own Job.
import type { V1Job } from '@kubernetes/client-node';
import type { KubernetesConnection } from '../clients/kubernetes/connection.ts';
import { describeApiError, explainApiError } from '../clients/kubernetes/errors.ts';
import { openHindrances } from '../clients/kubernetes/hindrances.ts';
import { openJobEnds } from '../clients/kubernetes/job-ends.ts';
import { type JobWatch, watchJobs } from '../clients/kubernetes/job-watch.ts';
import { type ClusterJobs, openClusterJobs, type RawJob } from '../clients/kubernetes/jobs.ts';
import { observeJob, sightJob } from '../clients/kubernetes/observe-job.ts';
import { findMissingRights, type Right, renderRight } from '../clients/kubernetes/own-rights.ts';
import { type ClusterPods, openClusterPods } from '../clients/kubernetes/pods.ts';
import { InventoryError } from '../contract/errors.ts';
import { runnerTemplateName } from '../contract/names.ts';
import { hasFinished, type ObservedJob } from '../contract/observed-job.ts';
import type { JobBackend, RunBeginning } from './backend.ts';
import { requireUsable } from './cluster-template.ts';
import { beginningFromJobs, beginningOf, type OwnJob, ownerReferenceOf } from './own-job.ts';

export interface KubernetesBackendOptions {
  readonly connection: KubernetesConnection;
  readonly run: string;
  /** Owns the run's Jobs and says when it began; null when a person runs it from elsewhere, with a kubeconfig. */
  readonly ownJob: OwnJob | null;
  /** Ends every call and wait. */
  readonly signal: AbortSignal;
}

export interface KubernetesBackend extends JobBackend {
  /** Throws cluster-denied with every right that this identity lacks. */
  readonly checkRights: () => Promise<void>;
  readonly close: () => void;
}

const createRight: Right = { verb: 'create', group: 'batch', resource: 'jobs' };

/** What the orchestrator does in its namespace; k8s/base/role.yaml grants exactly this. */
export const ownRights: readonly Right[] = [
  ...['create', 'get', 'list', 'watch', 'delete'].map(verb => ({ verb, group: 'batch', resource: 'jobs' })),
  { verb: 'get', group: 'batch', resource: 'cronjobs', name: runnerTemplateName },
  { verb: 'list', group: '', resource: 'pods' },
  { verb: 'list', group: '', resource: 'events' },
];

const checkRights = async (connection: KubernetesConnection, signal: AbortSignal): Promise<void> => {
  const missing = await findMissingRights(connection, ownRights, signal).catch(thrown => {
    throw explainApiError(thrown, 'asking for our own rights');
  });
  if (missing.length === 0) return;
  throw new InventoryError(
    'cluster-denied',
    `In the namespace ${connection.namespace} the orchestrator may not: ${missing.map(renderRight).join(', ')}`,
  );
};

/** undefined also when another Job has the name by now. */
const readOwnJob = async (jobs: ClusterJobs, { name, uid }: OwnJob): Promise<RawJob | undefined> => {
  const job = await jobs.read(name);
  return job?.metadata?.uid === uid ? job : undefined;
};

const isGone = async (jobs: ClusterJobs, ownJob: OwnJob): Promise<boolean> => {
  const job = await readOwnJob(jobs, ownJob);
  return job === undefined || job.metadata?.deletionTimestamp !== undefined;
};

const readOwnBeginning = async (jobs: ClusterJobs, ownJob: OwnJob): Promise<RunBeginning> => {
  const job = await readOwnJob(jobs, ownJob);
  if (job !== undefined) return beginningOf(job);
  throw new InventoryError('interrupted', `The orchestrator's own Job ${ownJob.name} is gone: the run was cancelled`);
};

/** The Jobs of the run with what is known of their pods. */
const openJobList = (watch: JobWatch, pods: ClusterPods, run: string) => {
  const hindrances = openHindrances(pods, run);
  const ends = openJobEnds(pods, run, hindrances);
  return async (): Promise<ObservedJob[]> => {
    const sights = [...(await watch.read()).values()];
    await ends.read(sights.filter(hasFinished));
    await hindrances.look(sights.filter(sight => !hasFinished(sight)));
    return sights.map(sight => {
      const ended = ends.of(sight.uid);
      return ended === undefined
        ? observeJob(sight, [], hindrances.of(sight.uid))
        : { ...ended, deleting: sight.deleting };
    });
  };
};

/** Errors of the client in the project's words, unless it was us who stopped. */
const explaining =
  (signal: AbortSignal) =>
  async <Result>(what: string, work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      throw explainApiError(thrown, what);
    }
  };

/** Calls nothing yet. */
export const openKubernetesBackend = (options: KubernetesBackendOptions): KubernetesBackend => {
  const { connection, run, ownJob, signal } = options;
  const attempt = explaining(signal);
  const jobs = openClusterJobs(connection, { signal });
  const watch = watchJobs({ connection, jobs, run, signal });
  const listJobs = openJobList(watch, openClusterPods(connection, { signal }), run);
  const owner = ownJob === null ? {} : { ownerReferences: [ownerReferenceOf(ownJob)] };

  const createJob = async (job: V1Job): Promise<'created' | 'exists'> => {
    try {
      return await jobs.create({ ...job, metadata: { ...job.metadata, namespace: connection.namespace, ...owner } });
    } catch (thrown) {
      // A quota and an admission policy answer 403 too: they refuse this Job, a missing right refuses every one.
      if (describeApiError(thrown).kind !== 'forbidden' || signal.aborted) throw thrown;
      const missing = await findMissingRights(connection, [createRight], signal);
      if (missing.length > 0) throw thrown;
      throw new InventoryError(
        'job-refused',
        `The Job ${job.metadata?.name} was refused: ${describeApiError(thrown).message}`,
        {
          cause: thrown,
        },
      );
    }
  };

  return {
    checkRights: () => checkRights(connection, signal),
    readTemplate: () =>
      attempt('reading the runner template', async () =>
        requireUsable(await jobs.readTemplate(runnerTemplateName), connection.namespace),
      ),
    beginRun: () =>
      attempt('reading when the run began', async () =>
        ownJob === null
          ? beginningFromJobs(await watch.read(), { run, now: new Date() })
          : await readOwnBeginning(jobs, ownJob),
      ),
    isCancelled: () =>
      attempt("reading the orchestrator's own Job", async () => ownJob !== null && (await isGone(jobs, ownJob))),
    createJob: job => attempt(`creating the Job ${job.metadata?.name}`, () => createJob(job)),
    readJob: name =>
      attempt(`reading the Job ${name}`, async () => {
        const job = await jobs.read(name);
        return job === undefined ? undefined : observeJob(sightJob(job), []);
      }),
    listJobs: () => attempt('listing the Jobs of the run', listJobs),
    deleteJob: name => attempt(`deleting the Job ${name}`, () => jobs.remove(name)),
    waitForChange: watch.wait,
    // Nothing to end: the Jobs go on in the cluster, and the next start of this orchestrator adopts them.
    leave: async () => {},
    close: watch.stop,
  };
};

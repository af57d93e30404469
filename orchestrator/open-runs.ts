// Runs of a cluster that its orchestrator has not closed, or never will: those that go on, and those whose Job failed first.
import { openKubernetes } from '../clients/kubernetes/connection.ts';
import { explainApiError } from '../clients/kubernetes/errors.ts';
import { openClusterJobs } from '../clients/kubernetes/jobs.ts';
import { type JobSight, observeJob, sentence, sightJob } from '../clients/kubernetes/observe-job.ts';
import { type ClusterPods, openClusterPods } from '../clients/kubernetes/pods.ts';
import { labelNames } from '../contract/names.ts';
import { orchestratorContainer, orchestratorSelector } from '../contract/orchestrator-job.ts';
import { parseContainerMessage } from '../contract/outcome.ts';
import { manifestKeyIn } from './closing-words.ts';
import { countJobs, type JobCounts, noJobs } from './count-jobs.ts';
import { runIdOf } from './own-job.ts';

export interface OpenRun {
  readonly run: string;
  /** Of the orchestrator. */
  readonly job: string;
  readonly state: 'waiting' | 'running' | 'failed';
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** Of its accounts. */
  readonly jobs: JobCounts;
  /** What holds it up, or why it failed: the orchestrator's own words, or Kubernetes'. */
  readonly message: string | null;
}

interface Asked {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
}

interface Words {
  readonly message: string | null;
  /** It ended with a manifest: the Job failed because an account did. */
  readonly hasClosed: boolean;
}

const wordsOf = async (sight: JobSight, pods: ClusterPods): Promise<Words> => {
  const { containers, hindrance, reason, message } = observeJob(sight, await pods.ofJob(sight.uid));
  const own = containers.find(({ name }) => name === orchestratorContainer);
  const words = parseContainerMessage(own?.message);
  const told = words?.message ?? hindrance ?? sentence(reason, message);
  return { message: told === '' ? null : told, hasClosed: manifestKeyIn(words) !== undefined };
};

const stateOf = (sight: JobSight): OpenRun['state'] => {
  if (sight.phase === 'failed') return 'failed';
  return sight.active > 0 ? 'running' : 'waiting';
};

/**
 * Without those that are known as `closed`. Needs list of Jobs and of pods. Throws
 * cluster-denied, cluster-unauthorized, cluster-unavailable.
 */
export const listOpenRuns = async (asked: Asked, closed: ReadonlySet<string>): Promise<OpenRun[]> => {
  const { environment, namespace, signal } = asked;
  const connection = openKubernetes(environment, namespace);
  const jobs = openClusterJobs(connection, { signal });
  const pods = openClusterPods(connection, { signal });
  try {
    const sights: JobSight[] = [];
    await jobs.list(orchestratorSelector, job => sights.push(sightJob(job)));
    const open = sights.filter(sight => sight.phase !== 'succeeded' && !closed.has(runIdOf(sight)));
    if (open.length === 0) return [];
    const counts = await countJobs(jobs, labelNames.run);
    const runs = await Promise.all(
      open.map(async (sight): Promise<OpenRun | undefined> => {
        const { message, hasClosed } = await wordsOf(sight, pods);
        if (hasClosed) return undefined;
        const run = runIdOf(sight);
        return {
          run,
          job: sight.name,
          state: stateOf(sight),
          startedAt: sight.startedAt ?? sight.createdAt,
          finishedAt: sight.finishedAt,
          jobs: counts.get(run) ?? noJobs,
          message,
        };
      }),
    );
    return runs.filter(run => run !== undefined);
  } catch (thrown) {
    signal.throwIfAborted();
    throw explainApiError(thrown, 'listing the runs of the cluster');
  } finally {
    await connection.close();
  }
};

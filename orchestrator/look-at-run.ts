// One look after another at a run that the cluster's own orchestrator makes: its Jobs by state, and what holds it up.
import type { KubernetesConnection } from '../clients/kubernetes/connection.ts';
import { readContainerLog } from '../clients/kubernetes/container-log.ts';
import type { ClusterJobs } from '../clients/kubernetes/jobs.ts';
import { hindranceOf, newestPod, runSelector } from '../clients/kubernetes/observe-job.ts';
import type { ClusterPods } from '../clients/kubernetes/pods.ts';
import { orchestratorContainer } from '../contract/orchestrator-job.ts';
import { countJobs, type JobCounts, noJobs } from './count-jobs.ts';
import { plannedIn } from './log-progress.ts';
import type { OwnJob } from './own-job.ts';

/** What is told of a run that others make. */
export interface FollowedProgress {
  /** Once there is a Job. */
  readonly created: (facts: { readonly job: string; readonly namespace: string; readonly run: string }) => void;
  /** Whenever they change. */
  readonly counted: (counts: FollowedCounts) => void;
  /** Why the orchestrator's pod does not get on, in Kubernetes' words; null when it does again. */
  readonly hindered: (reason: string | null) => void;
}

export interface FollowedCounts extends JobCounts {
  /** Accounts that are to be scanned; null where the orchestrator's log does not tell, or may not be read. */
  readonly planned: number | null;
}

interface Cluster {
  readonly connection: KubernetesConnection;
  readonly jobs: ClusterJobs;
  readonly pods: ClusterPods;
  readonly signal: AbortSignal;
}

/** The plan is among the first things that an orchestrator logs. */
const planBytes = 65_536;
/** Whoever may not read the log is not asked for it at every look. */
const planLooks = 3;

/** null where nobody may read the log, or it does not tell: a number that is nice to have ends nothing. */
const readPlanned = async ({ connection, signal }: Cluster, pod: string): Promise<number | null> => {
  const asked = { pod, container: orchestratorContainer, limitBytes: planBytes };
  const log = await readContainerLog(connection, asked, { signal }).catch(() => undefined);
  signal.throwIfAborted();
  return plannedIn(log ?? '');
};

/** Tells what differs from what the last look saw. */
export const lookAtRun = (cluster: Cluster, run: OwnJob & { readonly run: string }, progress: FollowedProgress) => {
  const last = { counts: '', hindrance: null as string | null };
  let planned: number | null = null;
  let planLooksLeft = planLooks;
  const tellPod = async (isMaking: boolean): Promise<void> => {
    const pod = newestPod(await cluster.pods.ofJob(run.uid));
    if (pod === undefined) return;
    const hindrance = hindranceOf(pod);
    if (hindrance !== last.hindrance) progress.hindered(hindrance);
    last.hindrance = hindrance;
    if (!isMaking || planned !== null || planLooksLeft === 0) return;
    planLooksLeft -= 1;
    planned = await readPlanned(cluster, pod.metadata?.name ?? '');
  };
  return async (isOver: boolean): Promise<void> => {
    const found = (await countJobs(cluster.jobs, runSelector(run.run))).get(run.run) ?? noJobs;
    if (!isOver) await tellPod(found.all > 0);
    const counts = { ...found, planned };
    const told = JSON.stringify(counts);
    if (told !== last.counts && found.all > 0) progress.counted(counts);
    last.counts = told;
  };
};

// Settings and environment → a run in a cluster, from inside the orchestrator's own pod.
import { openKubernetes } from '../clients/kubernetes/connection.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { openAwsEdges } from './aws-edges.ts';
import { openKubernetesBackend } from './kubernetes-backend.ts';
import { type OwnJob, runIdOf } from './own-job.ts';
import type { RunProgress } from './progress.ts';
import { type RunResult, runOrganization } from './run-organization.ts';

export interface ClusterRunOptions {
  readonly settings: RunSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The Job whose pod this is: names the run and owns its Jobs. */
  readonly ownJob: OwnJob;
  readonly retry?: string | undefined;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

const maxRunning = 50;

/** Throws cluster-denied before anything was asked of AWS, and otherwise as runOrganization does. */
export const runInCluster = async (options: ClusterRunOptions): Promise<RunResult> => {
  const { settings, environment, ownJob, retry, progress, signal } = options;
  const run = runIdOf(ownJob);
  const connection = openKubernetes(environment);
  const aws = openAwsEdges(settings, environment, signal);
  const backend = openKubernetesBackend({ connection, run, ownJob, signal });
  try {
    await backend.checkRights();
    return await runOrganization(
      {
        run,
        settings,
        retry,
        signal,
        maxRunning: settings.run.maxRunning ?? maxRunning,
        bucket: aws.bucket,
        region: aws.region,
      },
      { ...aws, backend, progress },
    );
  } finally {
    backend.close();
    aws.close();
    await connection.close();
  }
};

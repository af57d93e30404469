// Settings and environment → a run in a cluster: from the orchestrator's own pod, or from a laptop with a kubeconfig.
import { openKubernetes } from '../clients/kubernetes/connection.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { openAwsEdges } from './aws-edges.ts';
import { openKubernetesBackend } from './kubernetes-backend.ts';
import type { OwnJob } from './own-job.ts';
import type { RunProgress } from './progress.ts';
import { requireRunId } from './run-id.ts';
import { type RunResult, runOrganization } from './run-organization.ts';

export interface ClusterRunOptions {
  readonly settings: RunSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: string;
  /** The Job whose pod this is, and which owns the run's Jobs; null on a laptop. */
  readonly ownJob: OwnJob | null;
  /** Of a kubeconfig; `inventory` when left out. */
  readonly namespace?: string | undefined;
  readonly retry?: string | undefined;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

const maxRunning = 50;

/** Throws cluster-denied before anything was asked of AWS, and otherwise as runOrganization does. */
export const runInCluster = async (options: ClusterRunOptions): Promise<RunResult> => {
  const { settings, environment, run, ownJob, retry, progress, signal } = options;
  requireRunId(run);
  const connection = openKubernetes(environment, options.namespace);
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

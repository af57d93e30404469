// `run --backend kubernetes`: the cluster's own orchestrator makes the run, and this command follows it.
import { readAwsConnection } from '../clients/aws/connection.ts';
import { closeBucket, getObject, openBucket } from '../clients/aws/s3.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { type Manifest, manifestSchema } from '../contract/manifest.ts';
import { manifestKeyIn } from '../orchestrator/closing-words.ts';
import type { FollowedEnd } from '../orchestrator/follow-cluster-run.ts';
import type { CommandContext } from './command-context.ts';
import { showFollowedBar, showFollowedLines } from './followed-progress.ts';

export interface ClusterRunAsked {
  /** Settings as the flags narrow them; null for none. */
  readonly settings: Readonly<Record<string, unknown>> | null;
  readonly retry: string | null;
  readonly namespace: string | undefined;
  /** Behind the Job's name. */
  readonly suffix: string;
  readonly signal: AbortSignal;
}

/** Loaded at need: the Kubernetes client would cost every local run its start-up time and memory. */
export const runInsideCluster = async (asked: ClusterRunAsked, context: CommandContext): Promise<FollowedEnd> => {
  const { environment, stderr } = context;
  const { followClusterRun } = await import('../orchestrator/follow-cluster-run.ts');
  const progress = stderr.isTTY ? showFollowedBar(stderr) : showFollowedLines(stderr);
  let job = '';
  try {
    const end = await followClusterRun({
      ...asked,
      environment,
      progress: {
        ...progress,
        created: facts => {
          job = `-n ${facts.namespace} job/${facts.job}`;
          progress.created(facts);
        },
      },
    });
    progress.stop();
    return end;
  } catch (thrown) {
    progress.stop();
    const goesOn = job === '' ? 'nothing was made' : 'the run goes on in the cluster';
    if (!asked.signal.aborted) {
      if (job !== '' && toInventoryError(thrown).code !== 'job-vanished')
        stderr.write(`No longer followed; ${goesOn}: kubectl logs -f ${job}\n`);
      throw thrown;
    }
    throw new InventoryError('interrupted', `Stopped following: ${goesOn}`, {
      remedy:
        job === ''
          ? 'Start the command again.'
          : `See it with kubectl logs -f ${job}; cancel it with kubectl delete ${job}.`,
      cause: thrown,
    });
  }
};

export interface ManifestPlace {
  readonly bucket: string | undefined;
  readonly owner: string | undefined;
  readonly region: string | undefined;
}

/** undefined where it was not written, no bucket is named here, or this identity may not read it. */
export const readManifestOf = async (
  end: FollowedEnd,
  { bucket: name, owner, region }: ManifestPlace,
  { environment, stderr }: CommandContext,
): Promise<{ readonly key: string; readonly manifest: Manifest } | undefined> => {
  const key = manifestKeyIn(end.message);
  if (key === undefined || name === undefined) return undefined;
  const bucket = openBucket(readAwsConnection(environment, region), { name, owner });
  try {
    const read = await getObject(bucket, key);
    return read === undefined ? undefined : { key, manifest: manifestSchema.parse(JSON.parse(read.text)) };
  } catch (thrown) {
    stderr.write(`The manifest s3://${name}/${key} cannot be read from here: ${(thrown as Error).message}\n`);
    return undefined;
  } finally {
    closeBucket(bucket);
  }
};

/** Of a pod that is gone only the Job's own end is known. */
export const exitCodeOf = ({ exitCode, reason }: FollowedEnd): number =>
  exitCode ?? (reason === null ? 0 : errorCatalogue.unexpected.exit);

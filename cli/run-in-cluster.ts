// `run --backend kubernetes --in-cluster`: the cluster's own orchestrator makes the run, and this command follows it.
import { readAwsConnection } from '../clients/aws/connection.ts';
import { closeBucket, getObject, openBucket } from '../clients/aws/s3.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import { type Manifest, manifestSchema } from '../contract/manifest.ts';
import type { FollowedEnd } from '../orchestrator/follow-cluster-run.ts';
import type { CommandContext } from './command-context.ts';

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
  let job = '';
  try {
    return await followClusterRun({
      ...asked,
      environment,
      created: facts => {
        job = `-n ${facts.namespace} job/${facts.job}`;
        stderr.write(`Run ${facts.run}: ${facts.namespace}/${facts.job}\n`);
      },
      counted: ({ finished, jobs }) => stderr.write(`${finished} of ${jobs} Jobs have finished\n`),
    });
  } catch (thrown) {
    if (!asked.signal.aborted) throw thrown;
    const goesOn = job === '' ? 'nothing was made' : 'the run goes on in the cluster';
    throw new InventoryError('interrupted', `Stopped following: ${goesOn}`, {
      remedy:
        job === ''
          ? 'Start the command again.'
          : `See it with kubectl logs -f ${job}; cancel it with kubectl delete ${job}.`,
      cause: thrown,
    });
  }
};

/** The orchestrator's last words end with the manifest's key. */
const keyIn = (end: FollowedEnd): string | undefined => /; (\S+\/run_\S+\.json)$/.exec(end.message?.message ?? '')?.[1];

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
  const key = keyIn(end);
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

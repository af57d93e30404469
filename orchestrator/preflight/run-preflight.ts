// Settings → everything that a run would need, asked before there is one. Writes nothing anywhere.
import pLimit from 'p-limit';
import { inspectBucket } from '../../clients/aws/bucket-facts.ts';
import { type AwsConnection, readAwsConnection } from '../../clients/aws/connection.ts';
import { describeAwsError } from '../../clients/aws/errors.ts';
import { closeBucket, openBucket } from '../../clients/aws/s3.ts';
import { getCallerIdentity, resolveCredentials } from '../../clients/aws/sts.ts';
import { startStopwatch, timestamp } from '../../clients/clock.ts';
import { openKubernetes } from '../../clients/kubernetes/connection.ts';
import { InventoryError } from '../../contract/errors.ts';
import { type Check, notChecked, type PreflightReport, passed } from '../../contract/preflight.ts';
import type { RunSettings } from '../../contract/read-settings.ts';
import { openAwsEdges } from '../aws-edges.ts';
import { type PlannedAccount, planRun, type RunPlan, selectionOf } from '../plan.ts';
import { checkAccount } from './check-account.ts';
import { checkBucket } from './check-bucket.ts';
import { checkCluster } from './check-cluster.ts';

export interface PreflightOptions {
  readonly settings: RunSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
  /** Told after each account. */
  readonly progress: (done: number, accounts: number) => void;
}

/** STS answers some hundreds of calls a second for an account; three of them are made for each. */
const accountsAtOnce = 16;

/** The caller's own credentials are asked for once, not by every client. */
const resolveCaller = async (connection: AwsConnection, signal: AbortSignal) => {
  try {
    const credentials = await resolveCredentials(connection, signal);
    const own = { ...connection, credentials };
    return { connection: own, identity: await getCallerIdentity(own, signal) };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = describeAwsError(thrown);
    throw new InventoryError('no-credentials', `The caller's own AWS identity is not usable: ${code}: ${message}`, {
      cause: thrown,
    });
  }
};

const planOf = async (options: PreflightOptions, region: string, partition: string): Promise<RunPlan> => {
  const { settings, environment, signal } = options;
  const aws = openAwsEdges(settings, environment, signal);
  try {
    const organization = await aws.readAccounts(selectionOf(settings));
    const date = timestamp().slice(0, 10);
    const facts = {
      run: 'preflight',
      date,
      startedAt: timestamp(),
      partition,
      region,
      bucket: aws.bucket,
      jobSeconds: 3000,
    };
    return planRun(organization, settings, facts);
  } finally {
    aws.close();
  }
};

const organizationCheck = ({ planned, skipped }: RunPlan): Check =>
  passed(
    { about: 'organization', subject: 'accounts', check: 'list' },
    `${planned.length} to scan, ${skipped.length} skipped`,
  );

const checkAccounts = async (
  planned: readonly PlannedAccount[],
  connection: AwsConnection,
  { backend, signal, progress }: PreflightOptions,
): Promise<Check[]> => {
  if (backend === 'kubernetes') {
    return planned.map(({ account }) =>
      notChecked(
        { about: 'account', subject: account.id, check: 'role' },
        'the runners have an identity of their own in the cluster; --backend local asks with yours',
      ),
    );
  }
  let done = 0;
  const checks = await pLimit(accountsAtOnce).map(planned, async account => {
    const found = await checkAccount(account, { connection, signal });
    done += 1;
    progress(done, planned.length);
    return found;
  });
  return checks.flat();
};

const lookAtBucket = async ({ settings, backend }: PreflightOptions, connection: AwsConnection): Promise<Check[]> => {
  const { bucket: name = '', expectedOwner, prefix, kmsKey } = settings.reports;
  const owner = expectedOwner ?? undefined;
  const bucket = openBucket(connection, { name, owner, kmsKey: kmsKey ?? undefined });
  try {
    const seen = await inspectBucket(bucket, `${prefix}/preflight.json`);
    return checkBucket(name, seen, { owner, writes: backend === 'local' });
  } finally {
    closeBucket(bucket);
  }
};

const lookAtCluster = async (options: PreflightOptions, plan: RunPlan): Promise<Check[]> => {
  if (options.backend === 'local') return [];
  const connection = openKubernetes(options.environment, options.namespace);
  try {
    return await checkCluster({ connection, signal: options.signal }, plan.planned[0]?.facts);
  } finally {
    await connection.close();
  }
};

/** Throws what ends a run before it starts: settings-invalid, unknown-account, no-credentials, organization-denied, cluster-*. */
export const runPreflight = async (options: PreflightOptions): Promise<PreflightReport> => {
  const { settings, environment, signal, backend } = options;
  const [startedAt, stopwatch] = [timestamp(), startStopwatch()];
  const { connection, identity } = await resolveCaller(readAwsConnection(environment, settings.region), signal);
  const plan = await planOf(options, connection.region, identity.partition);
  const [accounts, bucket, cluster] = await Promise.all([
    checkAccounts(plan.planned, connection, options),
    lookAtBucket(options, connection),
    lookAtCluster(options, plan),
  ]);
  return {
    schemaVersion: 1,
    identity: identity.arn,
    backend,
    startedAt,
    seconds: stopwatch(),
    checks: [organizationCheck(plan), ...bucket, ...cluster, ...accounts],
  };
};

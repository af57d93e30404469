// Settings → everything that a run would need, asked before there is one. Writes nothing but one Job, which it deletes.
import pLimit from 'p-limit';
import { inspectBucket } from '../../clients/aws/bucket-facts.ts';
import { type AwsConnection, readAwsConnection } from '../../clients/aws/connection.ts';
import { closeBucket, openBucket } from '../../clients/aws/s3.ts';
import { startStopwatch, timestamp } from '../../clients/clock.ts';
import { type Check, type PreflightReport, passed } from '../../contract/preflight.ts';
import type { RunSettings } from '../../contract/read-settings.ts';
import { openAwsEdges } from '../aws-edges.ts';
import { type PlannedAccount, planRun, type RunPlan, selectionOf } from '../plan.ts';
import { accountsAtOnce, checkAccount } from './check-account.ts';
import { checkBucket } from './check-bucket.ts';
import { mergeBucket } from './judge-runners.ts';
import { lookAtCluster } from './look-at-cluster.ts';
import { resolveCaller } from './resolve-caller.ts';

export interface PreflightOptions {
  readonly settings: RunSettings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string | undefined;
  readonly signal: AbortSignal;
  /** Whether a Job may be made for what needs the runners' own identity; with `kubernetes` alone. */
  readonly job: boolean;
  /** Told once that Job is there. */
  readonly started: (job: string) => void;
  /** Told as accounts have been asked. */
  readonly progress: (done: number, accounts: number) => void;
}

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

const askAccounts = async (
  planned: readonly PlannedAccount[],
  connection: AwsConnection,
  { signal, progress }: PreflightOptions,
): Promise<Check[]> => {
  let done = 0;
  const checks = await pLimit(accountsAtOnce).map(planned, async ({ facts }) => {
    const found = await checkAccount(facts, { connection, signal });
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

/** Throws what ends a run before it starts: settings-invalid, unknown-account, no-credentials, organization-denied, cluster-*. */
export const runPreflight = async (options: PreflightOptions): Promise<PreflightReport> => {
  const { settings, environment, signal, backend } = options;
  const [startedAt, stopwatch] = [timestamp(), startStopwatch()];
  const { connection, identity } = await resolveCaller(readAwsConnection(environment, settings.region), signal);
  const plan = await planOf(options, connection.region, identity.partition);
  const [bucket, asked] = await Promise.all([
    lookAtBucket(options, connection),
    backend === 'kubernetes'
      ? lookAtCluster(options, plan, connection.region)
      : askAccounts(plan.planned, connection, options).then(accounts => ({ accounts, cluster: [], bucket: [] })),
  ]);
  return {
    schemaVersion: 1,
    identity: identity.arn,
    backend,
    startedAt,
    seconds: stopwatch(),
    checks: [organizationCheck(plan), ...mergeBucket(bucket, asked.bucket), ...asked.cluster, ...asked.accounts],
  };
};

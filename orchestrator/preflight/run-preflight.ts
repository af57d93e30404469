// Settings → everything that a run would need, asked before there is one. Writes nothing but one Job, which it deletes.
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { startStopwatch, timestamp } from '../../clients/clock.ts';
import { type Check, type PreflightReport, passed } from '../../contract/preflight.ts';
import { type PreflightOrder, roleFactsSchema } from '../../contract/preflight-order.ts';
import type { RunSettings } from '../../contract/read-settings.ts';
import { openAwsEdges } from '../aws-edges.ts';
import { planRun, type RunPlan, selectionOf } from '../plan.ts';
import { checkAccounts } from './check-account.ts';
import { mergeBucket } from './judge-runners.ts';
import { lookAtBucket } from './look-at-bucket.ts';
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

const orderOf = ({ reports }: RunSettings, { planned }: RunPlan): PreflightOrder => ({
  accounts: planned.map(({ facts }) => roleFactsSchema.parse(facts)),
  bucket: {
    name: reports.bucket ?? '',
    prefix: reports.prefix,
    owner: reports.expectedOwner ?? undefined,
    kmsKey: reports.kmsKey ?? undefined,
  },
});

/** Throws what ends a run before it starts: settings-invalid, unknown-account, no-credentials, organization-denied, cluster-*. */
export const runPreflight = async (options: PreflightOptions): Promise<PreflightReport> => {
  const { settings, environment, signal, backend, progress } = options;
  const [startedAt, stopwatch] = [timestamp(), startStopwatch()];
  const { connection, identity } = await resolveCaller(readAwsConnection(environment, settings.region), signal);
  const plan = await planOf(options, connection.region, identity.partition);
  const order = orderOf(settings, plan);
  const told = (done: number): void => progress(done, order.accounts.length);
  const [bucket, asked] = await Promise.all([
    lookAtBucket(connection, order.bucket, backend === 'local'),
    backend === 'kubernetes'
      ? lookAtCluster(options, { order, sample: plan.planned[0]?.facts, region: connection.region })
      : checkAccounts(order.accounts, { connection, signal }, told).then(accounts => ({
          accounts,
          cluster: [],
          bucket: [],
        })),
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

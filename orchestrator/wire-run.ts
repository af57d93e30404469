// Settings and environment → the edges of a run on this machine.
import { randomBytes } from 'node:crypto';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import { type AwsConnection, readAwsConnection } from '../clients/aws/connection.ts';
import { describeAwsError } from '../clients/aws/errors.ts';
import { readOrganization } from '../clients/aws/organizations.ts';
import { getCallerIdentity } from '../clients/aws/sts.ts';
import type { LocalImages } from '../clients/pods/images.ts';
import type { Organization } from '../contract/account.ts';
import { InventoryError } from '../contract/errors.ts';
import { runIdSchema } from '../contract/names.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { needsTags, needsTree, type Selection } from '../contract/selection.ts';
import { openResultStore } from './bucket-store.ts';
import { type LocalBackend, openLocalBackend } from './local-backend.ts';
import type { RunProgress } from './progress.ts';
import { type RunResult, runOrganization } from './run-organization.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this installation lies: the bundles that stand for the image's /app, and the runner template. */
export interface Installation {
  readonly bundles: string;
  readonly templateFile: string;
  /** The Node that runs this program runs the containers too. */
  readonly node: string;
}

export interface LocalRunOptions {
  readonly settings: RunSettings;
  readonly environment: Environment;
  readonly installation: Installation;
  readonly run: string;
  readonly retry?: string | undefined;
  readonly progress: RunProgress;
  readonly signal: AbortSignal;
}

export interface LocalRunResult extends RunResult {
  /** What never reached the bucket: account id → directory on this machine. */
  readonly kept: ReadonlyMap<string, string>;
}

/** Sorts by time, says when it was, and two started in the same second differ. */
export const newRunId = (now: Date): string => {
  const [date = '', time = ''] = now.toISOString().split('T');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${randomBytes(2).toString('hex')}`;
};

const stateDirectory = (environment: Environment): string =>
  join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'aws-inventory-orchestrator');

const imagesOf = (settings: RunSettings, { node, bundles }: Installation): LocalImages => ({
  ...Object.fromEntries(Object.entries(settings.local.images).map(([name, command]) => [name, { command }])),
  'dfdsdk/aws-inventory-orchestrator': { command: [node], root: { '/app': bundles } },
});

const openBackend = ({ settings, environment, installation, run }: LocalRunOptions): LocalBackend =>
  openLocalBackend({
    directory: join(stateDirectory(environment), 'runs', run),
    templateFile: settings.local.template ?? installation.templateFile,
    images: imagesOf(settings, installation),
    kubelet: [installation.node, join(installation.bundles, 'kubelet.mjs')],
    // Thousands of short processes of the same few programs: Node keeps their compiled code between them.
    environment: {
      NODE_COMPILE_CACHE: join(stateDirectory(environment), 'compile-cache'),
      ...environment,
    },
  });

const listedAccounts = (settings: RunSettings): Organization | null => {
  if (settings.accounts.from === 'organization') return null;
  const accounts = settings.accounts.from.map(({ id, name, ...rest }) => ({
    id,
    name: name ?? id,
    state: 'ACTIVE',
    path: null,
    unitIds: null,
    tags: null,
    ...rest,
  }));
  return { accounts, units: [] };
};

const readAccounts = async (
  selection: Selection,
  options: LocalRunOptions,
  connection: AwsConnection,
): Promise<Organization> => {
  const reading = { tree: needsTree(selection), tags: needsTags(selection), signal: options.signal };
  return listedAccounts(options.settings) ?? (await readOrganization(connection, reading));
};

const readPartition = async (connection: AwsConnection, signal: AbortSignal): Promise<string> => {
  try {
    return (await getCallerIdentity(connection, signal)).partition;
  } catch (thrown) {
    const { kind, code, message } = describeAwsError(thrown);
    const said = `The caller's own AWS identity is not usable: ${code}: ${message}`;
    const mayPass = kind === 'throttled' || kind === 'unavailable' || kind === 'not-in-region';
    throw new InventoryError(mayPass ? 'sts-unavailable' : 'no-credentials', said, { cause: thrown });
  }
};

const requireBucket = (settings: RunSettings): string => {
  if (settings.reports.bucket !== undefined) return settings.reports.bucket;
  throw new InventoryError('settings-invalid', 'No bucket is named for the reports', {
    remedy: 'Give --bucket, set BUCKET_NAME, or set reports.bucket in config.yaml.',
  });
};

const requireRunId = (run: string): void => {
  const parsed = runIdSchema.safeParse(run);
  if (parsed.success) return;
  throw new InventoryError('usage', `${JSON.stringify(run)} cannot be a run id: ${parsed.error.issues[0]?.message}`);
};

/** What failed Jobs had made and no bucket has; what reached it needs no second copy. */
const findKept = ({ manifest }: RunResult, backend: LocalBackend): ReadonlyMap<string, string> => {
  const kept = new Map<string, string>();
  for (const { id, job, outcome, reports } of manifest.accounts) {
    if (outcome !== 'failed' || job === null || reports.length > 0) continue;
    const newest = backend.keptReports(job).at(-1);
    if (newest !== undefined) kept.set(id, newest);
  }
  return kept;
};

/** One run on this machine, from the caller's own AWS identity. */
export const runLocally = async (options: LocalRunOptions): Promise<LocalRunResult> => {
  const { settings, environment, run, retry, progress, signal } = options;
  const bucket = requireBucket(settings);
  requireRunId(run);
  const connection = readAwsConnection(environment, settings.region);
  const owner = settings.reports.expectedOwner ?? undefined;
  const store = openResultStore(connection, { name: bucket, owner, kmsKey: settings.reports.kmsKey ?? undefined });
  const backend = openBackend(options);
  try {
    const result = await runOrganization(
      {
        run,
        settings,
        bucket,
        retry,
        signal,
        region: connection.region,
        maxRunning: settings.run.maxRunning ?? 2 * availableParallelism(),
      },
      {
        backend,
        store,
        progress,
        readAccounts: selection => readAccounts(selection, options, connection),
        readPartition: () => readPartition(connection, signal),
      },
    );
    return { ...result, kept: findKept(result, backend) };
  } finally {
    store.close();
  }
};

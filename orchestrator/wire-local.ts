// Settings and environment → a run on this machine.
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { LocalImages } from '../clients/pods/images.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { openAwsEdges } from './aws-edges.ts';
import { type LocalBackend, openLocalBackend } from './local-backend.ts';
import type { RunProgress } from './progress.ts';
import { requireRunId } from './run-id.ts';
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

const stateDirectory = (environment: Environment): string =>
  join(environment['XDG_STATE_HOME'] || join(homedir(), '.local', 'state'), 'aws-inventory-orchestrator');

/** Of a run: a directory for each of its Jobs. */
export const jobsDirectory = (environment: Environment, run: string): string =>
  join(stateDirectory(environment), 'runs', run, 'jobs');

const imagesOf = (settings: RunSettings, { node, bundles }: Installation): LocalImages => ({
  ...Object.fromEntries(Object.entries(settings.local.images).map(([name, command]) => [name, { command }])),
  'dfdsdk/aws-inventory-orchestrator': { command: [node], root: { '/app': bundles } },
});

const openBackend = ({ settings, environment, installation, run }: LocalRunOptions): LocalBackend =>
  openLocalBackend({
    directory: join(stateDirectory(environment), 'runs', run),
    templateFile: settings.local.template ?? installation.templateFile,
    longScans: settings.local.longScans,
    images: imagesOf(settings, installation),
    kubelet: [installation.node, join(installation.bundles, 'kubelet.mjs')],
    // Thousands of short processes of the same few programs: Node keeps their compiled code between them.
    environment: {
      NODE_COMPILE_CACHE: join(stateDirectory(environment), 'compile-cache'),
      ...environment,
    },
  });

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
  requireRunId(run);
  const aws = openAwsEdges(settings, environment, signal);
  const backend = openBackend(options);
  const maxRunning = settings.run.maxRunning ?? 2 * availableParallelism();
  try {
    const result = await runOrganization(
      { run, settings, retry, signal, maxRunning, bucket: aws.bucket, region: aws.region },
      { ...aws, backend, progress },
    );
    return { ...result, kept: findKept(result, backend) };
  } finally {
    aws.close();
  }
};

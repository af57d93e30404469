// `aws-inventory run`: one run on this machine or in a cluster, shown to a person or written as JSON.
import { Command, Option } from 'commander';
import { InventoryError } from '../contract/errors.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import { manifestKey } from '../contract/report-keys.ts';
import { newRunId } from '../orchestrator/run-id.ts';
import type { RunResult } from '../orchestrator/run-organization.ts';
import type { ClusterRunOptions } from '../orchestrator/wire-cluster.ts';
import { type Installation, runLocally } from '../orchestrator/wire-local.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { commaList, positive } from './flag-values.ts';
import { readConfig } from './read-config.ts';
import { renderError } from './render-error.ts';
import { type RunPlaces, renderAccounts, renderSummary, renderTroubles } from './render-run.ts';
import { exitCodeOf, readManifestOf, runInsideCluster } from './run-in-cluster.ts';
import { showPlainProgress, showProgressBar } from './run-progress.ts';

interface RunFlags {
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string;
  /** Who makes the Jobs of a cluster: its own orchestrator unless it is said. */
  readonly orchestrator?: 'cluster' | 'here';
  readonly bucket?: string;
  readonly accounts?: string[];
  readonly exclude?: string[];
  readonly ou?: string[];
  readonly regions?: string[];
  readonly services?: string[];
  readonly types?: string[];
  readonly retry?: string;
  readonly runId?: string;
  readonly maxRunning?: number;
  readonly config?: string;
  readonly output: 'table' | 'json';
  readonly logLevel?: string;
}

/** Flags as the settings they stand for. */
const overridesOf = (flags: RunFlags) => {
  const inventory = {
    ...(flags.services === undefined ? {} : { services: flags.services }),
    ...(flags.types === undefined ? {} : { types: flags.types }),
  };
  return {
    accounts: {
      ...(flags.accounts === undefined ? {} : { include: flags.accounts }),
      ...(flags.exclude === undefined ? {} : { exclude: flags.exclude }),
      ...(flags.ou === undefined ? {} : { organizationalUnits: { include: flags.ou } }),
    },
    ...(flags.bucket === undefined ? {} : { reports: { bucket: flags.bucket } }),
    ...(flags.maxRunning === undefined ? {} : { run: { maxRunning: flags.maxRunning } }),
    ...(flags.regions === undefined ? {} : { regions: flags.regions }),
    inventory,
  };
};

/** --accounts stands above INCLUDE_ACCOUNTS too. */
const settingsOf = (flags: RunFlags, environment: CommandContext['environment']): RunSettings => {
  const settings = readSettings({ file: readConfig(flags.config), environment, overrides: overridesOf(flags) });
  return flags.accounts === undefined ? settings : { ...settings, includeAccounts: null };
};

/** What never reached the bucket lies on this machine, when this machine ran the Jobs. */
interface ShownResult extends RunResult {
  readonly kept?: ReadonlyMap<string, string>;
}

const placesOf = (result: ShownResult, settings: RunSettings): RunPlaces => {
  const { manifest } = result;
  const bucket = `s3://${settings.reports.bucket}`;
  const folder = manifestKey(settings.reports.prefix, manifest.date, '').replace(/[^/]*$/, '');
  return {
    reports: `${bucket}/${folder}`,
    manifest: result.manifestKey === null ? null : `${bucket}/${result.manifestKey}`,
    kept: result.kept ?? new Map(),
  };
};

const show = (result: ShownResult, settings: RunSettings, flags: RunFlags, context: CommandContext): void => {
  const { stdout, stderr } = context;
  const { manifest } = result;
  if (flags.output === 'json') {
    stdout.write(`${JSON.stringify(manifest)}\n`);
  } else {
    stdout.write(renderAccounts(manifest, stdout));
  }
  const places = placesOf(result, settings);
  stderr.write(renderTroubles(manifest, places, stderr));
  stderr.write(renderSummary(manifest, places, stderr));
  for (const problem of result.problems) stderr.write(renderError(problem, stderr));
  if (result.exitCode !== 0 && result.manifestKey !== null) {
    stderr.write(`Retry those that are not whole with --retry ${manifest.run}\n`);
  }
};

/** Loaded at need: the Kubernetes client would cost every local run its start-up time and memory. */
const runOnKubernetes = async (options: ClusterRunOptions): Promise<RunResult> => {
  const { runInCluster } = await import('../orchestrator/wire-cluster.ts');
  return await runInCluster(options);
};

/** By the orchestrator of the cluster, from its CronJob: with its identity and its settings. */
const madeElsewhere = ({ backend, orchestrator }: RunFlags): boolean =>
  backend === 'kubernetes' && orchestrator !== 'here';

/** A flag that would do nothing here must not look as if it did. */
const refuseForeignFlags = (flags: RunFlags): void => {
  const { backend, namespace, logLevel, orchestrator, runId } = flags;
  const isLocal = backend === 'local';
  const problems = [
    isLocal && namespace !== undefined ? '--namespace belongs to --backend kubernetes' : '',
    isLocal && orchestrator !== undefined ? '--orchestrator belongs to --backend kubernetes' : '',
    !isLocal && logLevel !== undefined
      ? '--log-level is for the containers of this machine; set LOG_LEVEL in the runner template'
      : '',
    madeElsewhere(flags) && runId !== undefined
      ? '--run-id belongs to --orchestrator here: the cluster’s own orchestrator takes the id of its Job'
      : '',
  ].filter(problem => problem !== '');
  if (problems.length > 0) throw new InventoryError('usage', problems.join('. '));
};

/** Keys without a value narrow nothing. */
const narrowed = (flags: RunFlags): Readonly<Record<string, unknown>> | null => {
  const tree = Object.entries(overridesOf(flags)).filter(([, value]) => Object.keys(value).length > 0);
  return tree.length === 0 ? null : Object.fromEntries(tree);
};

const runElsewhere = async (flags: RunFlags, context: CommandContext): Promise<number> => {
  const settings = settingsOf(flags, context.environment);
  if (flags.config !== undefined)
    context.stderr.write(
      `The run has the settings of the cluster, narrowed by flags; of ${flags.config} only the bucket and the region are used here\n`,
    );
  const end = await runInsideCluster(
    {
      settings: narrowed(flags),
      retry: flags.retry ?? null,
      namespace: flags.namespace,
      suffix: newRunId(new Date()),
      signal: stopSignal(),
    },
    context,
  );
  const { bucket, expectedOwner } = settings.reports;
  const place = { bucket, owner: expectedOwner ?? undefined, region: settings.region };
  const read = await readManifestOf(end, place, context);
  if (read !== undefined) {
    const exitCode = exitCodeOf(end) === 0 ? 0 : 3;
    show({ manifest: read.manifest, manifestKey: read.key, problems: [], exitCode }, settings, flags, context);
  }
  if (read === undefined || end.message?.code !== undefined)
    context.stderr.write(`${end.message?.message ?? end.reason ?? 'The orchestrator left no message'}\n`);
  if (end.message?.remedy !== undefined) context.stderr.write(`${end.message.remedy}\n`);
  return exitCodeOf(end);
};

const run = async (flags: RunFlags, context: CommandContext, installation: Installation): Promise<number> => {
  refuseForeignFlags(flags);
  if (madeElsewhere(flags)) return await runElsewhere(flags, context);
  const { stderr } = context;
  const environment =
    flags.logLevel === undefined ? context.environment : { ...context.environment, LOG_LEVEL: flags.logLevel };
  const settings = settingsOf(flags, environment);
  const id = flags.runId ?? newRunId(new Date());
  const progress = stderr.isTTY ? showProgressBar(stderr) : showPlainProgress(stderr);
  const signal = stopSignal();
  try {
    const options = { settings, environment, run: id, retry: flags.retry, progress, signal };
    const result: ShownResult =
      flags.backend === 'kubernetes'
        ? await runOnKubernetes({ ...options, ownJob: null, namespace: flags.namespace })
        : await runLocally({ ...options, installation });
    progress.stop();
    show(result, settings, flags, context);
    return result.exitCode;
  } catch (thrown) {
    progress.stop();
    if (!signal.aborted) throw thrown;
    throw new InventoryError('interrupted', `The run ${id} was stopped before it was complete`, {
      remedy: `Start the same command again with --run-id ${id}: what has finished is kept, and the rest goes on.`,
      cause: thrown,
    });
  }
};

export const runCommand = (
  context: CommandContext,
  installation: Installation,
  exit: (code: number) => void,
): Command =>
  new Command('run')
    .description('scan the accounts of the Organization, one Job for each, and close with a manifest')
    .addOption(
      new Option('--backend <where>', 'processes of this machine, or the cluster of the kubeconfig')
        .choices(['local', 'kubernetes'])
        .default('local'),
    )
    .option('--namespace <name>', 'of the runner template, with --backend kubernetes (default: inventory)')
    .addOption(
      new Option(
        '--orchestrator <where>',
        'who makes the Jobs of a cluster: its own orchestrator, from its CronJob, or this command (default: "cluster")',
      ).choices(['cluster', 'here']),
    )
    .option('--bucket <name>', 'S3 bucket of the reports')
    .option('--accounts <ids>', 'only these accounts, comma-separated', commaList)
    .option('--exclude <ids>', 'all but these accounts, comma-separated', commaList)
    .option('--ou <paths>', 'only accounts of these organizational units and below, by path or id', commaList)
    .option('--regions <names>', 'only these regions (default: all that an account has enabled)', commaList)
    .option('--services <names>', 'only these services: ec2, S3, Bedrock', commaList)
    .option('--types <names>', 'only these CloudFormation types, with *: AWS::EC2::*', commaList)
    .option('--retry <run>', 'only the accounts that failed or are partial in this run')
    .option('--run-id <id>', 'id of the run; an unfinished one goes on')
    .option('--max-running <n>', 'Jobs that run at once', positive)
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table'))
    .addOption(new Option('--log-level <level>', 'of the containers’ logs').choices(['debug', 'info', 'warn', 'error']))
    .addHelpText('after', '\nExample:\n  aws-inventory run --bucket my-inventory-bucket --ou Workloads/Prod')
    .action(async (flags: RunFlags) => exit(await run(flags, context, installation)));

// `aws-inventory preflight`: what would fail, before it does.
import { Command, Option } from 'commander';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import type { Check } from '../contract/preflight.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { commaList } from './flag-values.ts';
import { readConfig } from './read-config.ts';
import { plainPreflight, renderPreflight } from './render-preflight.ts';

interface PreflightFlags {
  readonly backend: 'local' | 'kubernetes';
  readonly namespace?: string;
  readonly bucket?: string;
  readonly accounts?: string[];
  readonly exclude?: string[];
  readonly ou?: string[];
  readonly config?: string;
  readonly job: boolean;
  readonly output: 'table' | 'json';
}

const settingsOf = (flags: PreflightFlags, { environment }: CommandContext): RunSettings => {
  const overrides = {
    accounts: {
      ...(flags.accounts === undefined ? {} : { include: flags.accounts }),
      ...(flags.exclude === undefined ? {} : { exclude: flags.exclude }),
      ...(flags.ou === undefined ? {} : { organizationalUnits: { include: flags.ou } }),
    },
    ...(flags.bucket === undefined ? {} : { reports: { bucket: flags.bucket } }),
  };
  const settings = readSettings({ file: readConfig(flags.config), environment, overrides });
  return flags.accounts === undefined ? settings : { ...settings, includeAccounts: null };
};

/** Who refuses everything is worth a code of its own: a bucket stops every account, a role only its own. */
const exitCodeOf = (checks: readonly Check[]): number => {
  const failures = checks.filter(({ status }) => status === 'failed');
  if (failures.length === 0) return 0;
  const refused = failures.some(({ about }) => about === 'bucket');
  return refused ? errorCatalogue['upload-refused'].exit : errorCatalogue['infrastructure-incomplete'].exit;
};

const preflight = async (flags: PreflightFlags, context: CommandContext): Promise<number> => {
  if (flags.backend === 'local' && flags.namespace !== undefined)
    throw new InventoryError('usage', '--namespace belongs to --backend kubernetes');
  if (flags.backend === 'local' && !flags.job)
    throw new InventoryError('usage', '--no-job belongs to --backend kubernetes');
  const { environment, stdout, stderr } = context;
  // Loaded at need: the Kubernetes client would cost every other command its start-up time.
  const { runPreflight } = await import('../orchestrator/preflight/run-preflight.ts');
  const signal = stopSignal();
  const report = await runPreflight({
    settings: settingsOf(flags, context),
    environment,
    backend: flags.backend,
    namespace: flags.namespace,
    signal,
    job: flags.job,
    started: job => stderr.write(`The runners are asked by the Job ${job}, which is deleted at the end\n`),
    progress: (done, accounts) => {
      if (stderr.isTTY) stderr.write(`\r${done} of ${accounts} accounts${done === accounts ? '\n' : ''}`);
    },
  }).catch(thrown => {
    if (!signal.aborted) throw thrown;
    throw new InventoryError('interrupted', 'The preflight was stopped before everything was asked', {
      remedy: 'Start the command again.',
      cause: thrown,
    });
  });
  if (flags.output === 'json') stdout.write(`${JSON.stringify(report)}\n`);
  else if (stdout.isTTY) stdout.write(renderPreflight(report, stdout));
  else {
    stdout.write(plainPreflight(report));
    stderr.write(renderPreflight(report, stderr));
  }
  return exitCodeOf(report.checks);
};

export const preflightCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  new Command('preflight')
    .description('what a run would need, asked before there is one: roles, bucket, cluster')
    .addOption(
      new Option('--backend <where>', 'a run of this machine, or of the cluster of the kubeconfig')
        .choices(['local', 'kubernetes'])
        .default('local'),
    )
    .option('--namespace <name>', 'of the runner template, with --backend kubernetes (default: inventory)')
    .option('--no-job', 'leave out what needs the identity of the runners: no Job is made, with --backend kubernetes')
    .option('--bucket <name>', 'S3 bucket of the reports')
    .option('--accounts <ids>', 'only these accounts, comma-separated', commaList)
    .option('--exclude <ids>', 'all but these accounts, comma-separated', commaList)
    .option('--ou <paths>', 'only accounts of these organizational units and below, by path or id', commaList)
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  aws-inventory preflight --bucket my-inventory-bucket --ou Workloads/Prod')
    .action(async (flags: PreflightFlags) => exit(await preflight(flags, context)));

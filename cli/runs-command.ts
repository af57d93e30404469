// `aws-inventory runs`: the runs of the bucket and their outcomes, and those of a cluster that have not closed.
import { Command, Option } from 'commander';
import type { Results } from '../clients/results/results.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { type ClosedRun, type DamagedRun, daysBetween, recentRuns, runsOfDays } from '../orchestrator/closed-runs.ts';
import type { OpenRun } from '../orchestrator/open-runs.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { day, positive } from './flag-values.ts';
import { manifestPrefix, openResults, type ResultsFlags, resultsSettings } from './open-results.ts';
import { type ListedRun, renderRemarks, renderRuns } from './render-runs.ts';
import { plural } from './terminal-text.ts';

interface RunsFlags extends ResultsFlags {
  readonly date?: string;
  readonly since?: string;
  readonly backend?: 'kubernetes';
  readonly namespace?: string;
  readonly limit: number;
  readonly output: 'table' | 'json';
}

type Closed = ClosedRun | DamagedRun;

const today = (): string => new Date().toISOString().slice(0, 10);

const readClosed = async (results: Results, prefix: string, { date, since }: RunsFlags): Promise<Closed[]> => {
  if (date !== undefined) return await runsOfDays(results, prefix, [date]);
  if (since !== undefined) return await runsOfDays(results, prefix, daysBetween(since, today()));
  return await recentRuns(results, prefix);
};

/** Loaded at need: the Kubernetes client would cost the others its start-up time. */
const readOpen = async (
  flags: RunsFlags,
  closed: readonly Closed[],
  { environment, signal }: { readonly environment: CommandContext['environment']; readonly signal: AbortSignal },
): Promise<OpenRun[]> => {
  if (flags.backend === undefined) return [];
  const { listOpenRuns } = await import('../orchestrator/open-runs.ts');
  const { namespace, date, since = date } = flags;
  const open = await listOpenRuns({ environment, namespace, signal }, new Set(closed.map(({ run }) => run)));
  const dayOf = ({ startedAt }: OpenRun) => startedAt.slice(0, 10);
  return open.filter(
    run => (since === undefined || dayOf(run) >= since) && (date === undefined || dayOf(run) === date),
  );
};

const beginningOf = (run: ListedRun): string => (run.state === 'damaged' ? run.date : run.startedAt);

const readRuns = async (
  flags: RunsFlags,
  { environment, signal }: { readonly environment: CommandContext['environment']; readonly signal: AbortSignal },
): Promise<ListedRun[]> => {
  const settings = resultsSettings(flags, environment);
  const results = openResults(flags, settings, { environment, signal });
  try {
    let none: InventoryError | undefined;
    const closed = await readClosed(results, manifestPrefix(settings), flags).catch((thrown: unknown) => {
      none = toInventoryError(thrown);
      // The first run of a cluster may be going on.
      if (none.code !== 'results-not-found' || flags.backend === undefined) throw thrown;
      return [];
    });
    const open = await readOpen(flags, closed, { environment, signal });
    if (none !== undefined && open.length === 0) throw none;
    return [...open, ...closed].sort((a, b) => (beginningOf(a) < beginningOf(b) ? 1 : -1));
  } finally {
    results.close();
  }
};

const refuseForeignFlags = ({ backend, namespace, date, since }: RunsFlags): void => {
  const problems = [
    namespace !== undefined && backend === undefined ? '--namespace belongs to --backend kubernetes' : '',
    date !== undefined && since !== undefined ? '--date names one day and --since many: give one of them' : '',
    since !== undefined && since > today() ? `--since ${since} is in the future` : '',
  ].filter(problem => problem !== '');
  if (problems.length > 0) throw new InventoryError('usage', problems.join('. '));
};

const show = async (flags: RunsFlags, { environment, stdout, stderr }: CommandContext): Promise<number> => {
  refuseForeignFlags(flags);
  const found = await readRuns(flags, { environment, signal: stopSignal() });
  const runs = found.slice(0, flags.limit);
  stdout.write(flags.output === 'json' ? `${JSON.stringify(runs)}\n` : renderRuns(runs, stdout));
  stderr.write(renderRemarks(runs));
  const more = found.length - runs.length;
  if (more > 0) stderr.write(`${plural(more, 'older run')} not shown: --limit shows more\n`);
  return runs.some(({ state }) => state === 'damaged') ? errorCatalogue['report-unreadable'].exit : 0;
};

export const runsCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  new Command('runs')
    .description('the runs that closed in the bucket, and their outcomes; the newest first')
    .option('--date <day>', 'those of one day, from their manifests: 2026-11-22', day)
    .option('--since <day>', 'those of this day and later, from their manifests (default: the last sixty)', day)
    .addOption(
      new Option('--backend <where>', 'also those of the cluster of the kubeconfig that have not closed').choices([
        'kubernetes',
      ]),
    )
    .option('--namespace <name>', 'of the orchestrator, with --backend kubernetes (default: inventory)')
    .option('--limit <n>', 'at most so many', positive, 20)
    .option('--bucket <name>', 'S3 bucket of the reports')
    .option('--directory <path>', 'a copy of the bucket, in its place')
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  aws-inventory runs --bucket my-inventory-bucket --limit 5')
    .action(async (flags: RunsFlags) => exit(await show(flags, context)));

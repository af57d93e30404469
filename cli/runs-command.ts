// `aws-inventory runs`: the runs of the bucket and their outcomes.
import { Command, Option } from 'commander';
import type { Results } from '../clients/results/results.ts';
import { InventoryError } from '../contract/errors.ts';
import { latestSchema, manifestSchema, type RunSummary } from '../contract/manifest.ts';
import { latestKey, manifestKey } from '../contract/report-keys.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { day, positive } from './flag-values.ts';
import { manifestPrefix, openResults, type ResultsFlags, resultsSettings } from './open-results.ts';
import { renderRuns } from './render-runs.ts';
import { plural, printable } from './terminal-text.ts';

interface RunsFlags extends ResultsFlags {
  readonly date?: string;
  readonly limit: number;
  readonly output: 'table' | 'json';
}

interface FoundRuns {
  readonly runs: readonly RunSummary[];
  /** Manifests that are there and cannot be read: `key: why`. */
  readonly damaged: readonly string[];
}

/** Runs that closed, as latest.json remembers them. */
const recentRuns = async (results: Results, prefix: string): Promise<FoundRuns> => {
  const key = latestKey(prefix);
  const text = await results.readText(key);
  if (text === undefined) {
    throw new InventoryError('results-not-found', `There is no ${results.place}/${key}: no run has closed there`);
  }
  try {
    return { runs: latestSchema.parse(JSON.parse(text)).runs, damaged: [] };
  } catch (cause) {
    throw new InventoryError('report-unreadable', `${results.place}/${key} is damaged, or of another version`, {
      remedy: 'Name a day with --date: the manifests themselves are read then.',
      cause,
    });
  }
};

/** One that is damaged hides none of the others. */
const runsOfDay = async (results: Results, prefix: string, date: string): Promise<FoundRuns> => {
  const keys = await results.listKeys(manifestKey(prefix, date, '').replace(/\.json$/, ''));
  const runs: RunSummary[] = [];
  const damaged: string[] = [];
  for (const key of keys.filter(name => name.endsWith('.json'))) {
    try {
      const { run, retryOf, complete, startedAt, finishedAt, totals } = manifestSchema.parse(
        JSON.parse((await results.readText(key)) ?? ''),
      );
      runs.push({ run, retryOf, complete, date, startedAt, finishedAt, totals });
    } catch (thrown) {
      if (thrown instanceof InventoryError) throw thrown;
      damaged.push(`${key} is damaged, half written, or of another version`);
    }
  }
  return { runs: runs.sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1)), damaged };
};

const show = async (flags: RunsFlags, { environment, stdout, stderr }: CommandContext): Promise<void> => {
  const settings = resultsSettings(flags, environment);
  const results = openResults(flags, settings, { environment, signal: stopSignal() });
  try {
    const prefix = manifestPrefix(settings);
    const found = await (flags.date === undefined
      ? recentRuns(results, prefix)
      : runsOfDay(results, prefix, flags.date));
    const runs = found.runs.slice(0, flags.limit);
    stdout.write(flags.output === 'json' ? `${JSON.stringify(runs)}\n` : renderRuns(runs, stdout));
    for (const problem of found.damaged) stderr.write(`Not read: ${printable(problem)}\n`);
    const more = found.runs.length - runs.length;
    if (more > 0) stderr.write(`${plural(more, 'older run')} not shown: --limit shows more\n`);
  } finally {
    results.close();
  }
};

export const runsCommand = (context: CommandContext): Command =>
  new Command('runs')
    .description('the runs that closed in the bucket, and their outcomes; the newest first')
    .option('--date <day>', 'those of one day, from their manifests: 2026-11-22', day)
    .option('--limit <n>', 'at most so many', positive, 20)
    .option('--bucket <name>', 'S3 bucket of the reports')
    .option('--directory <path>', 'a copy of the bucket, in its place')
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  aws-inventory runs --bucket my-inventory-bucket --limit 5')
    .action((flags: RunsFlags) => show(flags, context));

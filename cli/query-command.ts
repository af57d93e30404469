// `aws-inventory query`: SQL over the newest report of every account, from the bucket or a directory.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Command, Option } from 'commander';
import { loadDuckdb } from '../clients/duckdb/load-duckdb.ts';
import { openDatabase } from '../clients/duckdb/open-database.ts';
import type { Results } from '../clients/results/results.ts';
import { cacheDirectory } from '../clients/simulator/cache-directory.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { day, listFlag } from './flag-values.ts';
import { manifestPrefix, openResults, type ResultsFlags, resultsSettings } from './open-results.ts';
import { type QueryOutput, queryOutputs, writeResult } from './query-output.ts';
import { remarksOn } from './query-remarks.ts';
import { chooseResults, namedViews } from './query-results.ts';
import { plural } from './terminal-text.ts';

interface QueryFlags extends ResultsFlags {
  readonly date?: string;
  readonly account?: string[];
  readonly exclude?: string[];
  readonly file?: string;
  readonly output: QueryOutput;
}

const accountIds = listFlag('It names no account.');

/** undefined when nothing was asked. */
const readSql = async (sql: string | undefined, file: string | undefined): Promise<string | undefined> => {
  if (file === undefined) return sql;
  if (sql !== undefined) throw new InventoryError('usage', 'SQL is given twice: as an argument and with --file');
  if (file === '-') return await text(process.stdin);
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new InventoryError('usage', `The SQL file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  }
};

interface Asked {
  readonly sql: string;
  readonly flags: QueryFlags;
  readonly context: CommandContext;
  readonly signal: AbortSignal;
}

const answer = async (results: Results, settings: RunSettings, { sql, flags, context, signal }: Asked) => {
  const { environment, stdout, stderr } = context;
  // Where it is missing, nothing need be fetched first.
  await loadDuckdb();
  const choice = {
    include: flags.account,
    exclude: flags.exclude,
    date: flags.date,
    prefix: manifestPrefix(settings),
    directory: flags.directory,
  };
  const views = namedViews(sql);
  const chosen = await chooseResults(results, choice, views);
  const { reports, bytes } = chosen.fetched;
  if (reports > 0) stderr.write(`Fetched ${plural(reports, 'report')}, ${(bytes / 1e6).toFixed(1)} MB.\n`);
  if (views.resources || views.coverage) stderr.write(remarksOn(chosen));
  const temporaryDirectory = join(cacheDirectory(environment, 'query'), String(process.pid));
  const database = await openDatabase({ ...chosen, temporaryDirectory, signal });
  try {
    const remark = await writeResult(await database.query(sql), flags.output, stdout);
    if (remark !== null) stderr.write(`${remark}\n`);
  } finally {
    await database.close();
  }
};

const query = async (sql: string, flags: QueryFlags, context: CommandContext): Promise<void> => {
  const signal = stopSignal();
  const settings = resultsSettings(flags, context.environment);
  const results = openResults(flags, settings, { environment: context.environment, signal });
  try {
    await answer(results, settings, { sql, flags, context, signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    throw new InventoryError('interrupted', 'The query was stopped', {
      remedy: 'Ask again; reports that were fetched are kept.',
      cause: thrown,
    });
  } finally {
    results.close();
  }
};

const examples = `
Tables: resources, accounts, coverage; "describe resources" shows the columns of one, docs/query.md has examples.

Example:
  aws-inventory query --bucket my-inventory-bucket "select account, type, count(*) from resources group by all order by 3 desc"
  aws-inventory query --directory .sandbox/2026-11-22T01-00-00 --output csv --file untagged.sql`;

export const queryCommand = (context: CommandContext, exit: (code: number) => void): Command => {
  const command = new Command('query')
    .description('ask the results with SQL: every account’s newest report, as tables')
    .argument('[sql]', 'one SELECT, as DuckDB knows it')
    .option('--file <file>', 'read the SQL from a file; - is stdin')
    .option('--date <day>', 'the runs of that day, YYYY-MM-DD, instead of the newest', day)
    .option('--account <ids>', 'only these accounts, comma-separated', accountIds)
    .option('--exclude <ids>', 'all but these accounts, comma-separated', accountIds)
    .option('--directory <dir>', 'a copy of the bucket, or a directory with recon_*.json or output.json')
    .option('--bucket <name>', 'S3 bucket of the reports; they are kept in the user’s cache')
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(queryOutputs).default('table'))
    .addHelpText('after', examples);
  return command.action(async (written: string | undefined, flags: QueryFlags) => {
    const sql = await readSql(written, flags.file);
    if (sql !== undefined) return await query(sql, flags, context);
    command.outputHelp({ error: true });
    exit(errorCatalogue.usage.exit);
  });
};

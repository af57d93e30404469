// `aws-inventory inventory`: what the account of the current credentials holds, now, with nothing set up before.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import { readAwsConnection } from '../clients/aws/connection.ts';
import { convertReport, type ReportFormat, reportText, type TextFormat } from '../clients/formats/convert-report.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import { reconFile } from '../contract/names.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import type { InventoryResult } from '../runner/scan/inventory/inventory.ts';
import { whoAmI } from './caller.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { commaList, positive } from './flag-values.ts';
import { showInventoryProgress } from './inventory-progress.ts';
import { renderError } from './render-error.ts';
import { renderCoverage, renderServices, type ShownInventory } from './render-inventory.ts';
import { sweepAccount } from './sweep-account.ts';
import { addSelectionFlags, inventorySettings, requireTypes, type SelectionFlags } from './type-selection.ts';

interface InventoryFlags extends SelectionFlags {
  readonly regions?: string[];
  readonly maxPerType?: number;
  readonly output?: string;
  readonly format?: ReportFormat;
}

/** The report goes to the file; to stdout when only a format is named; nowhere when neither is. */
const deliver = async (flags: InventoryFlags, report: string, { stdout, stderr }: CommandContext): Promise<void> => {
  if (flags.output !== undefined) {
    await convertReport({ from: report, to: flags.output, format: flags.format ?? formatOf(flags.output) });
    stderr.write(`Report: ${flags.output}\n`);
  } else if (flags.format !== undefined) {
    await pipeline(reportText(report, flags.format as TextFormat), stdout, { end: false });
  }
};

/** By the name of the file, as people would expect. */
const formatOf = (path: string): ReportFormat =>
  (['ndjson', 'csv', 'parquet'] as const).find(format => path.endsWith(`.${format}`)) ?? 'json';

const settingsOf = (flags: InventoryFlags, environment: CommandContext['environment']): RunSettings => {
  const settings = inventorySettings(flags, environment, flags.regions === undefined ? {} : { regions: flags.regions });
  if (flags.maxPerType === undefined) return settings;
  return { ...settings, inventory: { ...settings.inventory, maxPerType: flags.maxPerType } };
};

const show = (
  result: InventoryResult,
  shown: ShownInventory,
  flags: InventoryFlags,
  context: CommandContext,
): number => {
  const { stdout, stderr } = context;
  const reportGoesOut = flags.format !== undefined && flags.output === undefined;
  if (!reportGoesOut) stdout.write(renderServices(shown, stdout));
  stderr.write(renderCoverage(shown, stderr));
  const { outcome, code, message, remedy } = result.verdict;
  if (outcome === 'succeeded') return 0;
  const error = new InventoryError(code ?? 'unexpected', message ?? 'no message was left', { remedy });
  stderr.write(renderError(error, stderr));
  return outcome === 'partial' ? errorCatalogue['services-denied'].exit : error.entry.exit;
};

const run = async (flags: InventoryFlags, context: CommandContext): Promise<number> => {
  if (flags.format === 'parquet' && flags.output === undefined) {
    throw new InventoryError('usage', '--format parquet needs a file: give it with --output');
  }
  const settings = settingsOf(flags, context.environment);
  requireTypes(settings.inventory);
  const signal = stopSignal();
  const connection = readAwsConnection(context.environment, settings.region);
  const identity = await whoAmI(connection, signal);
  context.stderr.write(`Account ${identity.accountId}, as ${identity.arn}\n`);
  const directory = await mkdtemp(join(tmpdir(), 'aws-inventory-'));
  const progress = showInventoryProgress(context.stderr);
  const begun = performance.now();
  try {
    const result = await sweepAccount({ settings, connection, identity, directory, signal, progress });
    progress.stop();
    if (signal.aborted) throw new InventoryError('interrupted', 'The inventory was stopped before it was complete');
    const seconds = (performance.now() - begun) / 1000;
    const { cells, resources, requests } = result;
    const code = show(result, { cells, resources, requests, seconds }, flags, context);
    if (resources > 0 || result.verdict.outcome !== 'failed') await deliver(flags, join(directory, reconFile), context);
    return code;
  } finally {
    progress.stop();
    await rm(directory, { recursive: true, force: true });
  }
};

export const inventoryCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  addSelectionFlags(new Command('inventory'))
    .description('list what the account of the current credentials holds, in all of its regions')
    .option(
      '--regions <names>',
      'only these regions, comma-separated (default: all that the account has enabled)',
      commaList,
    )
    .option('--max-per-type <n>', 'resources of a type and region to list at most; what lies above is said', positive)
    .option('--output <file>', 'the report, with every resource; its ending names the format')
    .addOption(
      new Option('--format <format>', 'of the report; without --output it goes to stdout').choices([
        ...['json', 'ndjson', 'csv', 'parquet'],
      ]),
    )
    .addHelpText('after', '\nExample:\n  aws-inventory inventory --regions eu-west-1 --output inventory.csv')
    .action(async (flags: InventoryFlags) => exit(await run(flags, context)));

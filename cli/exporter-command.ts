// `aws-inventory exporter`: metrics for Prometheus and a page for people, from the bucket or a directory of results, until Ctrl-C.
import { Command, InvalidArgumentError, Option } from 'commander';
import type * as z from 'zod';
import { createLog } from '../clients/log.ts';
import { InventoryError } from '../contract/errors.ts';
import { readSettings } from '../contract/read-settings.ts';
import { startDriftctlResultExporter } from '../exporter/driftctl-result/serve-result.ts';
import { type ExporterChoice, exporterChoiceSchema } from '../exporter/exporter-choice.ts';
import { seedMetrics } from '../exporter/metrics/seed-families.ts';
import { documentsPrefix, openDocuments } from '../exporter/open-documents.ts';
import { serveResults } from '../exporter/serve-results.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { commaList } from './flag-values.ts';
import { readConfig } from './read-config.ts';

interface ExporterFlags extends Omit<ExporterChoice, 'seedMetrics' | 'host'> {
  readonly host?: string;
  readonly bucket?: string;
  readonly directory?: string;
  readonly config?: string;
  readonly seedMetrics?: string[];
  readonly logLevel?: string;
}

/** A flag's value by the schema that the container's variables have too. */
const asChosen =
  <Value>(schema: z.ZodType<Value>) =>
  (text: string): Value => {
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    throw new InvalidArgumentError(`It is ${parsed.error.issues[0]?.message ?? 'not usable'}.`);
  };

const seedList = (text: string, earlier?: string[]): string[] => {
  const names = commaList(text, earlier);
  const unknown = names.find(name => !seedMetrics.some(known => known === name));
  if (unknown === undefined) return names;
  throw new InvalidArgumentError(`There is no ${JSON.stringify(unknown)}, only ${seedMetrics.join(' and ')}.`);
};

/** As the driftctl exporter: that one result, for whoever asks from wherever, unless --host says otherwise. */
const serveResult = async (flags: ExporterFlags, resultPath: string, context: CommandContext): Promise<void> => {
  const { environment, stderr } = context;
  await startDriftctlResultExporter({
    ...{ resultPath, environment, host: flags.host ?? '0.0.0.0', port: flags.port },
    log: createLog({ program: 'exporter', level: flags.logLevel ?? environment['LOG_LEVEL'] }),
    signal: stopSignal(),
    listening: (url, place) => stderr.write(`Serving ${place} at ${url} until Ctrl-C: metrics at ${url}/metrics\n`),
  });
};

const serve = async (flags: ExporterFlags, context: CommandContext): Promise<void> => {
  const { environment, stderr } = context;
  const resultPath = environment['RESULT_PATH'];
  if (resultPath && flags.bucket === undefined && flags.directory === undefined) {
    await serveResult(flags, resultPath, context);
    return;
  }
  if (flags.directory !== undefined && flags.bucket !== undefined) {
    throw new InventoryError('usage', '--directory and --bucket name two places: give one of them');
  }
  const overrides = flags.bucket === undefined ? {} : { reports: { bucket: flags.bucket } };
  const settings = readSettings({ file: readConfig(flags.config), environment, overrides });
  const documents = await openDocuments({ settings, environment, directory: flags.directory });
  const level = flags.logLevel ?? environment['LOG_LEVEL'] ?? (stderr.isTTY ? 'warn' : 'info');
  await serveResults({
    ...exporterChoiceSchema.parse({ ...flags, host: flags.host ?? '127.0.0.1' }),
    documents,
    prefix: documentsPrefix(settings),
    log: createLog({ program: 'exporter', level }),
    signal: stopSignal(),
    listening: url => stderr.write(`Serving ${documents.place} at ${url} until Ctrl-C: metrics at ${url}/metrics\n`),
  });
};

const examples = `
Paths: / for people, /metrics for Prometheus, /live, /ready and /health for probes; docs/metrics.md has every metric.
With RESULT_PATH in the environment it serves that one driftctl result, as the driftctl exporter does (docs/drift-exporter.md).

Example:
  aws-inventory exporter --bucket my-inventory-bucket
  aws-inventory exporter --directory .sandbox/2026-11-22T01-00-00 --port 9000`;

export const exporterCommand = (context: CommandContext): Command => {
  const { shape } = exporterChoiceSchema;
  return new Command('exporter')
    .description('serve the results: metrics for Prometheus, and a page for people')
    .option('--bucket <name>', 'S3 bucket of the reports; s3:GetObject is all that is needed')
    .option('--directory <dir>', 'a copy of the bucket instead')
    .option('--config <file>', 'settings: a config.yaml or vars.env (default: ./config.yaml, when there)')
    .option('--host <address>', 'where to listen (default: 127.0.0.1; 0.0.0.0 with RESULT_PATH)', asChosen(shape.host))
    .option('--port <number>', 'a free one with 0', asChosen(shape.port), 8080)
    .option('--interval <seconds>', 'between two looks at latest.json', asChosen(shape.interval), 60)
    .option('--max-series <number>', 'families beyond it are dropped whole', asChosen(shape.maxSeries), 100_000)
    .option('--top-types <number>', 'Terraform types with series of their own', asChosen(shape.topTypes), 25)
    .option('--seed-metrics <names>', 'families of earlier exporters too: drift, tags', seedList)
    .addOption(
      new Option('--log-level <level>', 'of the JSON lines on stderr').choices(['debug', 'info', 'warn', 'error']),
    )
    .addHelpText('after', examples)
    .action(async (flags: ExporterFlags) => await serve(flags, context));
};

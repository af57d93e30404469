// `aws-inventory tags`: the tags that accounts of a matrix carry, as metrics; once, or again and again behind a server.
import { Command, InvalidArgumentError, Option } from 'commander';
import { type AwsConnection, readAwsConnection } from '../clients/aws/connection.ts';
import { connectionRemedy, describeAwsError } from '../clients/aws/errors.ts';
import { resolveCredentials } from '../clients/aws/sts.ts';
import { createLog } from '../clients/log.ts';
import { pushMetrics, pushUrl } from '../clients/push-metrics.ts';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { InventoryError } from '../contract/errors.ts';
import { tagSources } from '../contract/tags/matrix-config.ts';
import { renderExposition } from '../exporter/tag-compliance/exposition.ts';
import { complianceGauges } from '../exporter/tag-compliance/gauges.ts';
import { tallyOpener } from '../exporter/tag-compliance/region-tally.ts';
import { countUnseen, scanAccounts, scanTroubles, type TagScan } from '../exporter/tag-compliance/scan-accounts.ts';
import { noteSuccesses, scanGauges } from '../exporter/tag-compliance/scan-gauges.ts';
import { serveTags } from '../exporter/tag-compliance/serve-tags.ts';
import { taggingSource } from '../exporter/tag-compliance/tagging-source.ts';
import { expositionTypes } from '../reports/metrics/exposition.ts';
import { type LabelForm, labelForms } from '../reports/tags/resource-type.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { inventorySource } from './inventory-source.ts';
import { renderScan, renderScanTroubles, requirePlace, writeExposition } from './tags-delivery.ts';
import { type PlanFlags, planTags, type TagsPlan } from './tags-plan.ts';

interface TagsFlags extends PlanFlags {
  readonly output?: string;
  readonly web?: boolean;
  readonly host: string;
  readonly port: number;
  readonly pushgateway?: string;
  readonly resourceTypeLabels: LabelForm;
  readonly logLevel?: string;
}

type Scan = (signal: AbortSignal) => Promise<TagScan>;

/** A sweep has hundreds of listings under way, and a file of its own. */
const accountsAtOnce = { tagging: 8, inventory: 2 } as const;

const openScan = (plan: TagsPlan, form: LabelForm, connection: AwsConnection): Scan => {
  const { listAccounts, source, settings } = plan;
  const read = source === 'tagging' ? taggingSource(connection) : inventorySource({ connection, settings });
  const order = { openTally: tallyOpener(form), read, atOnce: accountsAtOnce[source] };
  return async signal => scanAccounts({ ...order, accounts: await listAccounts(connection, signal) }, signal);
};

/** Once for all accounts. Throws no-credentials, or sts-unavailable when another try may help. */
const requireCredentials = async (connection: AwsConnection, signal: AbortSignal): Promise<AwsConnection> => {
  try {
    await resolveCredentials(connection, signal);
    return connection;
  } catch (thrown) {
    signal.throwIfAborted();
    const facts = describeAwsError(thrown);
    const code = facts.kind === 'unavailable' || facts.kind === 'throttled' ? 'sts-unavailable' : 'no-credentials';
    throw new InventoryError(code, `There are no credentials to begin with: ${facts.code}: ${facts.message}`, {
      remedy: connectionRemedy(facts),
      cause: thrown,
    });
  }
};

/** Without a place of their own stdout gets the metrics, and nothing else. */
const deliver = async (flags: TagsFlags, body: Buffer, { stdout }: CommandContext): Promise<void> => {
  if (flags.output !== undefined) await writeExposition(flags.output, body);
  else if (flags.pushgateway === undefined) stdout.write(body);
};

/** Throws interrupted after a signal: half a scan is none. */
const scanUntil = async (signal: AbortSignal, scan: Scan): Promise<TagScan> => {
  try {
    return await scan(signal);
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    throw new InventoryError('interrupted', 'The scan was stopped before it was complete: there are no metrics', {
      remedy: 'Start it again.',
      cause: thrown,
    });
  }
};

const scanOnce = async (flags: TagsFlags, context: CommandContext): Promise<number> => {
  const { stderr, environment } = context;
  const plan = planTags(flags, environment);
  const url = flags.pushgateway === undefined ? undefined : pushUrl(flags.pushgateway, 'aws_tag_compliance');
  if (flags.output !== undefined) await requirePlace(flags.output);
  const signal = stopSignal();
  const connection = await requireCredentials(readAwsConnection(environment), signal);
  const scan = await scanUntil(signal, openScan(plan, flags.resourceTypeLabels, connection));
  const families = [...complianceGauges(scan), ...scanGauges(scan, noteSuccesses(new Map(), scan))];
  const { plain: body } = await renderExposition(families);
  stderr.write(renderScan(scan));
  stderr.write(renderScanTroubles(scan, stderr));
  await deliver(flags, body, context);
  if (url !== undefined) await pushMetrics({ url, body, contentType: expositionTypes.text, connection, signal });
  return scanTroubles(scan).length === 0 && countUnseen(scan) === 0 ? 0 : errorCatalogue['tags-incomplete'].exit;
};

const serve = async (flags: TagsFlags, { environment, stderr }: CommandContext): Promise<number> => {
  const plan = planTags(flags, environment);
  const connection = readAwsConnection(environment);
  const level = flags.logLevel ?? environment['LOG_LEVEL'] ?? (stderr.isTTY ? 'warn' : 'info');
  await serveTags({
    scan: openScan(plan, flags.resourceTypeLabels, connection),
    interval: plan.refreshInterval,
    host: flags.host,
    port: flags.port,
    log: createLog({ program: 'tags', level }),
    signal: stopSignal(),
    listening: url => stderr.write(`Serving at ${url} until Ctrl-C: metrics at ${url}/metrics\n`),
  });
  return 0;
};

const run = async (flags: TagsFlags, context: CommandContext): Promise<number> => {
  if (!flags.web) return await scanOnce(flags, context);
  const useless = (['output', 'pushgateway'] as const).find(name => flags[name] !== undefined);
  if (useless === undefined) return await serve(flags, context);
  throw new InventoryError('usage', `--${useless} is about one scan, and --web scans again and again`, {
    remedy: `Leave out --web, or --${useless}.`,
  });
};

const wholeNumber =
  (lowest: number, highest: number) =>
  (text: string): number => {
    const number = Number(text);
    if (text.trim() !== '' && Number.isInteger(number) && number >= lowest && number <= highest) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${lowest} to ${highest}.`);
  };

const examples = `
Without --output and --pushgateway stdout gets the metrics and nothing else. Ends with 3 when an account or a region
could not be read: the metrics have the others. docs/tags.md has the file, the metrics and the rights.

Example:
  aws-inventory tags --config config.yaml --output /var/lib/node_exporter/textfile_collector/aws_tags.prom
  aws-inventory tags --web --port 9090 --refresh-interval 600`;

export const tagsCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  new Command('tags')
    .description('which resources of the accounts of a matrix carry the required tags, as metrics for Prometheus')
    .option('--config <file>', 'accounts, roles and tags (default: ./config.yaml)')
    .option('--output <file>', 'the metrics; replaced as a whole')
    .option('--pushgateway <url>', 'put the metrics there, as the job aws_tag_compliance')
    .option('--web', 'scan again and again, and serve /metrics, /health, /ready, /live and /')
    .option('--host <address>', 'where to listen, with --web', '0.0.0.0')
    .option('--port <number>', 'a free one with 0', wholeNumber(0, 65_535), 8080)
    .option(
      '--refresh-interval <seconds>',
      'from the end of a scan to the next (default: REFRESH_INTERVAL, the file’s, or 300)',
      wholeNumber(1, 86_400),
    )
    .addOption(
      new Option('--source <what>', 'the Tagging API, or a sweep that also sees what was never tagged').choices(
        tagSources,
      ),
    )
    .addOption(
      new Option('--resource-type-labels <form>', 'bucket for S3, or s3 as it was before')
        .choices(labelForms)
        .default('modern'),
    )
    .addOption(
      new Option('--log-level <level>', 'of the JSON lines on stderr, with --web').choices([
        ...['debug', 'info', 'warn', 'error'],
      ]),
    )
    .addHelpText('after', examples)
    .action(async (flags: TagsFlags) => exit(await run(flags, context)));

// `aws-inventory drift`: what the states say of the account of the current credentials, and what is there.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { createLog, type Log } from '../clients/log.ts';
import { type DocumentPlace, readDocumentPlace } from '../clients/results/document-place.ts';
import { driftEngineSchema } from '../contract/drift/drift-settings.ts';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { whoAmI } from './caller.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { type AccountDrift, compareAccount, ownConnection } from './drift-account.ts';
import { exitCodeOf, type FoundDrift, renderDrift, saveDrift } from './drift-delivery.ts';
import {
  type DriftFlags,
  headerFlag,
  isPassedThrough,
  namedStates,
  refuseUnheardFlags,
  statesFlag,
} from './drift-flags.ts';
import { askDriftctl } from './drift-pass-through.ts';
import { commaList } from './flag-values.ts';
import { showInventoryProgress } from './inventory-progress.ts';
import { renderError } from './render-error.ts';
import { addSelectionFlags, inventorySettings, requireTypes } from './type-selection.ts';

type AccountFacts = Omit<AccountDrift, 'directory' | 'progress'>;

const findDrift = async (facts: AccountFacts, stderr: NodeJS.WriteStream): Promise<FoundDrift> => {
  const directory = await mkdtemp(join(tmpdir(), 'aws-inventory-'));
  const progress = showInventoryProgress(stderr);
  try {
    const { report, verdict } = await compareAccount({ ...facts, directory, progress });
    const { outcome, code = 'drift-failed', message = 'nothing was compared', remedy } = verdict;
    const error = new InventoryError(code, message, { remedy });
    if (report === undefined || outcome === 'failed') throw error;
    const lacks = outcome === 'partial' ? { message: error.message, remedy: error.remedy } : undefined;
    return { report, document: report, lacks };
  } finally {
    progress.stop();
    await rm(directory, { recursive: true, force: true });
  }
};

const askTheirs = async ({ flags, environment, identity, connection, signal }: AccountFacts): Promise<FoundDrift> => {
  const region = flags.regions?.[0] ?? connection.region;
  const { document, report, lacks } = await askDriftctl({ flags, environment, identity, region, signal });
  const remedy = 'Grant the rights that its alerts name.';
  return { document, report, lacks: lacks === undefined ? undefined : { message: lacks, remedy } };
};

interface Delivery {
  readonly flags: DriftFlags;
  /** Of RESULT_PATH; undefined without it. */
  readonly place: DocumentPlace | undefined;
  readonly log: Log;
  readonly context: CommandContext;
}

/** As the exporter's users search for them. */
const completed = {
  s3: 'Drift Scan complete successfully. Sending the result for S3 Repository.',
  file: 'Drift Scan complete successfully. Sending the result for FILE Repository.',
} as const;

const deliver = async (found: FoundDrift, facts: AccountFacts, delivery: Delivery): Promise<number> => {
  const { flags, place, log, context } = delivery;
  const { stdout, stderr } = context;
  if (flags.save !== undefined) {
    await saveDrift(found, { kind: 'file', text: flags.save, path: flags.save }, facts.connection);
  }
  if (place === undefined || flags.output !== undefined) {
    stdout.write(renderDrift(found, flags.output ?? 'console', stdout));
  }
  if (found.lacks !== undefined) {
    stderr.write(
      renderError(new InventoryError('drift-incomplete', found.lacks.message, { remedy: found.lacks.remedy }), stderr),
    );
  }
  if (place === undefined) return exitCodeOf(found);
  log.info({ place: place.text }, completed[place.kind]);
  await saveDrift(found, place, facts.connection);
  const { summary, coverage } = found.report;
  log.info({ place: place.text, ...summary, coverage }, 'Drift Scan Report saved. Task Finished.');
  return 0;
};

/** Everything that may be wrong with the command is said before anything is asked. */
const begin = (
  flags: DriftFlags,
  context: CommandContext,
): Pick<Delivery, 'place'> & Pick<AccountFacts, 'settings'> => {
  const result = context.environment['RESULT_PATH'];
  const settings = inventorySettings(
    flags,
    context.environment,
    flags.regions === undefined ? {} : { regions: flags.regions },
  );
  requireTypes(settings.inventory);
  if (isPassedThrough(flags, context.environment)) refuseUnheardFlags(flags);
  else namedStates(flags, context.environment);
  return { settings, place: result ? readDocumentPlace(result, context.environment) : undefined };
};

const run = async (flags: DriftFlags, context: CommandContext): Promise<number> => {
  const { environment, stderr } = context;
  const { settings, place } = begin(flags, context);
  const signal = stopSignal();
  const log = createLog({ program: 'drift', level: environment['LOG_LEVEL'] });
  if (place !== undefined) log.info({ place: place.text }, 'Starting a Drift Scan.');
  try {
    const connection = ownConnection(settings, environment);
    const identity = await whoAmI(connection, signal);
    const facts = { flags, settings, environment, connection, identity, signal };
    const found = isPassedThrough(flags, environment) ? await askTheirs(facts) : await findDrift(facts, stderr);
    signal.throwIfAborted();
    return await deliver(found, facts, { flags, place, log, context });
  } catch (thrown) {
    if (signal.aborted) throw new InventoryError('interrupted', 'The drift was stopped before it was complete');
    throw thrown;
  }
};

/** Codes of its own: driftctl's, or whether the report was saved. Only a signal ends it as every command. */
const endWithOwnCode = async (flags: DriftFlags, context: CommandContext): Promise<number> => {
  try {
    return await run(flags, context);
  } catch (thrown) {
    const error = toInventoryError(thrown);
    if (error.code === 'interrupted') throw error;
    context.stderr.write(renderError(error, context.stderr));
    return context.environment['RESULT_PATH'] ? 1 : 2;
  }
};

const examples = `
Exit codes: 0 in sync, 1 drift, 2 an error; with RESULT_PATH 0 once the report is saved, and 1 if not.

Examples:
  aws-inventory drift --from 'tfstate+s3://states/prod/**/*.tfstate' --regions eu-west-1
  aws-inventory drift --from tfstate://terraform.tfstate --output import > imports.tf`;

export const driftCommand = (context: CommandContext, exit: (code: number) => void): Command =>
  addSelectionFlags(new Command('drift'))
    .description('compare what the account of the current credentials holds with Terraform’s states of it')
    .option('--from <states>', 'where the states lie, comma-separated (default: DCTL_FROM, drift.from)', statesFlag)
    .addOption(
      new Option('--engine <engine>', 'who compares (default: both where driftctl is there)').choices(
        driftEngineSchema.options,
      ),
    )
    .option('--regions <names>', 'only these regions, comma-separated', commaList)
    .addOption(
      new Option('--output <form>', 'of stdout; import writes Terraform’s import blocks')
        .choices(['console', 'json', 'import'])
        // With RESULT_PATH nothing is printed unless it is asked for.
        .default(undefined, 'console'),
    )
    .option('--save <file>', 'the report as JSON')
    .option('--ignore-file <file>', 'what to leave out, in driftctl’s form (default: ./.driftignore, when there)')
    .option('--headers <name=value>', 'sent for states over HTTP; again for the next', headerFlag)
    .option('--state-role <arn>', 'role that reads the states')
    .option('--state-external-id <id>', 'for the trust of that role')
    .option('--state-region <name>', 'of the buckets of states')
    .addHelpText('after', examples)
    .action(async (flags: DriftFlags) => exit(await endWithOwnCode(flags, context)));

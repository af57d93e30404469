// The container `scan`: lists what the target account holds, with its credentials alone, and leaves reports for upload.
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { type ContainerContext, type ContainerEnd, runContainerProgram } from '../../clients/container-program.ts';
import { scanEnvironmentSchema } from '../../contract/container-environment/scan.ts';
import { errorCatalogue } from '../../contract/error-catalogue.ts';
import { InventoryError } from '../../contract/errors.ts';
import type { ContainerMessage } from '../../contract/outcome.ts';
import {
  isKeptFresh,
  readStateCredentials,
  readTargetCredentials,
  refuseForeignIdentities,
  secretValues,
  type TargetCredentials,
} from './credentials.ts';
import type { DriftAsked } from './drift/order.ts';
import { noTokens, readTokens, tokenValues } from './drift/state-tokens.ts';
import { checkIdentity } from './identity.ts';
import { runScan, type Scan, type ScanTool } from './scan.ts';
import { checkServices, inventoryFlags } from './tool-order.ts';

/** The bundles lie side by side; from sources the tool is its own main. */
const toolEntry = (bundle: string, source: string): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? source : bundle, import.meta.url));

type Context = ContainerContext<z.output<typeof scanEnvironmentSchema>>;

const interrupted = (message: ContainerMessage): ContainerMessage => ({
  outcome: 'failed',
  code: 'interrupted',
  message: `scan was stopped by a signal; its reports hold what was seen before. ${message.message ?? ''}`.trim(),
  ...(message.counts === undefined ? {} : { counts: message.counts }),
});

type Facts = Context['facts'];

const inventoryTool: ScanTool = {
  name: 'inventory',
  command: process.execPath,
  arguments: [...inventoryFlags, toolEntry('./inventory.mjs', './inventory/main.ts')],
};

/** None where the settings name no state of the account. */
const driftTools = (facts: Facts): ScanTool[] => {
  if (facts.INVENTORY_DRIFT_FROM === undefined) return [];
  const drift: DriftAsked = {
    engine: facts.INVENTORY_DRIFT_ENGINE ?? 'available',
    from: facts.INVENTORY_DRIFT_FROM,
    problem: facts.INVENTORY_DRIFT_PROBLEM,
    ignore: facts.INVENTORY_DRIFT_IGNORE ?? [],
    stateRoleArn: facts.INVENTORY_DRIFT_STATE_ROLE_ARN,
    stateRegion: facts.INVENTORY_DRIFT_STATE_REGION,
    tokensDirectory: facts.INVENTORY_DRIFT_TOKENS,
  };
  const entry = toolEntry('./drift.mjs', './drift/main.ts');
  return [{ name: 'drift', command: process.execPath, arguments: [...inventoryFlags, entry], asked: { drift } }];
};

/** None where no tag is required. */
const tagTools = ({ INVENTORY_TAGS: tags }: Facts): ScanTool[] =>
  tags === undefined
    ? []
    : [
        {
          name: 'tags',
          command: process.execPath,
          arguments: [...inventoryFlags, toolEntry('./tags.mjs', './tags/main.ts')],
          asked: { tags },
        },
      ];

/** Throws `usage` where neither variable names it. */
const credentialsFileOf = (facts: Facts): string => {
  const file = facts.AWS_SHARED_CREDENTIALS_FILE ?? facts.INVENTORY_CREDENTIALS_FILE;
  if (file !== undefined) return file;
  throw new InventoryError(
    'usage',
    'The environment of this container is not usable: AWS_SHARED_CREDENTIALS_FILE is not set',
    {
      remedy: 'Start it from its Job, or set the named variables.',
    },
  );
};

const orderOf = (facts: Facts, partition: string, keptFresh: boolean): Scan['order'] => ({
  account: facts.INVENTORY_ACCOUNT_ID,
  partition,
  region: facts.AWS_REGION,
  regions: facts.INVENTORY_REGIONS,
  selection: {
    services: facts.INVENTORY_SERVICES,
    types: facts.INVENTORY_TYPES ?? [],
    exclude: facts.INVENTORY_EXCLUDE ?? [],
  },
  accepted: facts.INVENTORY_ACCEPTED ?? [],
  maxPerType: facts.INVENTORY_MAX_PER_TYPE ?? null,
  credentialsFile: credentialsFileOf(facts),
  keptFresh,
  reportsDirectory: facts.INVENTORY_REPORTS_DIRECTORY,
});

/** Of the account, of its states, and of the Secret: what the drift cannot read of them it says itself. */
const secretsOf = async (facts: Facts, own: TargetCredentials): Promise<string[]> => {
  const forStates = await readStateCredentials(credentialsFileOf(facts)).catch(() => undefined);
  const tokens = await readTokens(facts.INVENTORY_DRIFT_TOKENS).catch(() => noTokens);
  return [...[own, forStates].flatMap(each => (each === undefined ? [] : secretValues(each))), ...tokenValues(tokens)];
};

const body = async ({ facts, environment, signal }: Context): Promise<ContainerEnd> => {
  refuseForeignIdentities(environment);
  checkServices(facts.INVENTORY_SERVICES);
  const credentials = await readTargetCredentials(credentialsFileOf(facts));
  const connection = { ...readAwsConnection(environment, facts.AWS_REGION), credentials };
  const identity = await checkIdentity(connection, facts.INVENTORY_ACCOUNT_ID, signal);
  const message = await runScan({
    run: facts.INVENTORY_RUN,
    identity: identity.arn,
    tools: [inventoryTool],
    // The tags take seconds, and what is left of the time is the drift's.
    followers: [...tagTools(facts), ...driftTools(facts)],
    order: orderOf(facts, identity.partition, isKeptFresh(environment)),
    environment,
    seconds: Math.max(1, facts.INVENTORY_SCAN_SECONDS - performance.now() / 1000),
    secrets: await secretsOf(facts, credentials),
    signal,
  });
  // Whatever the outcome, upload has to run; only a scan that was itself stopped says otherwise.
  return signal.aborted
    ? { message: interrupted(message), exitCode: errorCatalogue.interrupted.exit }
    : { message, exitCode: 0 };
};

process.exitCode = await runContainerProgram({
  name: 'scan',
  environment: process.env,
  schema: scanEnvironmentSchema,
  body,
});

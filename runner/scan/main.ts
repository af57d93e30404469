// The container `scan`: lists what the target account holds, with its credentials alone, and leaves reports for upload.
import { fileURLToPath } from 'node:url';
import type * as z from 'zod';
import { readAwsConnection } from '../../clients/aws/connection.ts';
import { type ContainerContext, type ContainerEnd, runContainerProgram } from '../../clients/container-program.ts';
import { errorCatalogue } from '../../contract/errors.ts';
import type { ContainerMessage } from '../../contract/outcome.ts';
import { scanEnvironmentSchema } from '../../contract/runner-environment.ts';
import { readTargetCredentials, refuseForeignIdentities, secretValues } from './credentials.ts';
import { checkIdentity } from './identity.ts';
import { runScan } from './scan.ts';
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

const body = async ({ facts, environment, signal }: Context): Promise<ContainerEnd> => {
  refuseForeignIdentities(environment);
  checkServices(facts.INVENTORY_SERVICES);
  const credentials = await readTargetCredentials(facts.AWS_SHARED_CREDENTIALS_FILE);
  const connection = { ...readAwsConnection(environment, facts.AWS_REGION), credentials };
  const identity = await checkIdentity(connection, facts.INVENTORY_ACCOUNT_ID, signal);
  const message = await runScan({
    run: facts.INVENTORY_RUN,
    identity: identity.arn,
    tools: [
      {
        name: 'inventory',
        command: process.execPath,
        arguments: [...inventoryFlags, toolEntry('./inventory.mjs', './inventory/main.ts')],
      },
    ],
    order: {
      account: facts.INVENTORY_ACCOUNT_ID,
      partition: identity.partition,
      region: facts.AWS_REGION,
      regions: facts.INVENTORY_REGIONS,
      selection: {
        services: facts.INVENTORY_SERVICES,
        types: facts.INVENTORY_TYPES ?? [],
        exclude: facts.INVENTORY_EXCLUDE ?? [],
      },
      accepted: facts.INVENTORY_ACCEPTED ?? [],
      maxPerType: facts.INVENTORY_MAX_PER_TYPE ?? null,
      credentialsFile: facts.AWS_SHARED_CREDENTIALS_FILE,
      reportsDirectory: facts.INVENTORY_REPORTS_DIRECTORY,
    },
    environment,
    seconds: Math.max(1, facts.INVENTORY_SCAN_SECONDS - performance.now() / 1000),
    secrets: secretValues(credentials),
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

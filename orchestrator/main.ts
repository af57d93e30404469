// The orchestrator's container: lists the accounts, gives each its Job, follows them, and closes the run with a manifest.
import { existsSync, readFileSync } from 'node:fs';
import { type ContainerEnd, runContainerProgram } from '../clients/container-program.ts';
import { orchestratorEnvironmentSchema } from '../contract/orchestrator-environment.ts';
import { readSettings } from '../contract/read-settings.ts';
import { closingWords } from './closing-words.ts';
import { logProgress } from './log-progress.ts';
import { runIdOf } from './own-job.ts';
import { keepHeapSmall } from './small-heap.ts';
import { runInCluster } from './wire-cluster.ts';

keepHeapSmall();

/** As the earlier orchestrator had them: bucket, then accounts; both may be empty or left out. */
const [bucketArgument, accountsArgument] = process.argv.slice(2);
const fromArguments = {
  ...(bucketArgument ? { BUCKET_NAME: bucketArgument } : {}),
  ...(accountsArgument ? { INCLUDE_ACCOUNTS: accountsArgument } : {}),
};

const namesAccounts = (overrides: Readonly<Record<string, unknown>> | undefined): boolean => {
  const accounts = overrides?.['accounts'];
  return typeof accounts === 'object' && accounts !== null && 'include' in accounts;
};

const readFile = (path: string | undefined) =>
  path === undefined || !existsSync(path) ? undefined : { name: path, text: readFileSync(path, 'utf8') };

const exitCode = await runContainerProgram({
  name: 'orchestrator',
  environment: process.env,
  schema: orchestratorEnvironmentSchema,
  body: async ({ facts, environment, log, signal }): Promise<ContainerEnd> => {
    const file = readFile(facts.INVENTORY_CONFIG);
    const { INVENTORY_SETTINGS: overrides } = facts;
    const read = readSettings({ file, environment: { ...environment, ...fromArguments }, overrides });
    // Who narrows a run names its accounts in place of the pipeline's.
    const settings = namesAccounts(overrides) ? { ...read, includeAccounts: null } : read;
    const ownJob = { name: facts.INVENTORY_JOB_NAME, uid: facts.INVENTORY_JOB_UID };
    const result = await runInCluster({
      settings,
      environment,
      run: runIdOf(ownJob),
      ownJob,
      retry: facts.INVENTORY_RETRY,
      progress: logProgress(log),
      signal,
    });
    for (const { code, message, remedy } of result.problems) log.error({ code, remedy }, message);
    return { message: closingWords(result), exitCode: result.exitCode };
  },
});

// Not `process.exitCode`: an identity of AWS that is still waited for would keep this process from ending.
process.exit(exitCode);

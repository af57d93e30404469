// Our own drift of the current account: its inventory into a directory that goes again, then the comparison over it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsConnection, readAwsConnection } from '../clients/aws/connection.ts';
import { describeAwsError } from '../clients/aws/errors.ts';
import { readStateConnection } from '../clients/aws/state-connection.ts';
import { assumeRole } from '../clients/aws/sts.ts';
import type { DriftChoice } from '../contract/drift/drift-settings.ts';
import { InventoryError } from '../contract/errors.ts';
import { reconFile } from '../contract/names.ts';
import type { RunSettings } from '../contract/read-settings.ts';
import { type DriftResult, runDrift } from '../runner/scan/drift/drift.ts';
import { regionsOf } from '../runner/scan/drift/order.ts';
import type { InventoryResult } from '../runner/scan/inventory/inventory.ts';
import { type DriftFlags, headersOf, ignoreLinesOf, readAsked } from './drift-flags.ts';
import { type AccountSweep, sweepAccount } from './sweep-account.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface AccountDrift extends AccountSweep {
  readonly flags: DriftFlags;
  readonly environment: Environment;
}

/** At a terminal nobody waits longer, and whoever does has Ctrl-C. */
const longestSeconds = 24 * 3600;

const usualIgnoreFile = '.driftignore';

/** The named file must be there; driftctl's variables stand before its usual file, which is read where it is. */
const readIgnored = ({ ignoreFile }: DriftFlags, environment: Environment): string | undefined => {
  const lines = ignoreFile === undefined ? ignoreLinesOf(environment) : undefined;
  if (lines !== undefined) return lines;
  const named = ignoreFile ?? (environment['DCTL_DRIFTIGNORE'] || undefined);
  if (named === undefined && !existsSync(usualIgnoreFile)) return undefined;
  try {
    return readFileSync(named ?? usualIgnoreFile, 'utf8');
  } catch (cause) {
    throw new InventoryError(
      'usage',
      `The file ${named ?? usualIgnoreFile} cannot be read: ${(cause as Error).message}`,
      {
        remedy: 'Check the path after --ignore-file.',
        cause,
      },
    );
  }
};

const stateConnection = async (
  { flags, environment, connection, identity, signal }: AccountDrift,
  choice: DriftChoice | undefined,
): Promise<AwsConnection> => {
  const own = readStateConnection(environment, connection, flags.stateRegion ?? choice?.state.region);
  const roleArn = (flags.stateRole ?? choice?.state.role)?.replaceAll('{account_id}', identity.accountId);
  if (roleArn === undefined) return own;
  const externalId = flags.stateExternalId ?? choice?.state.externalId;
  try {
    const { expiresAt: _hour, ...credentials } = await assumeRole(
      own,
      { roleArn, sessionName: 'aws-inventory-drift', externalId },
      signal,
    );
    return { ...own, credentials };
  } catch (thrown) {
    signal.throwIfAborted();
    const { code, message } = describeAwsError(thrown);
    throw new InventoryError('state-role-refused', `${roleArn} was not assumed: STS answered ${code}: ${message}`, {
      remedy: 'Let its trust policy allow sts:AssumeRole to these credentials, and compare the ExternalId.',
      cause: thrown,
    });
  }
};

const sweep = async (drift: AccountDrift): Promise<InventoryResult> => {
  const { signal, progress } = drift;
  const result = await sweepAccount(drift);
  progress.stop();
  if (signal.aborted) throw new InventoryError('interrupted', 'The inventory was stopped before it was complete');
  const { outcome, code = 'report-missing', message = 'it left no report', remedy } = result.verdict;
  if (outcome === 'failed')
    throw new InventoryError(code, `There is no inventory to compare with: ${message}`, { remedy });
  return result;
};

/** Of whoever reads states with them. */
const tokenNames =
  /^(TFE_TOKEN|TF_TOKEN_\w+|ARM_ACCESS_KEY|ARM_SAS_TOKEN|GOOGLE_OAUTH_ACCESS_TOKEN|AWS_SECRET_ACCESS_KEY|AWS_SESSION_TOKEN)$/;

const tokensIn = (environment: Environment): string[] =>
  Object.entries(environment).flatMap(([name, value]) => (value && tokenNames.test(name) ? [value] : []));

/** Throws usage, settings-invalid, state-role-refused, and what keeps the inventory from being made. */
export const compareAccount = async (drift: AccountDrift): Promise<DriftResult> => {
  const { flags, settings, environment, connection, identity, directory, signal } = drift;
  // All that may be wrong with the command is said before the account is swept.
  const { engine, from, choice } = readAsked(flags, { settings, environment, account: identity.accountId });
  const stateHeaders = headersOf(flags, environment);
  const driftignore = readIgnored(flags, environment);
  const forStates = await stateConnection(drift, choice);
  const { cells } = await sweep(drift);
  return runDrift(
    {
      account: identity.accountId,
      regions: regionsOf(cells),
      engine,
      from,
      stateHeaders,
      ignore: choice?.ignore ?? settings.drift.ignore,
      driftignore,
      reportFile: join(directory, reconFile),
      cells,
      reportsDirectory: directory,
      credentialsFile: undefined,
    },
    {
      ...{ connection, stateConnection: forStates, environment, signal, seconds: longestSeconds },
      secrets: [...tokensIn(environment), ...Object.values(stateHeaders)],
    },
  );
};

/** The connection of the command's own credentials. */
export const ownConnection = (settings: RunSettings, environment: Environment): AwsConnection =>
  readAwsConnection(environment, settings.region);

// Flags, environment and settings of `tags` → which accounts are scanned for which tags, how, and how often.
import type { AwsConnection } from '../clients/aws/connection.ts';
import { InventoryError } from '../contract/errors.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import { type MatrixConfig, readMatrixConfig, type TagSource } from '../contract/tags/matrix-config.ts';
import { anyValue } from '../contract/tags/tag-rules.ts';
import type { ScannedAccount } from '../exporter/tag-compliance/read-account.ts';
import type { CommandContext } from './command-context.ts';
import { listFleetAccounts } from './fleet-accounts.ts';
import { readConfig } from './read-config.ts';

export interface TagsPlan {
  /** Before each scan: an Organization has other accounts tomorrow. */
  readonly listAccounts: (connection: AwsConnection, signal: AbortSignal) => Promise<readonly ScannedAccount[]>;
  readonly source: TagSource;
  /** Seconds. */
  readonly refreshInterval: number;
  /** Of a sweep, with the source `inventory`. */
  readonly settings: RunSettings;
}

export interface PlanFlags {
  readonly config?: string;
  readonly source?: TagSource;
  readonly refreshInterval?: number;
}

type ConfigFile = NonNullable<ReturnType<typeof readConfig>>;

const usualInterval = 300;

/** Whole seconds of a day at most, as the file's. */
const intervalFrom = (text: string | undefined): number | undefined => {
  if (text === undefined || text === '') return undefined;
  const seconds = Number(text);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 86_400) return seconds;
  throw new InventoryError('settings-invalid', `REFRESH_INTERVAL is ${JSON.stringify(text)}`, {
    remedy: 'Let it be whole seconds from 1 to 86400, or unset it.',
  });
};

const matrixAccounts = ({ accounts, required, excluded }: MatrixConfig): ScannedAccount[] => {
  const rules = { required: required.map(anyValue), exclude: excluded };
  return accounts.map(({ roleArn, ...account }) => ({
    ...account,
    role: roleArn === undefined ? undefined : { roleArn },
    rules,
  }));
};

/** The fleet's own settings, whose compliance is that of the inventory. */
const fromSettings = (file: ConfigFile, environment: CommandContext['environment']) => {
  const settings = readSettings({ file, environment });
  const all = [settings.tags, ...Object.values(settings.tags.overrides)];
  if (all.every(({ required = [] }) => required.length === 0)) {
    throw new InventoryError(
      'settings-invalid',
      `${file.name} requires no tag, and everything would count as compliant`,
      {
        remedy:
          'Name keys in tags.required, or in REQUIRED_TAGS beside an aws_account_matrix: docs/tags.md shows both.',
      },
    );
  }
  return {
    listAccounts: (connection: AwsConnection, signal: AbortSignal) => listFleetAccounts(settings, connection, signal),
    settings,
    source: 'inventory' as const,
    refreshInterval: undefined,
  };
};

const fromMatrix = (matrix: MatrixConfig) => ({
  listAccounts: async () => matrixAccounts(matrix),
  settings: readSettings({ environment: {} }),
  source: matrix.source ?? ('tagging' as const),
  refreshInterval: matrix.refreshInterval,
});

/** Throws settings-invalid, with every problem of the file. */
export const planTags = (flags: PlanFlags, environment: CommandContext['environment']): TagsPlan => {
  const fromEnvironment = intervalFrom(environment['REFRESH_INTERVAL']);
  const file = readConfig(flags.config);
  if (file === undefined) {
    throw new InventoryError('settings-invalid', 'There is no config.yaml here: no account and no tag is named', {
      remedy: 'Name the file after --config; docs/tags.md shows what is in it.',
    });
  }
  const matrix = readMatrixConfig(file);
  const named = matrix === undefined ? fromSettings(file, environment) : fromMatrix(matrix);
  return {
    ...named,
    source: flags.source ?? named.source,
    refreshInterval: flags.refreshInterval ?? fromEnvironment ?? named.refreshInterval ?? usualInterval,
  };
};

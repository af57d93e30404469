// Flags of `infrastructure` above its settings; the eight of the earlier tool, which all had to be there, among them.
import { type Command, Option } from 'commander';
import { InventoryError } from '../contract/errors.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import type { CommandContext } from './command-context.ts';
import { commaList } from './flag-values.ts';
import { readConfig } from './read-config.ts';

export interface EstateFlags {
  readonly billingAwsProfile?: string;
  readonly securityAwsProfile?: string;
  readonly cliBucketName?: string;
  readonly inventoryBucketName?: string;
  readonly inventoryRole?: string;
  readonly orchestratorRole?: string;
  readonly runnerRole?: string;
  readonly oidcProviderProd?: string[];
  readonly oidcProviderTest?: string[];
  readonly inventoryPolicy?: 'generated' | 'seed';
  readonly config?: string;
  /** Of the script `infrastructure`: all eight have to be there, nothing is asked, nothing is rolled out. */
  readonly eightFlags?: boolean;
}

const eight = {
  'billing-aws-profile': 'billingAwsProfile',
  'security-aws-profile': 'securityAwsProfile',
  'cli-bucket-name': 'cliBucketName',
  'inventory-bucket-name': 'inventoryBucketName',
  'inventory-role': 'inventoryRole',
  'orchestrator-role': 'orchestratorRole',
  'runner-role': 'runnerRole',
  'oidc-provider-prod': 'oidcProviderProd',
} as const satisfies Record<string, keyof EstateFlags>;

/** Of a flag that may come again, an empty value is no value: scripts pass variables that nobody has set. */
const issuerList = (text: string, earlier: string[] = []): string[] =>
  text.trim() === '' ? earlier : commaList(text, earlier);

export const addEstateFlags = (command: Command): Command =>
  command
    .option('--billing-aws-profile <name>', 'profile of the Organization’s management account')
    .option('--security-aws-profile <name>', 'profile of the account that owns the bucket and the runners’ role')
    .option('--inventory-bucket-name <name>', 'bucket of the reports')
    .option('--cli-bucket-name <name>', 'bucket for the files of the role in every account; none when left out')
    .option('--inventory-role <name>', 'role in every account: inventory, or with its path managed/inventory')
    .option('--orchestrator-role <name>', 'role of the orchestrator')
    .option('--runner-role <name>', 'role of the runners')
    .option('--oidc-provider-prod <issuer>', 'OIDC issuer of a cluster; may come again', issuerList)
    .option('--oidc-provider-test <issuer>', 'OIDC issuer of a test cluster; may come again', issuerList)
    .addOption(
      new Option('--inventory-policy <which>', 'what the role in every account may').choices(['generated', 'seed']),
    )
    .option('--config <file>', 'settings: a config.yaml (default: ./config.yaml, when there)')
    .addOption(new Option('--eight-flags').hideHelp());

const requireEight = (flags: EstateFlags): void => {
  const missing = Object.entries(eight)
    .filter(([, name]) => flags[name] === undefined || flags[name].length === 0)
    .map(([flag]) => flag);
  if (missing.length === 0) return;
  const list = missing.map(flag => `Required flag "${flag}" not set or empty.`).join('\n');
  throw new InventoryError('usage', list, {
    remedy: 'Give all of them, or use `aws-inventory infrastructure apply`, which takes the rest from config.yaml.',
  });
};

const given = <Value>(name: string, value: Value | undefined): Record<string, Value> =>
  value === undefined || value === '' ? {} : { [name]: value };

/** The name alone means the path that it always had. */
const roleName = (flag: string | undefined): string | undefined =>
  flag === undefined || flag.includes('/') ? flag?.replace(/^\//, '') : `managed/${flag}`;

const overridesOf = (flags: EstateFlags): Record<string, unknown> => ({
  reports: given('bucket', flags.inventoryBucketName),
  role: given('name', roleName(flags.inventoryRole || undefined)),
  infrastructure: {
    ...given('cliBucket', flags.cliBucketName),
    ...given('inventoryPolicy', flags.inventoryPolicy),
    ...(flags.eightFlags ? { rollOut: null, policies: 'policies' } : {}),
    profiles: { ...given('billing', flags.billingAwsProfile), ...given('security', flags.securityAwsProfile) },
    roles: { ...given('orchestrator', flags.orchestratorRole), ...given('runner', flags.runnerRole) },
    issuers: { ...given('prod', flags.oidcProviderProd), ...given('test', flags.oidcProviderTest) },
  },
});

/** Throws usage with every flag that is missing, and settings-invalid with every problem of the settings. */
export const estateSettings = (flags: EstateFlags, { environment }: CommandContext): RunSettings => {
  if (flags.eightFlags) requireEight(flags);
  return readSettings({ file: readConfig(flags.config), environment, overrides: overridesOf(flags) });
};

// Which types a command is about: its flags above the settings, and a clear word when they name none.
import type { Command } from 'commander';
import { selectTypes, type TypeSelection } from '../contract/catalogue/selection.ts';
import { InventoryError } from '../contract/errors.ts';
import { type RunSettings, readSettings } from '../contract/read-settings.ts';
import type { CommandContext } from './command-context.ts';
import { commaList } from './flag-values.ts';
import { readConfig } from './read-config.ts';

export interface SelectionFlags {
  readonly services?: string[];
  readonly types?: string[];
  readonly exclude?: string[];
  readonly config?: string;
}

/** The flags that every command with a selection has. */
export const addSelectionFlags = (command: Command): Command =>
  command
    .option('--services <names>', 'only these services, comma-separated: ec2, S3, Bedrock', commaList)
    .option('--types <names>', 'only these CloudFormation types, with *: AWS::EC2::*', commaList)
    .option('--exclude <types>', 'all but these types, with *', commaList)
    .option('--config <file>', 'settings: a config.yaml (default: ./config.yaml, when there)');

/** The settings with what the flags say of the inventory. Throws settings-invalid, naming the flag's value. */
export const inventorySettings = (
  flags: SelectionFlags,
  environment: CommandContext['environment'],
  more: Readonly<Record<string, unknown>> = {},
): RunSettings => {
  const { services, types, exclude } = flags;
  const inventory = {
    ...(services === undefined ? {} : { services: services.includes('all') ? 'all' : services }),
    ...(types === undefined ? {} : { types }),
    ...(exclude === undefined ? {} : { exclude }),
  };
  return readSettings({ file: readConfig(flags.config), environment, overrides: { ...more, inventory } });
};

/** Throws usage when the selection leaves no type: a scan of nothing would look like an empty account. */
export const requireTypes = (selection: TypeSelection) => {
  const types = selectTypes(selection);
  if (types.length > 0) return types;
  throw new InventoryError('usage', `No type of the catalogue fits ${JSON.stringify(selection)}`, {
    remedy: 'See aws-inventory catalogue for the types there are.',
  });
};

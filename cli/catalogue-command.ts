// `aws-inventory catalogue`: the types that the inventory lists, by which tier, where, and with which rights.
import { styleText } from 'node:util';
import Table from 'cli-table3';
import { Command, Option } from 'commander';
import { type CatalogueType, unlistedTypes } from '../contract/catalogue/catalogue.ts';
import type { CommandContext } from './command-context.ts';
import { plainColumns } from './plain-columns.ts';
import { plural } from './terminal-text.ts';
import { addSelectionFlags, inventorySettings, requireTypes, type SelectionFlags } from './type-selection.ts';

interface CatalogueFlags extends SelectionFlags {
  readonly output: 'table' | 'json';
  readonly unlisted?: boolean;
}

const heading = ['type', 'service', 'tier', 'scope', 'tags', 'actions'];

const cells = (type: CatalogueType): string[] => [
  type.type,
  type.service,
  type.tier,
  type.scope,
  type.taggable ? 'yes' : 'no',
  type.actions.join(' '),
];

const renderTable = (types: readonly CatalogueType[], stream: NodeJS.WriteStream): string => {
  const rows = types.map(cells);
  if (!stream.isTTY) return `${[heading, ...rows].map(row => row.join('\t')).join('\n')}\n`;
  const table = new Table({ head: heading.map(name => styleText('bold', name, { stream })), ...plainColumns });
  table.push(...rows);
  return `${table.toString()}\n`;
};

const renderJson = (types: readonly CatalogueType[]): string => {
  const facts = types.map(({ type, service, reconType, tier, scope, taggable, actions, list }) => ({
    ...{ type, service, reconType, tier, scope, taggable, actions },
    ...(list?.below === undefined ? {} : { below: list.below }),
  }));
  return `${JSON.stringify(facts, null, 2)}\n`;
};

const summary = (types: readonly CatalogueType[]): string => {
  const native = types.filter(({ tier }) => tier === 'native').length;
  const services = new Set(types.map(({ service }) => service)).size;
  const rest = types.length - native;
  return `${plural(types.length, 'type')} of ${plural(services, 'service')}: ${native} by calls of their own, ${rest} through Cloud Control\n`;
};

const show = (flags: CatalogueFlags, { environment, stdout, stderr }: CommandContext): void => {
  if (flags.unlisted) {
    stdout.write(`${unlistedTypes.join('\n')}\n`);
    stderr.write(`${plural(unlistedTypes.length, 'type')} of CloudFormation that no tier can list\n`);
    return;
  }
  const types = requireTypes(inventorySettings(flags, environment).inventory);
  stdout.write(flags.output === 'json' ? renderJson(types) : renderTable(types, stdout));
  stderr.write(summary(types));
};

export const catalogueCommand = (context: CommandContext): Command =>
  addSelectionFlags(new Command('catalogue'))
    .description('the resource types that the inventory lists: tier, scope, and the IAM actions that each needs')
    .option('--unlisted', 'instead the types of CloudFormation that nothing can list')
    .addOption(new Option('--output <format>', 'what stdout gets').choices(['table', 'json']).default('table'))
    .addHelpText('after', '\nExample:\n  aws-inventory catalogue --services kafka,Bedrock')
    .action((flags: CatalogueFlags) => show(flags, context));

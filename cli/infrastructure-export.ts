// `aws-inventory infrastructure export`: what apply would make, as files for who makes it with other tools.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command, Option } from 'commander';
import { desiredEstate } from '../contract/access/desired-estate.ts';
import { InventoryError } from '../contract/errors.ts';
import { refuseLongDocuments } from '../infrastructure/check-sizes.ts';
import { closeEstate } from '../infrastructure/connections.ts';
import { type ExportFormat, exportEstate, exportFormats } from '../infrastructure/export/export-estate.ts';
import type { ExportedFile } from '../infrastructure/export/exported-file.ts';
import { type CommandContext, stopSignal } from './command-context.ts';
import { addEstateFlags, type EstateFlags, estateSettings } from './infrastructure-flags.ts';
import { findEstate } from './open-estate.ts';
import { plural } from './terminal-text.ts';

interface ExportFlags extends EstateFlags {
  readonly format: ExportFormat;
  readonly directory?: string;
}

const writeFiles = async (directory: string, files: readonly ExportedFile[]): Promise<void> => {
  for (const { path, text } of files) {
    const target = join(directory, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
    } catch (cause) {
      const message = `${target} cannot be written: ${(cause as Error).message}`;
      throw new InventoryError('usage', message, { remedy: 'Let --directory name a place to write to.', cause });
    }
  }
};

const exportFiles = async (flags: ExportFlags, context: CommandContext): Promise<void> => {
  const { facts, connections, remarks } = await findEstate(estateSettings(flags, context), context, stopSignal());
  closeEstate(connections);
  const resources = desiredEstate(facts);
  refuseLongDocuments(resources);
  const directory = flags.directory ?? `aws-inventory-${flags.format}`;
  const files = exportEstate(flags.format, resources, facts);
  await writeFiles(directory, files);
  for (const remark of remarks) context.stderr.write(`Note: ${remark}\n`);
  context.stderr.write(`${plural(files.length, 'file')} in ${directory}\n`);
};

export const exportCommand = (context: CommandContext): Command =>
  addEstateFlags(new Command('export'))
    .description('the same as files, for Terraform, CloudFormation or anything else; asks AWS whose profiles these are')
    .addOption(
      new Option('--format <format>', 'a Terraform module, templates, or documents')
        .choices(exportFormats)
        .makeOptionMandatory(),
    )
    .option('--directory <path>', 'where the files go (default: ./aws-inventory-<format>)')
    .addHelpText(
      'after',
      '\nExample:\n  aws-inventory infrastructure export --format terraform --inventory-bucket-name my-inventory-bucket \\\n    --oidc-provider-prod oidc.eks.eu-west-1.amazonaws.com/id/ABCDEF',
    )
    .action(async (flags: ExportFlags) => await exportFiles(flags, context));

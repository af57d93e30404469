// The aws-inventory command: parses arguments, starts one command, prints its error, gives its exit code.
import { dirname, join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { errorCatalogue } from '../contract/error-catalogue.ts';
import { toInventoryError } from '../contract/errors.ts';
import { version } from '../contract/version.ts';
import { catalogueCommand } from './catalogue-command.ts';
import { driftCommand } from './drift-command.ts';
import { exporterCommand } from './exporter-command.ts';
import { infrastructureCommand } from './infrastructure-command.ts';
import { inventoryCommand } from './inventory-command.ts';
import { logsCommand } from './logs-command.ts';
import { policyCommand } from './policy-command.ts';
import { preflightCommand } from './preflight-command.ts';
import { queryCommand } from './query-command.ts';
import { renderError } from './render-error.ts';
import { runCommand } from './run-command.ts';
import { runsCommand } from './runs-command.ts';
import { tagsCommand } from './tags-command.ts';

const context = { environment: process.env, stdout: process.stdout, stderr: process.stderr };
// A closed pipe or terminal must not end a run before it is in order: what cannot be shown stands in the manifest.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

/** dist/ when this is the bundle, cli/ when it is the source: the root is above both. */
const root = dirname(import.meta.dirname);
const installation = {
  node: process.execPath,
  bundles: join(root, 'dist'),
  templateFile: join(root, 'k8s', 'base', 'runner', 'job-template.yaml'),
};
const exit = (code: number): void => {
  process.exitCode = code;
};

const command = new Command('aws-inventory')
  .description(
    'Sweeps every account of an AWS Organization: one Job per account, one manifest in which none is missing.',
  )
  .version(version)
  .showHelpAfterError('(try --help)')
  .exitOverride();
command.addCommand(runCommand(context, installation, exit).copyInheritedSettings(command));
command.addCommand(preflightCommand(context, exit).copyInheritedSettings(command));
command.addCommand(runsCommand(context, exit).copyInheritedSettings(command));
command.addCommand(logsCommand(context).copyInheritedSettings(command));
command.addCommand(inventoryCommand(context, exit).copyInheritedSettings(command));
command.addCommand(driftCommand(context, exit).copyInheritedSettings(command));
command.addCommand(queryCommand(context, exit).copyInheritedSettings(command));
command.addCommand(exporterCommand(context).copyInheritedSettings(command));
command.addCommand(tagsCommand(context, exit).copyInheritedSettings(command));
command.addCommand(infrastructureCommand(context, exit).copyInheritedSettings(command));
command.addCommand(catalogueCommand(context).copyInheritedSettings(command));
command.addCommand(policyCommand(context).copyInheritedSettings(command));

try {
  await command.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Help and version end with 0; every wrong argument is a usage error of the exit-code table.
    exit(thrown.exitCode === 0 ? 0 : errorCatalogue.usage.exit);
  } else {
    const error = toInventoryError(thrown);
    context.stderr.write(renderError(error, context.stderr));
    // What still waits to be tried again must not keep somebody waiting who has said stop.
    if (error.code === 'interrupted') process.exit(error.entry.exit);
    exit(error.entry.exit);
  }
}

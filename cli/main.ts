// The aws-inventory command: parses arguments, starts one command, prints its error, gives its exit code.
import { Command, CommanderError } from 'commander';
import { errorCatalogue, toInventoryError } from '../contract/errors.ts';
import { version } from '../contract/version.ts';
import { renderError } from './render-error.ts';
import { runCommand } from './run-command.ts';

const context = { environment: process.env, stdout: process.stdout, stderr: process.stderr };

const command = new Command('aws-inventory')
  .description(
    'Sweeps every account of an AWS Organization: one Job per account, one manifest in which none is missing.',
  )
  .version(version)
  .showHelpAfterError('(try --help)')
  .exitOverride()
  .configureOutput({ writeErr: text => process.stderr.write(text) });
command.addCommand(
  runCommand(context, code => {
    process.exitCode = code;
  }),
);

try {
  await command.parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Help and version end with 0; every wrong argument is a usage error of the exit-code table.
    process.exitCode = thrown.exitCode === 0 ? 0 : errorCatalogue.usage.exit;
  } else {
    const error = toInventoryError(thrown);
    process.stderr.write(renderError(error, context.stderr));
    process.exitCode = error.entry.exit;
  }
}

// Runs the bundled `aws-inventory` as the process that it is, with an environment of its own.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export interface CliEnd {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const checkout = join(import.meta.dirname, '..', '..');

/** `directory` is the working directory, where a config.yaml would be read. */
export const runCli = async (
  directory: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<CliEnd> => {
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    [join(checkout, 'dist/aws-inventory.mjs'), ...args],
    {
      cwd: directory,
      env: {
        HOME: directory,
        AWS_EC2_METADATA_DISABLED: 'true',
        NODE_COMPILE_CACHE: join(tmpdir(), 'aws-inventory-test-compile-cache'),
        ...environment,
      },
      extendEnv: false,
      reject: false,
    },
  );
  return { exitCode, stdout, stderr };
};

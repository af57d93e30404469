// Runs the bundled `aws-inventory query` as the process that it is, with an environment and a cache of its own.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

export interface QueryEnd {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** `home` gets the cache; the working directory is the checkout, which has no config.yaml. */
export const runQuery = async (
  home: string,
  args: readonly string[],
  { environment = {}, input = '' }: { readonly environment?: Record<string, string>; readonly input?: string } = {},
): Promise<QueryEnd> => {
  const { exitCode, stdout, stderr } = await execa(process.execPath, ['dist/aws-inventory.mjs', 'query', ...args], {
    env: {
      HOME: home,
      XDG_CACHE_HOME: home,
      AWS_EC2_METADATA_DISABLED: 'true',
      // Half of each start is compiling the same modules again.
      NODE_COMPILE_CACHE: join(tmpdir(), 'aws-inventory-test-compile-cache'),
      ...environment,
    },
    extendEnv: false,
    reject: false,
    input,
  });
  return { exitCode, stdout, stderr };
};

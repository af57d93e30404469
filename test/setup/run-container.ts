// Runs a runner container's program as the process that it is, with an environment of its own and nothing inherited.
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type ContainerMessage, parseContainerMessage } from '../../contract/outcome.ts';

export const randomAccountId = (): string => String(Math.floor(Math.random() * 1e12)).padStart(12, '0');

/** The runner's own identity in the tests: static, so that nothing is looked up. */
export const ownCredentials = {
  AWS_ACCESS_KEY_ID: 'AKIATESTRUNNER000001',
  AWS_SECRET_ACCESS_KEY: 'runner-own-secret-access-key-value-01',
};

export interface ContainerRun {
  readonly exitCode: number | undefined;
  readonly message: ContainerMessage | undefined;
  /** The message as it was written. */
  readonly messageText: string;
  readonly log: string;
}

export interface ContainerStart {
  /** Path from the root of the project. */
  readonly entry: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Called once the process runs. */
  readonly meanwhile?: (stop: () => void) => Promise<void>;
}

export const makeDirectory = async () => {
  const directory = await mkdtemp(join(tmpdir(), 'inventory-test-'));
  return {
    directory,
    remove: async () => {
      await chmod(directory, 0o700);
      await rm(directory, { recursive: true, force: true });
    },
  };
};

export const runContainer = async (start: ContainerStart): Promise<ContainerRun> => {
  const message = join(start.directory, 'termination-message');
  const child = execa(process.execPath, [fileURLToPath(new URL(`../../${start.entry}`, import.meta.url))], {
    extendEnv: false,
    env: {
      HOME: start.directory,
      AWS_EC2_METADATA_DISABLED: 'true',
      INVENTORY_TERMINATION_MESSAGE: message,
      ...start.environment,
    },
    reject: false,
    timeout: 25_000,
  });
  await Promise.race([start.meanwhile?.(() => child.kill('SIGTERM')), child]);
  const { exitCode, stderr } = await child;
  const messageText = await readFile(message, 'utf8').catch(() => '');
  return { exitCode, messageText, message: parseContainerMessage(messageText), log: stderr };
};

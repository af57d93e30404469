// The sandbox's main job: the real command against the simulator, then a copy of what it wrote.
import { join } from 'node:path';
import { runChildProgram } from '../clients/child-program.ts';
import { type CopiedBucket, copyBucket } from '../clients/simulator/copy-bucket.ts';
import type { Sandbox } from './start.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What a process needs to run at all. Nothing of AWS is among it, so that no call can reach a real account. */
const harmless =
  /^(PATH|HOME|TMPDIR|TERM|COLORTERM|COLUMNS|LANG|LC_.+|TZ|NO_COLOR|FORCE_COLOR|CI|LOG_LEVEL|NODE_EXTRA_CA_CERTS|XDG_CACHE_HOME)$/;

/** What makes an AWS client talk to the simulator; it takes any credentials for the management account. */
export const simulatorVariables = (url: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  AWS_ACCESS_KEY_ID: 'AKIASANDBOXSANDBOX00',
  AWS_SECRET_ACCESS_KEY: 'sandbox',
  AWS_REGION: 'eu-west-1',
});

/** The environment in which every AWS call goes to the simulator. */
export const sandboxEnvironment = (
  url: string,
  environment: Environment,
  stateDirectory: string,
): Record<string, string> => {
  const kept = Object.entries(environment).filter(([name, value]) => harmless.test(name) && value !== undefined);
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    ...simulatorVariables(url),
    AWS_EC2_METADATA_DISABLED: 'true',
    XDG_STATE_HOME: stateDirectory,
  };
};

export interface SweepOptions {
  readonly sandbox: Sandbox;
  /** The checkout. */
  readonly root: string;
  readonly environment: Environment;
  readonly signal: AbortSignal;
}

/** Where state and copies of the sandbox lie, out of git's sight. */
export const sandboxDirectory = (root: string): string => join(root, '.sandbox');

/** Runs `aws-inventory run` on the sandbox; its exit code. */
export const sweepSandbox = async ({ sandbox, root, environment, signal }: SweepOptions): Promise<number> =>
  runChildProgram({
    command: process.execPath,
    arguments: [
      join(root, 'dist', 'aws-inventory.mjs'),
      'run',
      '--bucket',
      sandbox.organization.reportsBucket,
      '--config',
      join(root, 'sandbox', 'config.yaml'),
    ],
    environment: sandboxEnvironment(sandbox.url, environment, join(sandboxDirectory(root), 'state')),
    signal,
  });

export interface KeptReports extends CopiedBucket {
  readonly directory: string;
}

/** The simulator forgets its bucket when it ends: a copy stays, one directory for each start. */
export const keepReports = async ({ sandbox, root }: SweepOptions, startedAt: Date): Promise<KeptReports> => {
  const name = startedAt.toISOString().slice(0, 19).replaceAll(':', '-');
  const directory = join(sandboxDirectory(root), name);
  return { ...(await copyBucket(sandbox.url, sandbox.organization.reportsBucket, directory)), directory };
};

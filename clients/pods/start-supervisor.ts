// Part of the local backend: starts the process that runs one Job, and waits until it has the Job.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, utimesSync } from 'node:fs';
import { InventoryError } from '../../contract/errors.ts';
import { redactText } from '../redaction.ts';
import { type Environment, supervisorEnvironment } from './container-environment.ts';
import { jobFiles } from './job-files.ts';

export interface SupervisorOptions {
  /** The command that starts the supervisor; the Job's directory is appended. */
  readonly kubelet: readonly string[];
  /** The caller's; the supervisor gets the part of it that containers may get. */
  readonly environment: Environment;
}

const spawnSupervisor = (directory: string, { kubelet, environment }: SupervisorOptions) => {
  const files = jobFiles(directory);
  const [program = '', ...words] = kubelet;
  const log = openSync(files.supervisorLog, 'a', 0o600);
  try {
    return spawn(program, [...words, directory], {
      env: supervisorEnvironment(environment),
      detached: true,
      stdio: ['ignore', 'pipe', log],
    });
  } finally {
    closeSync(log);
  }
};

/**
 * Resolves once a supervisor has the Job: `claimed` by this one, `taken` by another. Throws job-refused when it ended
 * before.
 */
export const startSupervisor = async (directory: string, options: SupervisorOptions): Promise<'claimed' | 'taken'> => {
  const files = jobFiles(directory);
  // The age of the last start tells others whether one is under way.
  const now = new Date();
  utimesSync(files.spec, now, now);
  const child = spawnSupervisor(directory, options);
  try {
    const said = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
      child.stdout?.once('end', () =>
        reject(new Error(`it ended at once: ${readFileSync(files.supervisorLog, 'utf8')}`)),
      );
    });
    return said === 'claimed' ? 'claimed' : 'taken';
  } catch (cause) {
    const message = redactText((cause as Error).message).slice(0, 600);
    throw new InventoryError(
      'job-refused',
      `The local supervisor ${JSON.stringify(options.kubelet)} failed: ${message}`,
      {
        remedy: 'Read the reason; `npm run build` makes the supervisor again.',
        cause,
      },
    );
  } finally {
    // Neither the pipe nor the process may keep the orchestrator from ending.
    child.stdout?.destroy();
    child.unref();
  }
};

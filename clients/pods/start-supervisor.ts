// Part of the local backend: starts the process that runs one Job, and waits until it has the Job.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, utimesSync } from 'node:fs';
import { InventoryError } from '../../contract/errors.ts';
import { sleep } from '../clock.ts';
import { signalGroup } from '../process-group.ts';
import { redactText } from '../redaction.ts';
import { type Environment, supervisorEnvironment } from './container-environment.ts';
import { jobFiles } from './job-files.ts';

export interface SupervisorOptions {
  /** The command that starts the supervisor; the Job's directory is appended. */
  readonly kubelet: readonly string[];
  /** The caller's; the supervisor gets the part of it that containers may get. */
  readonly environment: Environment;
  /** How long a supervisor may take until it says that it has the Job; 30 when not given. */
  readonly startSeconds?: number | undefined;
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

const readLog = (path: string): string => {
  try {
    return `: ${readFileSync(path, 'utf8')}`;
  } catch {
    // The Job's directory was deleted meanwhile, and the log with it.
    return ' and left no log';
  }
};

/** Its first word; rejects with the reason why there is none. */
const hearSupervisor = (child: ChildProcess, log: string): Promise<string> =>
  new Promise<string>((resolve, reject) => {
    child.once('error', reject);
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.stdout?.once('end', () => reject(new Error(`it ended at once${readLog(log)}`)));
  });

const giveUp = async (seconds: number, heard: AbortSignal): Promise<never> => {
  await sleep(seconds * 1000, heard);
  throw new Error(`it said nothing for ${seconds} s`);
};

/** One that is still there may not take the Job after it was refused. */
const killUnheard = ({ pid, exitCode, signalCode }: ChildProcess): void => {
  if (exitCode === null && signalCode === null) signalGroup(pid, 'SIGKILL');
};

/**
 * Resolves once a supervisor has the Job: `claimed` by this one, `taken` by another. Throws job-refused when it ended
 * before, or says nothing.
 */
export const startSupervisor = async (directory: string, options: SupervisorOptions): Promise<'claimed' | 'taken'> => {
  const files = jobFiles(directory);
  // The age of the last start tells others whether one is under way.
  const now = new Date();
  utimesSync(files.spec, now, now);
  const child = spawnSupervisor(directory, options);
  const heard = new AbortController();
  try {
    const word = hearSupervisor(child, files.supervisorLog);
    const said = await Promise.race([word, giveUp(options.startSeconds ?? 30, heard.signal)]);
    return said === 'claimed' ? 'claimed' : 'taken';
  } catch (cause) {
    killUnheard(child);
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
    heard.abort();
    // Neither the pipe nor the process may keep the orchestrator from ending.
    child.stdout?.destroy();
    child.unref();
  }
};

// One server of the tests' cluster as a process: its log in a file, killed and started again at will, gone when we are gone.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export interface ServerProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Both outputs are appended to it. */
  readonly logFile: string;
  /** Whether it serves; an error is a no. */
  readonly isReady: () => Promise<boolean>;
}

export interface ServerProcess {
  /** Resolves when it serves; throws with the end of its log when it ends before, or does not within half a minute. Kills the one before. */
  readonly start: () => Promise<void>;
  /** kill -9; resolves when it is gone. */
  readonly kill: () => Promise<void>;
  /** Resolves when it serves, as start() does, without starting it: something that it needs was away. */
  readonly recovered: () => Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  /** Why it is no longer there; undefined while it is. */
  ended: string | undefined;
  readonly end: Promise<void>;
}

const patience = 30_000;
const pause = 50;
const shownLines = 25;

const lastLines = async (file: string): Promise<string> => {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.slice(-shownLines).join('\n');
};

const spawnServer = ({ command, arguments: rest, logFile }: ServerProgram): Running => {
  const log = openSync(logFile, 'a');
  // The kernel kills it when we die, also by a kill -9 that lets nobody clean up.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', command, ...rest], { stdio: ['ignore', log, log] });
  closeSync(log);
  const end = once(child, 'exit').then(
    ([code, signal]) => `ended with ${code ?? signal}`,
    error => `could not be started by setpriv of util-linux: ${error}`,
  );
  const running: Running = {
    child,
    ended: undefined,
    end: end.then(how => {
      running.ended = how;
    }),
  };
  return running;
};

const waitUntilReady = async (program: ServerProgram, running: Running): Promise<void> => {
  const giveUpAt = Date.now() + patience;
  for (;;) {
    const serves = await program.isReady().catch(() => false);
    const late = Date.now() > giveUpAt ? `did not serve within ${patience / 1000} s` : undefined;
    // Asked also when something serves: another server may hold the port and answer in its place.
    const trouble = running.ended ?? (serves ? undefined : late);
    if (trouble !== undefined) throw new Error(`${program.command} ${trouble}\n${await lastLines(program.logFile)}`);
    if (serves) return;
    await new Promise(resolve => setTimeout(resolve, pause));
  }
};

/** Starts nothing yet. */
export const prepareServer = (program: ServerProgram): ServerProcess => {
  let running: Running | undefined;
  const kill = async (): Promise<void> => {
    running?.child.kill('SIGKILL');
    await running?.end;
    running = undefined;
  };
  const recovered = async (): Promise<void> => {
    if (running !== undefined) await waitUntilReady(program, running);
  };
  const start = async (): Promise<void> => {
    await kill();
    running = spawnServer(program);
    try {
      await recovered();
    } catch (error) {
      await kill();
      throw error;
    }
  };
  return { start, kill, recovered };
};

// Starts another program of the project as a process that has our terminal.
import { execa } from 'execa';

export interface ChildProgram {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Everything the program sees: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it with SIGTERM; it gets a minute to clean up. */
  readonly signal: AbortSignal;
}

/** Its exit code; 128 + n where a signal ended it. Throws when it cannot be started. */
export const runChildProgram = async (program: ChildProgram): Promise<number> => {
  const child = execa(program.command, [...program.arguments], {
    env: { ...program.environment },
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
    cancelSignal: program.signal,
    forceKillAfterDelay: 60_000,
  });
  const end = await child;
  if (child.pid === undefined) throw new Error(end.shortMessage);
  return end.exitCode ?? 143;
};

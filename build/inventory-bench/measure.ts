// What a process cost: wall time, CPU of its whole tree and its peak memory, as the kernel tells them at its end.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';

export interface Cost {
  readonly exitCode: number;
  readonly wallSeconds: number;
  /** User and system time, of its children too. */
  readonly cpuSeconds: number;
  /** Of the largest process of the tree. */
  readonly peakMib: number;
}

export interface Measured {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Takes what it prints. */
  readonly logFile: string;
}

/** Node does not tell the CPU time of a finished child. The inherited stdin stays open, as scan holds a tool's. */
const program = `
import os, subprocess, sys, time
with open(sys.argv[1], "wb") as log:
    begin = time.perf_counter()
    child = subprocess.Popen(sys.argv[2:], stdout=log, stderr=log)
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
print(os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
`;

/** Runs the command to its end. Throws with its last words when it fails. */
export const measure = async ({ command, environment, logFile }: Measured): Promise<Cost> => {
  const python = process.env['PYTHON'] || 'python3';
  const { stdout } = await execa(python, ['-c', program, logFile, ...command], {
    extendEnv: false,
    env: { ...environment },
  });
  const [exitCode = -1, wallSeconds = 0, cpuSeconds = 0, peakKib = 0] = stdout.split(' ').map(Number);
  if (exitCode === 0) return { exitCode, wallSeconds, cpuSeconds, peakMib: peakKib / 1024 };
  const words = (await readFile(logFile, 'utf8')).slice(-2000);
  throw new Error(`${command.join(' ')} ended with ${exitCode}: ${words}`);
};

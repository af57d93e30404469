// A program of this checkout that serves until it is stopped, as the process that it is, gone with the test.
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { vi } from 'vitest';

export interface StartedProgram {
  /** Where it listens, once it says so. */
  readonly url: () => Promise<string>;
  /** What it said on stderr so far. */
  readonly said: () => string;
  readonly end: Promise<{ readonly exitCode: number | undefined; readonly stderr: string }>;
  /** By a signal that it may answer; resolves when it has ended. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | undefined>;
}

export interface ProgramStart {
  /** From the root of the checkout; the bundled command when left out. */
  readonly entry?: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Nothing of the caller's environment reaches it. Stop it. */
export const startProgram = ({
  entry = 'dist/aws-inventory.mjs',
  args,
  environment,
  cwd,
}: ProgramStart): StartedProgram => {
  const program = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const child = execa(process.execPath, [program, ...args], {
    ...{ extendEnv: false, reject: false, stdin: 'ignore', ...(cwd === undefined ? {} : { cwd }) },
    env: { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', ...environment },
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += String(chunk);
  });
  const find = (): string => /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0] ?? '';
  return {
    said: () => said,
    end: child.then(({ exitCode, stderr }) => ({ exitCode, stderr: String(stderr) })),
    url: async () => {
      let ended = false;
      void child.then(() => {
        ended = true;
      });
      await vi.waitUntil(() => ended || find() !== '', { timeout: 20_000, interval: 20 });
      if (find() === '') throw new Error(`it ended before it listened: ${said}`);
      return find();
    },
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return (await child).exitCode;
    },
  };
};

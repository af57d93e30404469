// An identity of the caller that never comes: a `credential_process` that hangs, as one that waits for a person does.
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';

export interface HangingCredentials {
  readonly environment: Readonly<Record<string, string>>;
  /** Resolves once the program was started and waits. */
  readonly asked: () => Promise<void>;
}

/** Ends with the test. */
export const hangingCredentials = async (directory: string): Promise<HangingCredentials> => {
  const config = join(directory, 'config');
  const pidFile = join(directory, 'pid');
  await writeFile(
    config,
    `[default]\ncredential_process = sh -c "echo $$ > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; exec sleep 60"\n`,
  );
  onTestFinished(() => {
    if (existsSync(pidFile)) process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
  });
  return {
    environment: { PATH: process.env['PATH'] ?? '', AWS_CONFIG_FILE: config },
    asked: () => expect.poll(() => existsSync(pidFile), { timeout: 15_000 }).toBe(true),
  };
};

// What every command gets from main: the environment, where to write, and when to stop.

export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Facts alone. */
  readonly stdout: NodeJS.WriteStream;
  /** Progress, warnings, errors. */
  readonly stderr: NodeJS.WriteStream;
}

const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** Aborts at the first SIGINT or SIGTERM, so that the command can clean up; a second one ends the process at once. */
export const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  // Not once(): where no listener is left, execa's own clean-up raises the signal again.
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(exitCodes[name]);
      stop.abort(new Error(name));
    });
  }
  return stop.signal;
};

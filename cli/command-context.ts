// What every command gets from main: the environment, where to write, and when to stop.

export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Facts alone. */
  readonly stdout: NodeJS.WriteStream;
  /** Progress, warnings, errors. */
  readonly stderr: NodeJS.WriteStream;
}

/** SIGHUP comes when the terminal is closed: nobody would end what still runs. */
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Aborts at the first of these signals, so that the command can clean up; the same one again ends the process at once.
 * Another one does not: whoever started us may pass on as SIGTERM what the terminal has sent us as SIGINT.
 */
export const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  // Not once(): where no listener is left, execa's own clean-up raises the signal again.
  for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    let seen = false;
    process.on(name, () => {
      if (seen) process.exit(exitCodes[name]);
      seen = true;
      stop.abort(new Error(name));
    });
  }
  return stop.signal;
};

// What every command gets from main: the environment, where to write, and when to stop.

export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Facts alone. */
  readonly stdout: NodeJS.WriteStream;
  /** Progress, warnings, errors. */
  readonly stderr: NodeJS.WriteStream;
}

/** Aborts at the first SIGINT or SIGTERM; a second one ends the process as the system does. */
export const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(name)));
  return stop.signal;
};

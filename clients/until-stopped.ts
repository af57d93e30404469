// A wait that a signal ends, for work that takes no signal itself: the SDK's own credentials, a `credential_process` that hangs.

/** The work's end, or a rejection with the signal's reason if that comes first; then the work goes on unheard. */
export const untilStopped = async <Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> => {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([stopped.promise, work]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

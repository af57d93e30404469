// Time, for rooms that may not touch timers themselves.
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';

/** Resolves after `milliseconds`; rejects with an AbortError as soon as the signal says so. */
export const sleep = async (milliseconds: number, signal?: AbortSignal): Promise<void> => {
  await wait(milliseconds, undefined, signal === undefined ? {} : { signal });
};

/** Resolves when what else waits has had its turn: long work in between does not keep requests waiting. */
export const giveWay = async (): Promise<void> => {
  await nextTurn();
};

/** Now, as RFC 3339 in UTC with milliseconds. */
export const timestamp = (): string => new Date().toISOString();

/** A stopwatch in seconds, rounded to milliseconds, that a change of the machine's clock does not move. */
export const startStopwatch = (): (() => number) => {
  const started = performance.now();
  return () => Math.round(performance.now() - started) / 1000;
};

// Part of the local backend: wakes the orchestrator when a Job changed. Supervisors ring a bell; a poll hears what it misses.
import { readFileSync, watch } from 'node:fs';
import { sleep } from '../clock.ts';
import { bellFile } from './job-files.ts';

export interface JobChanges {
  /** What is read from now on is newer than this moment. */
  readonly mark: () => void;
  /** Resolves after a change since the mark, after a second, or on the signal. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
}

/** Changes come in bursts: one wake-up per burst keeps the listing of thousands of Jobs from being repeated. */
const burstMilliseconds = 50;
const pollMilliseconds = 1_000;

const readBell = (jobs: string): string => {
  try {
    return readFileSync(bellFile(jobs), 'utf8');
  } catch {
    return '';
  }
};

/** Calls back at the next event in the directory; a system that cannot watch leaves it to the poll. */
const watchOnce = (jobs: string, heard: () => void): (() => void) => {
  try {
    const watcher = watch(jobs, heard);
    watcher.on('error', heard);
    return () => watcher.close();
  } catch {
    return () => {};
  }
};

export const openJobChanges = (jobs: string): JobChanges => {
  let marked = '';
  const wait = async (signal: AbortSignal) => {
    await sleep(burstMilliseconds, signal);
    const heard = new AbortController();
    const close = watchOnce(jobs, () => heard.abort());
    try {
      // Between the mark and the watch nobody listened.
      if (readBell(jobs) === marked) await sleep(pollMilliseconds, AbortSignal.any([signal, heard.signal]));
    } finally {
      close();
    }
  };
  return {
    mark: () => {
      marked = readBell(jobs);
    },
    // The only rejection of a sleep is its signal's, which is an answer here.
    wait: signal => wait(signal).catch(() => undefined),
  };
};

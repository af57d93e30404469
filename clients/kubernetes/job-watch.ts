// The Jobs of one run as the API server tells them: listed once, then watched, with a watchdog on the watch.
import { Watch } from '@kubernetes/client-node';
import { hasFinished } from '../../contract/observed-job.ts';
import { sleep } from '../clock.ts';
import type { KubernetesConnection } from './connection.ts';
import type { ClusterJobs, RawJob } from './jobs.ts';
import { type JobSight, runSelector, sightJob } from './observe-job.ts';

export interface JobWatch {
  /** All Jobs of the run as they are known now. Lists them first whenever the watch cannot be trusted; rejects when that fails. */
  readonly read: () => Promise<ReadonlyMap<string, JobSight>>;
  /** Resolves when something changed since the last read, after some seconds in any case; rejects when the signal aborts. */
  readonly wait: (signal: AbortSignal) => Promise<void>;
  readonly stop: () => void;
}

/** The server sends a bookmark every minute: what is silent for longer is broken, though the connection stands. */
const usualSilence = 90_000;
/** Before the server ends the watch by itself, as it does with every watch. */
const watchSeconds = 600;
/** A watch that was away for longer is not waited for: the Jobs are listed. */
const blindMilliseconds = 15_000;
const longestWait = 5_000;
/** Changes come in bursts: one look for each burst. */
const burstMilliseconds = 200;
const longestBackoff = 30_000;

interface WatchState {
  readonly jobs: Map<string, JobSight>;
  resourceVersion: string | undefined;
  /** When the watch was lost; undefined while it stands. */
  lostAt: number | undefined;
  failures: number;
  changed: PromiseWithResolvers<void>;
}

type WatchEnd = { readonly kind: 'closed' } | { readonly kind: 'expired' } | { readonly kind: 'failed' };

const apply = (state: WatchState, phase: string, job: RawJob): void => {
  const sight = sightJob(job);
  const known = state.jobs.get(sight.name);
  state.resourceVersion = job.metadata?.resourceVersion ?? state.resourceVersion;
  if (phase === 'BOOKMARK') return;
  if (phase !== 'DELETED') state.jobs.set(sight.name, sight);
  // One that its TTL took away has its outcome; one that was deleted before its end is gone.
  else if (hasFinished(sight)) state.jobs.set(sight.name, { ...sight, deleting: false });
  else if (known?.uid === sight.uid) state.jobs.delete(sight.name);
  state.changed.resolve();
};

const endOf = (error: unknown, expired: boolean): WatchEnd => {
  if (expired || (error as { statusCode?: number } | null)?.statusCode === 410) return { kind: 'expired' };
  const isSilence = error instanceof DOMException && error.name === 'TimeoutError';
  return error === null || error === undefined || isSilence ? { kind: 'closed' } : { kind: 'failed' };
};

interface WatchedRun {
  readonly connection: KubernetesConnection;
  readonly jobs: ClusterJobs;
  readonly run: string;
  readonly signal: AbortSignal;
  /** After which a watch that says nothing is made anew; 90,000 when not given. */
  readonly silenceMilliseconds?: number;
}

/** One watch from its first to its last event. */
const watchOnce = async (
  { connection, run, signal, silenceMilliseconds }: WatchedRun,
  state: WatchState,
): Promise<WatchEnd> => {
  // Its own 30 seconds would open a new watch twice a minute for as long as scans take.
  const watch = new Watch(connection.config);
  Object.assign(watch, { requestTimeoutMs: silenceMilliseconds ?? usualSilence });
  const ended = Promise.withResolvers<WatchEnd>();
  let expired = false;
  let over = false;
  const end = (error: unknown) => {
    over = true;
    ended.resolve(endOf(error, expired));
  };
  const query = {
    labelSelector: runSelector(run),
    resourceVersion: state.resourceVersion,
    allowWatchBookmarks: true,
    timeoutSeconds: watchSeconds,
  };
  const hear = (phase: string, object: RawJob & { readonly code?: number }) => {
    if (phase === 'ERROR') expired ||= object.code === 410;
    else {
      state.failures = 0;
      apply(state, phase, object);
    }
  };
  const path = `/apis/batch/v1/namespaces/${connection.namespace}/jobs`;
  const controller = await watch.watch(path, query, hear, end);
  // It resolves when the server has answered, or after an end: what happens from here on is heard.
  if (!over) state.lostAt = undefined;
  const stop = () => controller.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await ended.promise;
  } finally {
    signal.removeEventListener('abort', stop);
  }
};

/** Watches for as long as nobody stops it. Where it left off is taken up again; what is too old for that is left to read(). */
const keepWatching = async (watched: WatchedRun, state: WatchState): Promise<void> => {
  while (!watched.signal.aborted) {
    const end = await watchOnce(watched, state).catch((): WatchEnd => ({ kind: 'failed' }));
    if (watched.signal.aborted) return;
    state.lostAt ??= Date.now();
    if (end.kind === 'expired') {
      state.resourceVersion = undefined;
      state.changed.resolve();
      return;
    }
    if (end.kind === 'failed') state.failures += 1;
    const delay = Math.min(longestBackoff, 250 * 2 ** state.failures) * Math.random();
    await sleep(delay, watched.signal).catch(() => undefined);
  }
};

const list = async ({ jobs, run }: WatchedRun, state: WatchState): Promise<void> => {
  const listed = new Map<string, JobSight>();
  const resourceVersion = await jobs.list(runSelector(run), job => {
    const sight = sightJob(job);
    listed.set(sight.name, sight);
  });
  // A Job that had ended and is no longer listed was taken away by its TTL: it has its outcome all the same.
  for (const [name, sight] of state.jobs) if (!listed.has(name) && hasFinished(sight)) listed.set(name, sight);
  state.jobs.clear();
  for (const [name, sight] of listed) state.jobs.set(name, sight);
  state.resourceVersion = resourceVersion;
};

/** Starts with the first read. */
export const watchJobs = (watched: WatchedRun): JobWatch => {
  const stopping = new AbortController();
  const signal = AbortSignal.any([watched.signal, stopping.signal]);
  const state: WatchState = {
    jobs: new Map(),
    resourceVersion: undefined,
    lostAt: Date.now(),
    failures: 0,
    changed: Promise.withResolvers(),
  };
  let isWatching = false;
  const startWatching = async () => {
    if (isWatching) return;
    isWatching = true;
    await keepWatching({ ...watched, signal }, state);
    isWatching = false;
  };
  return {
    read: async () => {
      state.changed = Promise.withResolvers();
      const isBlind = state.lostAt !== undefined && Date.now() - state.lostAt > blindMilliseconds;
      if (state.resourceVersion === undefined || isBlind) {
        await list(watched, state);
        state.lostAt = Date.now();
      }
      void startWatching();
      return state.jobs;
    },
    wait: async waitSignal => {
      const patience = new AbortController();
      const over = AbortSignal.any([waitSignal, patience.signal]);
      await Promise.race([state.changed.promise, sleep(longestWait, over)]).finally(() => patience.abort());
      await sleep(burstMilliseconds, waitSignal);
    },
    stop: () => stopping.abort(),
  };
};

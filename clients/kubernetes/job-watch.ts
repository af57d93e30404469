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
const usualBlindness = 15_000;
const longestWait = 5_000;
/** Changes come in bursts: one look for each burst. */
const burstMilliseconds = 200;
const longestBackoff = 30_000;
/** Watches in a row that told nothing: from where they began there is nothing to be heard. */
const tolerableFailures = 5;

interface WatchState {
  jobs: Map<string, JobSight>;
  resourceVersion: string | undefined;
  /** When the watch was lost; undefined while it stands. */
  lostAt: number | undefined;
  failures: number;
  changed: PromiseWithResolvers<void>;
}

type WatchEnd = 'closed' | 'expired' | 'failed';

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

/** What the server said in an ERROR event, and whether it said anything else. */
interface Heard {
  events: number;
  errorCode: number | undefined;
}

const endOf = (error: unknown, { events, errorCode }: Heard): WatchEnd => {
  if (errorCode === 410 || (error as { statusCode?: number } | null)?.statusCode === 410) return 'expired';
  // Even a quiet watch has its bookmarks: one that ends without an event was no watch.
  if (events === 0 || errorCode !== undefined) return 'failed';
  const isSilence = error instanceof DOMException && error.name === 'TimeoutError';
  return error === null || error === undefined || isSilence ? 'closed' : 'failed';
};

interface WatchedRun {
  readonly connection: KubernetesConnection;
  readonly jobs: ClusterJobs;
  readonly run: string;
  readonly signal: AbortSignal;
  /** After which a watch that says nothing is made anew; 90,000 when not given. */
  readonly silenceMilliseconds?: number;
  /** How long a watch may be away until the Jobs are listed; 15,000 when not given. */
  readonly blindMilliseconds?: number;
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
  const heard: Heard = { events: 0, errorCode: undefined };
  let over = false;
  const end = (error: unknown) => {
    over = true;
    ended.resolve(endOf(error, heard));
  };
  const query = {
    labelSelector: runSelector(run),
    resourceVersion: state.resourceVersion,
    allowWatchBookmarks: true,
    timeoutSeconds: watchSeconds,
  };
  const hear = (phase: string, object: RawJob & { readonly code?: number }) => {
    // Told to stop, it may still have some events in hand: what is listed meanwhile is newer.
    if (signal.aborted) return;
    if (phase === 'ERROR') {
      heard.errorCode = object.code ?? 500;
    } else {
      heard.events += 1;
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
    const end = await watchOnce(watched, state).catch((): WatchEnd => 'failed');
    if (watched.signal.aborted) return;
    state.lostAt ??= Date.now();
    if (end === 'failed') state.failures += 1;
    if (end === 'expired' || state.failures >= tolerableFailures) {
      state.resourceVersion = undefined;
      state.failures = 0;
      state.changed.resolve();
      return;
    }
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
  state.jobs = listed;
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
  let standing: { readonly stop: AbortController; readonly ended: Promise<void> } | undefined;
  const startWatching = () => {
    const stop = new AbortController();
    const either = AbortSignal.any([signal, stop.signal]);
    standing = { stop, ended: keepWatching({ ...watched, signal: either }, state) };
  };
  const stopWatching = async () => {
    standing?.stop.abort();
    await standing?.ended;
  };
  return {
    read: async () => {
      state.changed = Promise.withResolvers();
      const isBlind =
        state.lostAt !== undefined && Date.now() - state.lostAt > (watched.blindMilliseconds ?? usualBlindness);
      if (state.resourceVersion === undefined || isBlind) {
        // One at a time: the list would put what is older in place of what the watch tells meanwhile.
        await stopWatching();
        await list(watched, state);
        state.lostAt = Date.now();
        startWatching();
      }
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

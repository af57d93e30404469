// Behind every answer of the exporter: follows latest.json in the background, and swaps a new snapshot for the old one.
import { sleep, startStopwatch, timestamp } from '../clients/clock.ts';
import type { Log } from '../clients/log.ts';
import type { Documents } from '../clients/results/documents.ts';
import { type InventoryError, toInventoryError } from '../contract/errors.ts';
import type { Latest, LatestAccount } from '../contract/manifest.ts';
import { latestKey } from '../contract/report-keys.ts';
import { toleratedSkew } from './digest-account.ts';
import { createPool, type Pool } from './intern.ts';
import { type KnownRows, readLatest } from './read-latest.ts';
import { type ReadScans, readScans, type ScanBook } from './read-scans.ts';
import type { AccountView, ReportProblem, Snapshot } from './snapshot.ts';

export interface FollowOptions {
  readonly documents: Documents;
  /** Of manifests and latest.json. */
  readonly prefix: string;
  /** Seconds between two looks. */
  readonly interval: number;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Awaited before anybody sees the snapshot: what is made of it is there with it. */
  readonly prepare: (snapshot: Snapshot) => Promise<void>;
}

/** How the following goes: what /health and the exporter's own metrics say. */
export interface FollowState {
  readonly snapshot: Snapshot | undefined;
  readonly lastAttemptAt: string | undefined;
  readonly lastSuccessAt: string | undefined;
  /** Of the last attempt; undefined when it succeeded. */
  readonly failure: InventoryError | undefined;
  /** In a row. */
  readonly failures: number;
  readonly succeeded: number;
  readonly failed: number;
  /** Seconds that the last attempt took. */
  readonly seconds: number;
  /** Seconds that the last attempt took which fetched reports. */
  readonly changeSeconds: number | undefined;
  readonly reportsRead: number;
  readonly bytesRead: number;
}

export interface Follower {
  readonly state: () => FollowState;
  /** One look; never throws. Whoever asks while one is going on gets that one's end. */
  readonly refresh: () => Promise<void>;
  /** Looks until the signal says so. */
  readonly follow: () => Promise<void>;
}

export interface Delay {
  readonly interval: number;
  /** In a row. */
  readonly failures: number;
  readonly hasSnapshot: boolean;
  /** 0 to 1. */
  readonly chance: number;
}

/** While S3 answers nothing it is asked less and less often; but who has nothing to show yet asks again soon. */
const longestDelay = 300;
const firstDelay = 5;

/** Seconds to the next look: a tenth more or less, so that a hundred exporters do not ask at once. */
export const nextDelay = ({ interval, failures, hasSnapshot, chance }: Delay): number => {
  const slower = interval * 2 ** Math.min(failures, 10);
  const usual = failures === 0 ? interval : Math.min(slower, Math.max(longestDelay, interval));
  const sooner =
    hasSnapshot || failures === 0 ? usual : Math.min(interval, firstDelay * 2 ** Math.min(failures - 1, 10));
  return sooner * (0.9 + 0.2 * chance);
};

type Views = WeakMap<LatestAccount, AccountView>;

/** What the next look needs of the last one. */
interface Following {
  readonly options: FollowOptions;
  readonly book: ScanBook;
  readonly pool: Pool;
  readonly views: Views;
  latest: Latest | undefined;
  tag: string | undefined;
  knownRows: KnownRows;
  /** Something was read that no snapshot shows yet. */
  isBehind: boolean;
  state: FollowState;
}

interface Seen {
  readonly place: string;
  readonly takenAt: string;
  readonly latest: Latest;
  readonly book: ScanBook;
  readonly views: Views;
  readonly problems: readonly ReportProblem[];
}

/** An account of which nothing has changed stays the same object: what was made of it holds. */
const viewAccounts = ({ latest, book, views }: Seen): AccountView[] =>
  latest.accounts.map(row => {
    const digest = book.digests.get(row.id);
    const known = views.get(row);
    if (known !== undefined && known.digest === digest) return known;
    const view = { ...row, digest };
    views.set(row, view);
    return view;
  });

const buildSnapshot = (seen: Seen): Snapshot => {
  const { place, takenAt, latest, problems } = seen;
  const { updatedAt, completeRun, runs } = latest;
  return { place, takenAt, updatedAt, completeRun, runs, accounts: viewAccounts(seen), problems };
};

/** latest.json from a clock that is ahead is used all the same: it is all there is. */
const problemsOfLatest = ({ updatedAt }: Latest, key: string, now: string): ReportProblem[] => {
  if (Date.parse(updatedAt) <= Date.parse(now) + toleratedSkew) return [];
  return [{ account: '', key, reason: 'from-the-future', message: `it says that it was written at ${updatedAt}` }];
};

const problemOfFailure = (error: InventoryError, key: string): ReportProblem => {
  const reasons: Readonly<Record<string, ReportProblem['reason']>> = {
    'report-unreadable': 'corrupt',
    'results-not-found': 'absent',
  };
  return { account: '', key, reason: reasons[error.code] ?? 'unreadable', message: error.message };
};

const sameProblems = (a: readonly ReportProblem[], b: readonly ReportProblem[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

const idle: FollowState = {
  snapshot: undefined,
  lastAttemptAt: undefined,
  lastSuccessAt: undefined,
  failure: undefined,
  failures: 0,
  succeeded: 0,
  failed: 0,
  seconds: 0,
  changeSeconds: undefined,
  reportsRead: 0,
  bytesRead: 0,
};

/** Nothing happens where the snapshot would be the same. */
const publish = async (following: Following, problems: readonly ReportProblem[]): Promise<void> => {
  const { latest, book, options, state } = following;
  if (latest === undefined) return;
  if (!following.isBehind && state.snapshot !== undefined && sameProblems(state.snapshot.problems, problems)) return;
  const about = { place: options.documents.place, takenAt: timestamp() };
  const snapshot = buildSnapshot({ ...about, latest, book, views: following.views, problems });
  await options.prepare(snapshot);
  following.state = { ...following.state, snapshot };
  following.isBehind = false;
};

const look = async (following: Following): Promise<Pick<ReadScans, 'read' | 'bytes'>> => {
  const { documents, prefix, signal } = following.options;
  const { book, pool } = following;
  const { tag: unlessTag, knownRows } = following;
  const answer = await readLatest({ documents, prefix, unlessTag, knownRows, signal });
  const latest = answer === 'unchanged' ? following.latest : answer.latest;
  if (latest === undefined) return { read: 0, bytes: 0 };
  if (answer !== 'unchanged') following.isBehind = true;
  const note = () => {
    following.isBehind = true;
  };
  const scans = await readScans(latest.accounts, { documents, book, pool, now: timestamp, signal, note });
  // Only now: what breaks off before this is looked at again as a whole.
  following.latest = latest;
  if (answer !== 'unchanged') Object.assign(following, { tag: answer.tag, knownRows: answer.knownRows });
  await publish(following, [...problemsOfLatest(latest, latestKey(prefix), timestamp()), ...scans.problems]);
  return scans;
};

const fail = async (following: Following, thrown: unknown): Promise<void> => {
  const { log, prefix } = following.options;
  const error = toInventoryError(thrown);
  const { code, remedy } = error;
  log.warn({ code, remedy, reason: error.message, err: code === 'unexpected' ? error : undefined }, 'not refreshed');
  const { state } = following;
  following.state = { ...state, failure: error, failures: state.failures + 1, failed: state.failed + 1 };
  const key = latestKey(prefix);
  const others = (state.snapshot?.problems ?? []).filter(problem => problem.key !== key);
  await publish(following, [problemOfFailure(error, key), ...others]).catch((cause: unknown) =>
    log.error({ err: cause }, 'the last good snapshot cannot be shown with its problem'),
  );
};

const succeed = ({ state }: Following, { read, bytes }: Pick<ReadScans, 'read' | 'bytes'>): FollowState => ({
  ...state,
  lastSuccessAt: timestamp(),
  failure: undefined,
  failures: 0,
  succeeded: state.succeeded + 1,
  reportsRead: state.reportsRead + read,
  bytesRead: state.bytesRead + bytes,
});

const refreshOnce = async (following: Following): Promise<void> => {
  const { log, signal } = following.options;
  const elapsed = startStopwatch();
  const { reportsRead } = following.state;
  following.state = { ...following.state, lastAttemptAt: timestamp() };
  try {
    const scans = await look(following);
    following.state = succeed(following, scans);
    const { accounts = [], problems = [] } = following.state.snapshot ?? {};
    const facts = { accounts: accounts.length, problems: problems.length, read: scans.read, bytes: scans.bytes };
    log[scans.read > 0 ? 'info' : 'debug']({ ...facts, seconds: elapsed() }, 'refreshed');
  } catch (thrown) {
    if (!signal.aborted) await fail(following, thrown);
  }
  const seconds = elapsed();
  const hasRead = following.state.reportsRead > reportsRead;
  following.state = { ...following.state, seconds, ...(hasRead ? { changeSeconds: seconds } : {}) };
};

/** Starts nothing yet. */
export const createFollower = (options: FollowOptions): Follower => {
  const book: ScanBook = { digests: new Map(), hopeless: new Map() };
  const pool = createPool();
  const nothing = { latest: undefined, tag: undefined, knownRows: new Map(), isBehind: false, state: idle };
  const following: Following = { options, book, pool, views: new WeakMap(), ...nothing };
  let running: Promise<void> | undefined;
  const refresh = (): Promise<void> => {
    running ??= refreshOnce(following).finally(() => {
      running = undefined;
    });
    return running;
  };
  const follow = async (): Promise<void> => {
    while (!options.signal.aborted) {
      await refresh();
      const { failures, snapshot } = following.state;
      const delay = {
        interval: options.interval,
        failures,
        hasSnapshot: snapshot !== undefined,
        chance: Math.random(),
      };
      await sleep(nextDelay(delay) * 1000, options.signal).catch(() => undefined);
    }
  };
  return { state: () => following.state, refresh, follow };
};

// One look at a run's Jobs: which accounts are thereby finished, which Jobs of others are ours to adopt, which are gone.
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { hasFinished, type ObservedJob } from '../contract/observed-job.ts';
import { type AccountVerdict, decideOutcome, failedVerdict } from './decide-outcome.ts';
import type { PlannedAccount, RunPlan } from './plan.ts';
import type { RunProgress } from './progress.ts';
import { checkAdoptable, type Submission } from './submit.ts';

export interface FinishedAccount {
  readonly planned: PlannedAccount;
  readonly verdict: AccountVerdict;
  /** As it was seen last; undefined when no Job ever was. */
  readonly job: ObservedJob | undefined;
}

export interface FollowOptions extends Submission {
  readonly plan: RunPlan;
  readonly progress: RunProgress;
  readonly finished: (account: FinishedAccount) => Promise<void>;
  /** What a Job of this run that is gone has left in the bucket; undefined when it left nothing. */
  readonly findLeftVerdict: (planned: PlannedAccount) => Promise<AccountVerdict | undefined>;
}

interface FollowedJob {
  readonly planned: PlannedAccount;
  /** What held it up when it was seen last: told once for each reason. */
  hindrance: string | null;
  /** Since when no look has shown it, in milliseconds; undefined while it is seen. */
  absentSince: number | undefined;
}

export interface Following {
  waiting: PlannedAccount[];
  /** By Job name: those that were submitted or adopted and have no outcome yet. */
  readonly running: Map<string, FollowedJob>;
  /** By Job name: the last look. */
  seen: ReadonlyMap<string, ObservedJob>;
  /** How often a Job that somebody deleted was made anew. */
  readonly recreated: Map<string, number>;
  /** When a Job was first seen being deleted, in milliseconds. */
  readonly deletingSince: Map<string, number>;
  /** When the creation of a Job was first put off because the backend was away, in milliseconds. */
  readonly putOffSince: Map<string, number>;
  /** Looks in a row that failed. */
  failedLooks: number;
  done: number;
}

export const beginFollowing = (plan: RunPlan): Following => ({
  waiting: [...plan.planned],
  running: new Map(),
  seen: new Map(),
  recreated: new Map(),
  deletingSince: new Map(),
  putOffSince: new Map(),
  failedLooks: 0,
  done: 0,
});

/** A Job that somebody deleted before it ended is made anew this often. */
const recreations = 1;
/** What was just created may not be told of yet: only then is it asked for by name. */
const absentMilliseconds = 2_000;
/** Far more than any grace period: a deletion that takes longer waits for something that does not come. */
const deletionMilliseconds = 600_000;
/** The backend may be away for a while; each look is followed by a wait. */
const tolerableFailures = 60;

export const followed = (planned: PlannedAccount): FollowedJob => ({
  planned,
  hindrance: null,
  absentSince: undefined,
});

export const settle = async (options: FollowOptions, state: Following, account: FinishedAccount): Promise<void> => {
  state.running.delete(account.planned.job);
  state.done += 1;
  await options.finished(account);
};

export const settleError = (
  options: FollowOptions,
  state: Following,
  failed: { planned: PlannedAccount; thrown: unknown },
) => {
  const { code, message, remedy } = toInventoryError(failed.thrown);
  const job = state.seen.get(failed.planned.job);
  return settle(options, state, { planned: failed.planned, verdict: failedVerdict(code, message, remedy), job });
};

/** True while the name is taken by a Job that is being deleted. Throws job-conflict when that does not end. */
const isBeingDeleted = (state: Following, job: ObservedJob | undefined, name: string): boolean => {
  if (job?.deleting !== true) {
    state.deletingSince.delete(name);
    return false;
  }
  const since = state.deletingSince.get(name) ?? Date.now();
  state.deletingSince.set(name, since);
  if (Date.now() - since < deletionMilliseconds) return true;
  throw new InventoryError('job-conflict', `The Job ${name} is being deleted and does not go away`);
};

/** What an earlier start of this run made, or a second orchestrator makes: it joins those that are followed. */
const adoptWaiting = async (options: FollowOptions, state: Following): Promise<void> => {
  const waiting = state.waiting;
  state.waiting = [];
  for (const planned of waiting) {
    const job = state.seen.get(planned.job);
    try {
      if (job === undefined || isBeingDeleted(state, job, planned.job)) {
        state.waiting.push(planned);
        continue;
      }
      checkAdoptable(job, planned);
    } catch (thrown) {
      await settleError(options, state, { planned, thrown });
      continue;
    }
    options.progress.submitted(planned.account.id, 'adopted');
    state.running.set(planned.job, followed(planned));
  }
};

const followAbsent = async (options: FollowOptions, state: Following, absentee: FollowedJob): Promise<void> => {
  const { planned } = absentee;
  absentee.absentSince ??= Date.now();
  if (Date.now() - absentee.absentSince < absentMilliseconds) return;
  absentee.absentSince = undefined;
  if ((await options.backend.readJob(planned.job)) !== undefined) return;
  // Its TTL may have taken it away between two looks, and the account must not be scanned twice.
  const verdict = await options.findLeftVerdict(planned);
  if (verdict !== undefined) return await settle(options, state, { planned, verdict, job: undefined });
  const recreated = state.recreated.get(planned.job) ?? 0;
  if (recreated >= recreations) {
    const thrown = new InventoryError('job-vanished', `the Job ${planned.job} was deleted before it ended`);
    await settleError(options, state, { planned, thrown });
    return;
  }
  options.progress.warned('job deleted by somebody else; it is made anew', { job: planned.job });
  state.recreated.set(planned.job, recreated + 1);
  state.running.delete(planned.job);
  state.waiting.unshift(planned);
};

const tellHindrance = (options: FollowOptions, hindered: FollowedJob, reason: string | null): void => {
  if (reason === hindered.hindrance) return;
  hindered.hindrance = reason;
  if (reason !== null) options.progress.warned('a Job does not get on', { job: hindered.planned.job, reason });
};

const followOne = async (options: FollowOptions, state: Following, one: FollowedJob): Promise<void> => {
  const { planned } = one;
  const job = state.seen.get(planned.job);
  if (job === undefined) return await followAbsent(options, state, one);
  one.absentSince = undefined;
  if (!hasFinished(job)) tellHindrance(options, one, job.hindrance);
  try {
    // What a Job says while it is torn down is no outcome, unless it had succeeded before.
    if (job.phase !== 'succeeded' && isBeingDeleted(state, job, planned.job)) return;
  } catch (thrown) {
    return await settleError(options, state, { planned, thrown });
  }
  if (hasFinished(job)) await settle(options, state, { planned, verdict: decideOutcome(job, planned.facts), job });
};

const readJobs = async (options: FollowOptions, state: Following): Promise<boolean> => {
  try {
    const jobs = await options.backend.listJobs(options.plan.run);
    state.seen = new Map(jobs.map(job => [job.name, job]));
    state.failedLooks = 0;
    return true;
  } catch (thrown) {
    state.failedLooks += 1;
    if (state.failedLooks > tolerableFailures) throw thrown;
    options.progress.warned('jobs not readable; tried again', { reason: toInventoryError(thrown).message });
    return false;
  }
};

/** Settles every account whose Job has finished. A look that fails is tried again at the next one, a bounded number of times. */
export const look = async (options: FollowOptions, state: Following): Promise<void> => {
  if (!(await readJobs(options, state))) return;
  await adoptWaiting(options, state);
  for (const followed of [...state.running.values()]) await followOne(options, state, followed);
};

/** Accounts that may be submitted now: the others' names are still taken by Jobs that are being deleted. */
export const isSubmittable = (state: Following, planned: PlannedAccount): boolean =>
  state.seen.get(planned.job)?.deleting !== true;

/** Jobs that hold a slot: ours, and those of this run that somebody else made. */
export const countUnfinished = (state: Following): number => {
  const others = [...state.seen.values()].filter(
    job => !hasFinished(job) && !job.deleting && !state.running.has(job.name),
  );
  return state.running.size + others.length;
};

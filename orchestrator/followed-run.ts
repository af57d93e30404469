// What is known of a run while it is followed: who waits, who runs, what was seen; and how an account is settled, once.
import { toInventoryError } from '../contract/errors.ts';
import { hasFinished, type ObservedJob } from '../contract/observed-job.ts';
import { type AccountVerdict, failedVerdict } from './decide-outcome.ts';
import type { PlannedAccount, RunPlan } from './plan.ts';
import type { RunProgress } from './progress.ts';
import type { Submission } from './submit.ts';

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

export interface FollowedJob {
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
  /** When the name of a Job was first found taken by one that is no Job of this run, in milliseconds. */
  readonly busySince: Map<string, number>;
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
  busySince: new Map(),
  failedLooks: 0,
  done: 0,
});

/** Far more than any grace period, or than an API server is away: what takes longer waits for something that does not come. */
const longestWait = 600_000;

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

/** False once it has lasted longer than anything that ends by itself. `since` remembers by name when it began. */
export const mayWaitLonger = (since: Map<string, number>, name: string): boolean => {
  const began = since.get(name) ?? Date.now();
  since.set(name, began);
  return Date.now() - began < longestWait;
};

/** The rest of the run cannot be followed, or not be made: each of its accounts says why, and the run is closed. */
export const giveUp = async (
  options: FollowOptions,
  state: Following,
  rest: { planned: readonly PlannedAccount[]; thrown: unknown },
): Promise<void> => {
  const error = toInventoryError(rest.thrown);
  options.progress.warned('the rest of the run is given up', { accounts: rest.planned.length, reason: error.message });
  for (const planned of rest.planned) await settleError(options, state, { planned, thrown: error });
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

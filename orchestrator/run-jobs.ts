// The window: submits the plan's Jobs so that never more than `maxRunning` are unfinished, and follows each to its end.
import pLimit from 'p-limit';
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { failedVerdict } from './decide-outcome.ts';
import {
  beginFollowing,
  countUnfinished,
  type Following,
  type FollowOptions,
  followed,
  giveUp,
  isSubmittable,
  mayWaitLonger,
  settle,
  settleError,
} from './followed-run.ts';
import { look } from './following.ts';
import type { PlannedAccount } from './plan.ts';
import { submitJob } from './submit.ts';

export interface RunJobsOptions extends FollowOptions {
  readonly maxRunning: number;
  readonly signal: AbortSignal;
  /** Aborts when the run's own deadline is reached: unlike `signal`, the run is then closed. */
  readonly deadline: AbortSignal;
  /** A Job of this run may have ended and be gone by now: the bucket is asked before an account gets its Job. */
  readonly mayHaveExpired: boolean;
}

/** Requests to the backend in flight. */
export const submitting = 10;

/** The backend may be away for a while, as when an API server is replaced. */
const mayBePutOff = (state: Following, planned: PlannedAccount, thrown: unknown): boolean =>
  toInventoryError(thrown).code === 'cluster-unavailable' && mayWaitLonger(state.putOffSince, planned.job);

const putBack = (state: Following, planned: PlannedAccount): void => {
  state.running.delete(planned.job);
  state.waiting.push(planned);
};

const submitOne = async (options: RunJobsOptions, state: Following, planned: PlannedAccount): Promise<void> => {
  if (options.signal.aborted || options.deadline.aborted) return putBack(state, planned);
  try {
    const verdict = options.mayHaveExpired ? await options.findLeftVerdict(planned) : undefined;
    if (verdict !== undefined) return await settle(options, state, { planned, verdict, job: undefined });
    const how = await submitJob(planned, options);
    if (how === 'busy') {
      if (mayWaitLonger(state.busySince, planned.job)) return putBack(state, planned);
      throw new InventoryError('job-conflict', `A Job ${planned.job} is being deleted and does not go away`);
    }
    options.progress.submitted(planned.account.id, how);
  } catch (thrown) {
    if (options.signal.aborted) return putBack(state, planned);
    // No other Job of this run will be made either: its accounts need not be tried one by one.
    if (toInventoryError(thrown).code === 'cluster-denied') {
      await settleError(options, state, { planned, thrown });
      return await giveUp(options, state, { planned: state.waiting.splice(0), thrown });
    }
    if (!mayBePutOff(state, planned, thrown)) return await settleError(options, state, { planned, thrown });
    options.progress.warned('job not created; tried again', { job: planned.job, reason: String(thrown) });
    putBack(state, planned);
  }
};

/** A slot is a Job that is not finished: those that wait for their TTL hold none. */
const fillWindow = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const free = Math.max(0, options.maxRunning - countUnfinished(state));
  const next = state.waiting.filter(planned => isSubmittable(state, planned)).slice(0, free);
  if (next.length === 0) return;
  const chosen = new Set(next);
  state.waiting = state.waiting.filter(planned => !chosen.has(planned));
  for (const planned of next) state.running.set(planned.job, followed(planned));
  await pLimit(submitting).map(next, planned => submitOne(options, state, planned));
};

const stopOne = async (options: RunJobsOptions, state: Following, planned: PlannedAccount): Promise<void> => {
  const failure = await options.backend.deleteJob(planned.job).then(
    () => '',
    thrown => `; its Job could not be deleted: ${toInventoryError(thrown).message}`,
  );
  const job = state.seen.get(planned.job);
  const hindrance = job?.hindrance == null ? '' : `; what held it up: ${job.hindrance}`;
  const what = `it had not ended when the run reached its deadline${hindrance}${failure}`;
  await settle(options, state, { planned, verdict: failedVerdict('run-deadline', what), job });
};

/** The run's deadline: what has finished counts, what still runs is stopped, and the rest has not begun. */
const closeAtDeadline = async (options: RunJobsOptions, state: Following): Promise<void> => {
  await look(options, state);
  const stopped = [...state.running.values()];
  await pLimit(submitting).map(stopped, ({ planned }) => stopOne(options, state, planned));
  for (const planned of state.waiting.splice(0)) {
    const verdict = failedVerdict('run-deadline', 'it had not begun when the run reached its deadline');
    await settle(options, state, { planned, verdict, job: undefined });
  }
};

const waitForChange = async (options: RunJobsOptions): Promise<void> => {
  const either = AbortSignal.any([options.signal, options.deadline]);
  await options.backend.waitForChange(either).catch(thrown => {
    if (!either.aborted) throw thrown;
  });
};

const followToEnd = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const total = options.plan.planned.length;
  while (state.done < total) {
    options.signal.throwIfAborted();
    if (options.deadline.aborted) return await closeAtDeadline(options, state);
    await look(options, state);
    await fillWindow(options, state);
    options.progress.counted({ waiting: state.waiting.length, running: state.running.size, finished: state.done });
    if (state.done < total) await waitForChange(options);
  }
};

/** Resolves when every planned account was handed to `finished`, once each. Rejects when `signal` aborts. */
export const runJobs = async (options: RunJobsOptions): Promise<void> => {
  const state = beginFollowing(options.plan);
  try {
    await followToEnd(options, state);
  } catch (thrown) {
    const { waiting, running, done } = state;
    const counts = { waiting: waiting.length, running: running.size, finished: done };
    options.progress.warned('the run is left before its end; its next start goes on from here', counts);
    // Whatever ended us, Jobs that nobody follows must not go on where nothing else would end them.
    await options.backend.leave([...state.running.keys()]);
    throw thrown;
  }
};

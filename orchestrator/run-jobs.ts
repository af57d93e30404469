// The window: submits the plan's Jobs so that never more than `maxRunning` are unfinished, and follows each to its end.
import pLimit from 'p-limit';
import { type InventoryError, toInventoryError } from '../contract/errors.ts';
import { hasFinished, type ObservedJob } from '../contract/observed-job.ts';
import { type AccountVerdict, decideOutcome, failedVerdict } from './decide-outcome.ts';
import type { PlannedAccount, RunPlan } from './plan.ts';
import type { RunProgress } from './progress.ts';
import { checkAdoptable, type Submission, submitJob } from './submit.ts';

export interface FinishedAccount {
  readonly planned: PlannedAccount;
  readonly verdict: AccountVerdict;
  /** undefined when no Job ever was. */
  readonly job: ObservedJob | undefined;
}

export interface RunJobsOptions extends Submission {
  readonly plan: RunPlan;
  readonly maxRunning: number;
  /** Aborts when the run's own deadline is reached: unlike `signal`, the run is then closed. */
  readonly deadline: AbortSignal;
  readonly progress: RunProgress;
  readonly finished: (account: FinishedAccount) => Promise<void>;
}

/** Requests to the backend in flight. */
const submitting = 10;
/** A Job that somebody deleted before it ended is made anew this often. */
const recreations = 1;

interface Following {
  readonly waiting: PlannedAccount[];
  /** By Job name: those in the window. */
  readonly running: Map<string, PlannedAccount>;
  readonly vanished: Map<string, number>;
  done: number;
}

const settle = async (options: RunJobsOptions, state: Following, account: FinishedAccount): Promise<void> => {
  state.running.delete(account.planned.job);
  state.done += 1;
  await options.finished(account);
};

const settleError = (
  options: RunJobsOptions,
  state: Following,
  planned: PlannedAccount,
  error: InventoryError,
): Promise<void> =>
  settle(options, state, { planned, verdict: failedVerdict(error.code, error.message, error.remedy), job: undefined });

const settleFinished = (
  options: RunJobsOptions,
  state: Following,
  planned: PlannedAccount,
  job: ObservedJob,
): Promise<void> => settle(options, state, { planned, verdict: decideOutcome(job, planned.facts), job });

/** What an earlier start of this run made: finished Jobs are taken as they are, running ones join the window. */
const adoptExisting = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const existing = new Map((await options.backend.listJobs(options.plan.run)).map(job => [job.name, job]));
  for (const planned of options.plan.planned) {
    const job = existing.get(planned.job);
    if (job === undefined || job.deleting) {
      state.waiting.push(planned);
      continue;
    }
    try {
      checkAdoptable(job, planned);
    } catch (thrown) {
      await settleError(options, state, planned, toInventoryError(thrown));
      continue;
    }
    options.progress.submitted(planned.account.id, 'adopted');
    state.running.set(planned.job, planned);
  }
};

const submitOne = async (options: RunJobsOptions, state: Following, planned: PlannedAccount): Promise<void> => {
  try {
    options.progress.submitted(planned.account.id, await submitJob(planned, options));
  } catch (thrown) {
    if (options.signal.aborted) throw thrown;
    await settleError(options, state, planned, toInventoryError(thrown));
  }
};

/** A slot is a Job that is not finished: those that wait for their TTL hold none. */
const fillWindow = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const free = Math.max(0, options.maxRunning - state.running.size);
  const next = state.waiting.splice(0, free);
  for (const planned of next) state.running.set(planned.job, planned);
  await pLimit(submitting).map(next, planned => submitOne(options, state, planned));
};

const followVanished = async (options: RunJobsOptions, state: Following, planned: PlannedAccount): Promise<void> => {
  const times = state.vanished.get(planned.job) ?? 0;
  state.vanished.set(planned.job, times + 1);
  // A list may be older than the Job: only its absence at two looks in a row counts.
  if (times === 0 || (await options.backend.readJob(planned.job)) !== undefined) return;
  if (times > recreations) {
    const verdict = failedVerdict('job-vanished', `the Job ${planned.job} was deleted before it ended`);
    await settle(options, state, { planned, verdict, job: undefined });
    return;
  }
  options.progress.warned('job deleted by somebody else; it is made anew', { job: planned.job });
  state.running.delete(planned.job);
  state.waiting.unshift(planned);
};

const collectFinished = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const jobs = new Map((await options.backend.listJobs(options.plan.run)).map(job => [job.name, job]));
  for (const planned of [...state.running.values()]) {
    const job = jobs.get(planned.job);
    if (job === undefined || job.deleting) await followVanished(options, state, planned);
    else if (hasFinished(job)) await settleFinished(options, state, planned, job);
  }
};

/** The run's deadline: what still runs is stopped, and every account that has no outcome is failed. */
const closeAtDeadline = async (options: RunJobsOptions, state: Following): Promise<void> => {
  const stopped = [...state.running.values()];
  await pLimit(submitting).map(stopped, planned => options.backend.deleteJob(planned.job));
  for (const planned of [...stopped, ...state.waiting.splice(0)]) {
    const message = stopped.includes(planned)
      ? 'it still ran when the run reached its deadline'
      : 'it had not begun when the run reached its deadline';
    await settle(options, state, { planned, verdict: failedVerdict('run-deadline', message), job: undefined });
  }
};

/** Resolves when every planned account was handed to `finished`, once each. Rejects when `signal` aborts. */
export const runJobs = async (options: RunJobsOptions): Promise<void> => {
  const state: Following = { waiting: [], running: new Map(), vanished: new Map(), done: 0 };
  const either = AbortSignal.any([options.signal, options.deadline]);
  try {
    await adoptExisting(options, state);
    while (state.done < options.plan.planned.length) {
      options.signal.throwIfAborted();
      if (options.deadline.aborted) return await closeAtDeadline(options, state);
      await collectFinished(options, state);
      await fillWindow(options, state);
      options.progress.counted({ waiting: state.waiting.length, running: state.running.size, finished: state.done });
      if (state.done >= options.plan.planned.length) return;
      await options.backend.waitForChange(either).catch(thrown => {
        if (!either.aborted) throw thrown;
      });
    }
  } finally {
    if (options.signal.aborted) await options.backend.leave([...state.running.keys()]);
  }
};

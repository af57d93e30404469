// One look at a run's Jobs: which accounts are thereby finished, which Jobs of others are ours to adopt, which are gone.
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { hasFinished, type ObservedJob } from '../contract/observed-job.ts';
import { decideOutcome } from './decide-outcome.ts';
import {
  type FollowedJob,
  type Following,
  type FollowOptions,
  followed,
  giveUp,
  mayWaitLonger,
  settle,
  settleError,
} from './followed-run.ts';
import { checkAdoptable } from './submit.ts';

/** A Job that somebody deleted before it ended is made anew this often. */
const recreations = 1;
/** What was just created may not be told of yet: only then is it asked for by name. */
const absentMilliseconds = 1_000;
/** The backend may be away for a while; each look is followed by a wait. */
const tolerableFailures = 60;
/** A right that was taken away does not come back by waiting long. */
const tolerableDenials = 5;

const isAbort = (thrown: unknown): boolean => thrown instanceof Error && thrown.name === 'AbortError';

/** True while the name is taken by a Job that is being deleted. Throws job-conflict when that does not end. */
const isBeingDeleted = (state: Following, job: ObservedJob | undefined, name: string): boolean => {
  if (job?.deleting !== true) {
    state.deletingSince.delete(name);
    return false;
  }
  if (mayWaitLonger(state.deletingSince, name)) return true;
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

/** Its Jobs are deleted with the run's own, one by one: what is made anew would be deleted too. */
export const refuseCancelled = async ({ backend }: Pick<FollowOptions, 'backend'>): Promise<void> => {
  if (!(await backend.isCancelled())) return;
  throw new InventoryError('interrupted', 'the run was cancelled: the Job that it belongs to was deleted', {
    remedy: 'Nothing has to be done; its runner Jobs are deleted with it.',
  });
};

const followAbsent = async (options: FollowOptions, state: Following, absentee: FollowedJob): Promise<void> => {
  const { planned } = absentee;
  absentee.absentSince ??= Date.now();
  if (Date.now() - absentee.absentSince < absentMilliseconds) return;
  absentee.absentSince = undefined;
  if ((await options.backend.readJob(planned.job)) !== undefined) return;
  // Its TTL may have taken it away between two looks, and the account must not be scanned twice.
  const verdict = await options.findLeftVerdict(planned);
  if (verdict === undefined) await refuseCancelled(options);
  else return await settle(options, state, { planned, verdict, job: undefined });
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
  if (job === undefined) {
    // One answer that does not come must not end the run; the next look asks again.
    return await followAbsent(options, state, one).catch(thrown => {
      const error = toInventoryError(thrown);
      if (error.code === 'interrupted' || isAbort(thrown)) throw thrown;
      options.progress.warned('a Job that is gone was not looked after; tried again', { reason: error.message });
    });
  }
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

/** The next start goes on; it asks for its rights and its identity first, and names what is missing. */
const leaveFor = (thrown: unknown): InventoryError =>
  new InventoryError('cluster-unavailable', `The Jobs of the run cannot be read: ${toInventoryError(thrown).message}`, {
    cause: thrown,
  });

const readJobs = async (options: FollowOptions, state: Following): Promise<boolean> => {
  try {
    const jobs = await options.backend.listJobs(options.plan.run);
    state.seen = new Map(jobs.map(job => [job.name, job]));
    state.failedLooks = 0;
    return true;
  } catch (thrown) {
    if (isAbort(thrown)) throw thrown;
    state.failedLooks += 1;
    const { code, message } = toInventoryError(thrown);
    if (code === 'cluster-denied' && state.failedLooks > tolerableDenials) {
      const planned = [...[...state.running.values()].map(({ planned }) => planned), ...state.waiting.splice(0)];
      await giveUp(options, state, { planned, thrown });
      return false;
    }
    if (state.failedLooks > tolerableFailures) throw leaveFor(thrown);
    options.progress.warned('jobs not readable; tried again', { reason: message });
    return false;
  }
};

/** Settles every account whose Job has finished. A look that fails is tried again at the next one, a bounded number of times. */
export const look = async (options: FollowOptions, state: Following): Promise<void> => {
  if (!(await readJobs(options, state))) return;
  await adoptWaiting(options, state);
  for (const followed of [...state.running.values()]) await followOne(options, state, followed);
};

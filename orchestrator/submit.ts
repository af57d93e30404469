// One account of the plan → its Job: created, or adopted when it is there already. A name that exists is never taken on trust.
import { InventoryError, toInventoryError } from '../contract/errors.ts';
import { annotationNames, labelNames } from '../contract/names.ts';
import type { ObservedJob } from '../contract/observed-job.ts';
import { factsHash, type JobLimits, type RunnerTemplate, stampRunnerJob } from '../contract/runner-job.ts';
import type { JobBackend } from './backend.ts';
import type { PlannedAccount } from './plan.ts';

export interface Submission {
  readonly backend: JobBackend;
  readonly template: RunnerTemplate;
  readonly limits: JobLimits;
  readonly signal: AbortSignal;
}

/** Throws job-conflict unless the Job is this account's, of this run, with the facts that were planned. */
export const checkAdoptable = (job: ObservedJob, planned: PlannedAccount): void => {
  const { facts } = planned;
  const differences = [
    job.labels[labelNames.run] === facts.run ? null : `its run is ${job.labels[labelNames.run]}`,
    job.labels[labelNames.account] === facts.accountId ? null : `its account is ${job.labels[labelNames.account]}`,
    job.annotations[annotationNames.facts] === factsHash(facts) ? null : 'it was stamped with other settings',
  ].filter(difference => difference !== null);
  if (differences.length === 0) return;
  throw new InventoryError(
    'job-conflict',
    `A Job ${job.name} exists already and cannot be adopted: ${differences.join(', ')}`,
  );
};

/** How often a name may turn out to be taken by a Job that then is gone. */
const patience = 5;

/** Resolves with what happened; throws job-conflict, or job-refused with the backend's reason. */
export const submitJob = async (planned: PlannedAccount, submission: Submission): Promise<'created' | 'adopted'> => {
  const { backend, template, limits, signal } = submission;
  for (let attempt = 0; attempt < patience; attempt += 1) {
    signal.throwIfAborted();
    const made = await backend.createJob(stampRunnerJob(template, planned.facts, limits)).catch(thrown => {
      if (thrown instanceof InventoryError) throw thrown;
      throw new InventoryError(
        'job-refused',
        `The Job ${planned.job} was refused: ${toInventoryError(thrown).message}`,
        { cause: thrown },
      );
    });
    if (made === 'created') return 'created';
    const existing = await backend.readJob(planned.job);
    if (existing !== undefined && !existing.deleting) {
      checkAdoptable(existing, planned);
      return 'adopted';
    }
    // Its name is free only when it is gone.
    if (existing !== undefined) await backend.waitForChange(signal);
  }
  throw new InventoryError('job-conflict', `The Job ${planned.job} is being deleted and does not go away`);
};

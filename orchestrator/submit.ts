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
}

/** Throws job-conflict unless the Job is this account's, of this run, with the facts that were planned. */
export const checkAdoptable = (job: ObservedJob, { facts }: PlannedAccount): void => {
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

const createJob = async (planned: PlannedAccount, { backend, template, limits }: Submission) => {
  try {
    return await backend.createJob(stampRunnerJob(template, planned.facts, limits));
  } catch (thrown) {
    if (thrown instanceof InventoryError) throw thrown;
    const reason = toInventoryError(thrown).message;
    throw new InventoryError('job-refused', `The Job ${planned.job} was refused: ${reason}`, { cause: thrown });
  }
};

/**
 * Resolves with what happened: `busy` when the name is taken by a Job that is being deleted or has just gone, so that the
 * account has to be tried again. Throws job-conflict, or job-refused with the backend's reason.
 */
export const submitJob = async (
  planned: PlannedAccount,
  submission: Submission,
): Promise<'created' | 'adopted' | 'busy'> => {
  if ((await createJob(planned, submission)) === 'created') return 'created';
  const existing = await submission.backend.readJob(planned.job);
  if (existing === undefined || existing.deleting) return 'busy';
  checkAdoptable(existing, planned);
  return 'adopted';
};

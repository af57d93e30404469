// Runner Jobs of the cluster by run, and how many of them have ended.
import type { ClusterJobs } from '../clients/kubernetes/jobs.ts';
import { sightJob } from '../clients/kubernetes/observe-job.ts';
import { labelNames } from '../contract/names.ts';
import { hasFinished } from '../contract/observed-job.ts';

export interface JobCounts {
  /** Those that there are. */
  readonly all: number;
  readonly finished: number;
  /** Finished ones too. */
  readonly failed: number;
}

export const noJobs: JobCounts = { all: 0, finished: 0, failed: 0 };

/** One list, however many runs it has. */
export const countJobs = async (jobs: ClusterJobs, selector: string): Promise<ReadonlyMap<string, JobCounts>> => {
  const counts = new Map<string, JobCounts>();
  await jobs.list(selector, job => {
    const sight = sightJob(job);
    const run = sight.labels[labelNames.run] ?? '';
    const { all, finished, failed } = counts.get(run) ?? noJobs;
    counts.set(run, {
      all: all + 1,
      finished: finished + Number(hasFinished(sight)),
      failed: failed + Number(sight.phase === 'failed'),
    });
  });
  return counts;
};

// Finished Jobs with what their pods said: each Job's pods are read once, when it has ended.
import type { V1Pod } from '@kubernetes/client-node';
import pLimit from 'p-limit';
import type { ObservedJob } from '../../contract/observed-job.ts';
import type { Hindrances } from './hindrances.ts';
import { type JobSight, observeJob, runSelector } from './observe-job.ts';
import type { ClusterPods } from './pods.ts';

export interface JobEnds {
  readonly of: (jobUid: string) => ObservedJob | undefined;
  /** Reads the pods of those that are not known yet. */
  readonly read: (finished: readonly JobSight[]) => Promise<void>;
}

/** More than these at once, as after a restart, are read page by page and not one by one; a page has the pods of all Jobs. */
const manyJobs = 20;
const podsOfPage = 25;
const readingAtOnce = 10;

const createdAt = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;

export const openJobEnds = (pods: ClusterPods, run: string, hindrances: Hindrances): JobEnds => {
  const ends = new Map<string, ObservedJob>();
  const keep = (sight: JobSight, itsPods: readonly V1Pod[]) =>
    void ends.set(sight.uid, observeJob(sight, itsPods, hindrances.of(sight.uid)));

  const readOne = async (sight: JobSight): Promise<void> => keep(sight, await pods.ofJob(sight.uid));

  /** Of a Job's pods the newest counts; only what is made of it is kept, so that ten thousand pods are never held at once. */
  const readMany = async (sights: readonly JobSight[]): Promise<void> => {
    const wanted = new Map(sights.map(sight => [sight.uid, { sight, newest: -1 }]));
    await pods.list({ labelSelector: runSelector(run) }, (pod, uid) => {
      const entry = wanted.get(uid);
      if (entry === undefined || createdAt(pod) < entry.newest) return;
      entry.newest = createdAt(pod);
      keep(entry.sight, [pod]);
    });
    for (const { sight, newest } of wanted.values()) if (newest === -1) keep(sight, []);
  };

  return {
    of: uid => ends.get(uid),
    read: async finished => {
      const unknown = finished.filter(({ uid }) => !ends.has(uid));
      if (unknown.length > Math.max(manyJobs, finished.length / podsOfPage)) await readMany(unknown);
      else await pLimit(readingAtOnce).map(unknown, readOne);
    },
  };
};

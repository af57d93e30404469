// Why Jobs do not get on: asked rarely, and kept, because a Job's deadline takes its pods away and the reason with them.
import { hindranceOf, type JobSight, runSelector } from './observe-job.ts';
import type { ClusterPods } from './pods.ts';

export interface Hindrances {
  /** In Kubernetes' words; null for a Job that gets on, as far as is known. */
  readonly of: (jobUid: string) => string | null;
  /** Asks when one of the unfinished Jobs is due. Never rejects: a run does not end because nobody can explain it. */
  readonly look: (unfinished: readonly JobSight[]) => Promise<void>;
}

/** Ages of a Job, in seconds, at which it is worth a call. A pod that starts at once never costs one. */
const dueAges = [20, 120, 600, 1800];
const betweenLooks = 20_000;
/** Jobs without any pod share their reason most of the time: a quota, an admission that refuses. */
const refusalsPerLook = 5;

const ageOf = ({ startedAt }: JobSight, now: number): number =>
  startedAt === null ? 0 : (now - Date.parse(startedAt)) / 1000;

export const openHindrances = (pods: ClusterPods, run: string): Hindrances => {
  const reasons = new Map<string, string>();
  /** By UID: how many of the ages have passed. */
  const passed = new Map<string, number>();
  let lastLook = 0;

  const takeDue = (unfinished: readonly JobSight[], now: number): boolean => {
    let due = false;
    for (const sight of unfinished) {
      const age = ageOf(sight, now);
      const count = dueAges.filter(each => each <= age).length;
      if (count > (passed.get(sight.uid) ?? 0)) due = true;
      passed.set(sight.uid, count);
    }
    return due;
  };

  const explain = async (unfinished: readonly JobSight[]): Promise<void> => {
    const withPod = new Set<string>();
    // What runs its init containers is Pending too: at most one pod for each slot of the window.
    await pods.list({ labelSelector: runSelector(run), fieldSelector: 'status.phase=Pending' }, (pod, uid) => {
      withPod.add(uid);
      const reason = hindranceOf(pod);
      if (reason === null) reasons.delete(uid);
      else reasons.set(uid, reason);
    });
    const podless = unfinished.filter(({ uid, active }) => active === 0 && !withPod.has(uid));
    for (const { uid } of podless.slice(0, refusalsPerLook)) {
      const refusal = await pods.refusalOf(uid);
      if (refusal !== null) reasons.set(uid, refusal);
    }
  };

  return {
    of: uid => reasons.get(uid) ?? null,
    look: async unfinished => {
      const now = Date.now();
      if (now - lastLook < betweenLooks || !takeDue(unfinished, now)) return;
      lastLook = now;
      await explain(unfinished).catch(() => undefined);
    },
  };
};

// Why Jobs do not get on: asked rarely, and kept, because a Job's deadline takes its pods away and the reason with them.
import type { V1Pod } from '@kubernetes/client-node';
import { hindranceOf, type JobSight, runSelector } from './observe-job.ts';
import type { ClusterPods } from './pods.ts';

export interface Hindrances {
  /** In Kubernetes' words; null for a Job that gets on, as far as is known. */
  readonly of: (jobUid: string) => string | null;
  /** Asks when one of the unfinished Jobs is due. Never rejects: a run does not end because nobody can explain it. */
  readonly look: (unfinished: readonly JobSight[]) => Promise<void>;
}

/** Ages of a Job, in seconds, at which it is worth a call, until its pod is seen at work. */
const dueAges = [20, 120, 600, 1800];
const betweenLooks = 20_000;
/** Jobs without any pod share their reason most of the time: a quota, an admission that refuses. */
const refusalsPerLook = 5;

/** A queue may well take minutes: what waits longer is told, and costs no call. */
const longAdmission = 120;

const ageOf = ({ startedAt, createdAt }: JobSight, now: number): number =>
  (now - Date.parse(startedAt ?? createdAt)) / 1000;

const isAtWork = (pod: V1Pod): boolean =>
  [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].some(
    ({ state }) => state?.running !== undefined,
  );

export const openHindrances = (pods: ClusterPods, run: string): Hindrances => {
  const reasons = new Map<string, string>();
  /** By UID: how many of the ages have passed. */
  const passed = new Map<string, number>();
  let lastLook = 0;

  const getsOn = (uid: string): void => {
    reasons.delete(uid);
    passed.set(uid, Number.POSITIVE_INFINITY);
  };

  const tellSuspended = (unfinished: readonly JobSight[], now: number): void => {
    for (const sight of unfinished) {
      if (sight.suspendedFor === null || ageOf(sight, now) < longAdmission) continue;
      const queue = sight.suspendedFor === 'nobody' ? '' : ` by the queue ${sight.suspendedFor}`;
      reasons.set(sight.uid, `Suspended: the Job was not admitted${queue} since ${sight.createdAt}`);
    }
  };

  const takeDue = (unfinished: readonly JobSight[], now: number): boolean => {
    let due = false;
    for (const sight of unfinished) {
      if (sight.suspendedFor !== null) continue;
      const count = dueAges.filter(each => each <= ageOf(sight, now)).length;
      const before = passed.get(sight.uid) ?? 0;
      if (count <= before) continue;
      due = true;
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
      if (reason !== null) reasons.set(uid, reason);
      else if (isAtWork(pod)) getsOn(uid);
      else reasons.delete(uid);
    });
    const others = unfinished.filter(({ uid, suspendedFor }) => suspendedFor === null && !withPod.has(uid));
    // A pod that is not Pending any more runs its own container.
    for (const { uid, active } of others) if (active > 0) getsOn(uid);
    const podless = others.filter(({ active }) => active === 0);
    for (const { uid } of podless.slice(0, refusalsPerLook)) {
      const refusal = await pods.refusalOf(uid);
      if (refusal !== null) reasons.set(uid, refusal);
    }
  };

  return {
    of: uid => reasons.get(uid) ?? null,
    look: async unfinished => {
      const now = Date.now();
      tellSuspended(unfinished, now);
      if (now - lastLook < betweenLooks || !takeDue(unfinished, now)) return;
      lastLook = now;
      await explain(unfinished).catch(() => undefined);
    },
  };
};

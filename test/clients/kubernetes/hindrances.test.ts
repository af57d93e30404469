import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import { openHindrances } from '../../../clients/kubernetes/hindrances.ts';
import { sightJob } from '../../../clients/kubernetes/observe-job.ts';
import type { ClusterPods } from '../../../clients/kubernetes/pods.ts';

const start = Date.parse('2026-11-22T00:00:00Z');
const seconds = (count: number) => new Date(start + count * 1000).toISOString();

const jobOf = (uid: string, facts: { active?: number; suspend?: boolean; startTime?: string } = {}) => {
  const { active = 1, suspend = false, startTime = seconds(0) } = facts;
  return sightJob({
    metadata: {
      name: uid,
      uid,
      creationTimestamp: seconds(0) as unknown as Date,
      labels: { 'kueue.x-k8s.io/queue-name': 'inventory' },
    },
    spec: { suspend, template: {} },
    status: { active, ...(suspend ? {} : { startTime: startTime as unknown as Date }) },
  });
};

/** Pods by the UID of their Job, and what was asked. */
const openPods = (pods: Record<string, V1Pod>, refusals: Record<string, string> = {}) => {
  const asked: string[] = [];
  const cluster: ClusterPods = {
    ofJob: async () => [],
    list: async (_selectors, each) => {
      asked.push('list');
      for (const [uid, pod] of Object.entries(pods)) each(pod, uid);
    },
    refusalOf: async uid => {
      asked.push(uid);
      return refusals[uid] ?? null;
    },
  };
  return { cluster, asked };
};

const scanning: V1Pod = {
  status: { initContainerStatuses: [{ name: 'scan', state: { running: {} } }] },
} as unknown as V1Pod;
const waiting: V1Pod = {
  status: { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no room' }] },
};

describe('what holds Jobs up', () => {
  it('is asked for once of a Job whose pod is seen at work, however long it works', async () => {
    vi.useFakeTimers({ now: start });
    const { cluster, asked } = openPods({ u: scanning });
    const hindrances = openHindrances(cluster, 'r');
    for (let age = 0; age < 3600; age += 5) {
      vi.setSystemTime(start + age * 1000);
      await hindrances.look([jobOf('u')]);
    }
    vi.useRealTimers();
    expect(asked).toEqual(['list']);
  });

  it('is told, and forgotten when the pod is at work', async () => {
    vi.useFakeTimers({ now: start + 30_000 });
    const pods: Record<string, V1Pod> = { u: waiting };
    const { cluster } = openPods(pods);
    const hindrances = openHindrances(cluster, 'r');
    await hindrances.look([jobOf('u')]);
    expect(hindrances.of('u')).toBe('Unschedulable: no room');
    delete pods['u'];
    vi.setSystemTime(start + 130_000);
    await hindrances.look([jobOf('u')]);
    vi.useRealTimers();
    expect(hindrances.of('u')).toBeNull();
  });

  it('is the Job controller’s own reason when there is no pod', async () => {
    vi.useFakeTimers({ now: start + 30_000 });
    const { cluster } = openPods({}, { u: 'FailedCreate: exceeded quota' });
    const hindrances = openHindrances(cluster, 'r');
    await hindrances.look([jobOf('u', { active: 0 })]);
    vi.useRealTimers();
    expect(hindrances.of('u')).toBe('FailedCreate: exceeded quota');
  });

  it('is the queue that does not admit it, without a call', async () => {
    vi.useFakeTimers({ now: start + 30_000 });
    const { cluster, asked } = openPods({});
    const hindrances = openHindrances(cluster, 'r');
    const suspended = jobOf('u', { active: 0, suspend: true });
    await hindrances.look([suspended]);
    expect(hindrances.of('u')).toBeNull();
    vi.setSystemTime(start + 200_000);
    await hindrances.look([suspended]);
    vi.useRealTimers();
    expect(hindrances.of('u')).toBe(`Suspended: the Job was not admitted by the queue inventory since ${seconds(0)}`);
    expect(asked).toEqual([]);
  });
});

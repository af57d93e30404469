import type { V1Pod } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import type { RawJob } from '../../../clients/kubernetes/jobs.ts';
import { hindranceOf, observeJob, sightJob } from '../../../clients/kubernetes/observe-job.ts';

const rawJob = (status: object, metadata: object = {}): RawJob =>
  ({ metadata: { name: 'j', uid: 'u', labels: { a: 'b' }, annotations: {}, ...metadata }, status }) as RawJob;
const condition = (type: string, facts: object = {}) => ({ type, status: 'True', ...facts });
const at = (second: number): string => `2026-11-22T00:00:${String(second).padStart(2, '0')}.000Z`;

describe('a Job at the API server', () => {
  it.each([
    ['pending', { startTime: at(0) }],
    ['pending', { conditions: [condition('Suspended')] }],
    ['running', { active: 1, startTime: at(0) }],
    // Its pods still end: the verdict is known, and their messages may not be there yet.
    ['running', { active: 1, conditions: [condition('SuccessCriteriaMet')] }],
    ['running', { active: 1, conditions: [condition('FailureTarget')] }],
    ['succeeded', { succeeded: 1, conditions: [condition('SuccessCriteriaMet'), condition('Complete')] }],
    ['failed', { failed: 1, conditions: [condition('FailureTarget'), condition('Failed')] }],
    ['pending', { conditions: [{ type: 'Complete', status: 'False' }] }],
  ])('is %s with the status %j', (phase, status) => {
    expect(sightJob(rawJob(status)).phase).toBe(phase);
  });

  it('tells when it began and ended, how often it was tried, and why it failed', () => {
    const failed = condition('Failed', { reason: 'DeadlineExceeded', message: 'too long', lastTransitionTime: at(9) });
    expect(sightJob(rawJob({ startTime: at(1), failed: 2, active: 0, conditions: [failed] }))).toMatchObject({
      ...{ startedAt: at(1), finishedAt: at(9), attempts: 2, reason: 'DeadlineExceeded', message: 'too long' },
      ...{ deleting: false, labels: { a: 'b' } },
    });
    expect(sightJob(rawJob({ startTime: at(1), completionTime: at(7), succeeded: 1 })).finishedAt).toBe(at(7));
    expect(sightJob(rawJob({}, { deletionTimestamp: at(3) })).deleting).toBe(true);
  });
});

const pod = (facts: object, created = 0): V1Pod =>
  ({
    metadata: { creationTimestamp: new Date(at(created)) },
    spec: {
      initContainers: [{ name: 'assume' }, { name: 'refresh', restartPolicy: 'Always' }, { name: 'scan' }],
      containers: [{ name: 'upload' }],
    },
    status: facts,
  }) as unknown as V1Pod;
const terminated = (name: string, exitCode: number, message?: string) => ({
  name,
  state: {
    terminated: {
      exitCode,
      reason: exitCode === 0 ? 'Completed' : 'Error',
      message,
      startedAt: at(1),
      finishedAt: at(2),
    },
  },
});
const waiting = (name: string, reason: string, message?: string) => ({ name, state: { waiting: { reason, message } } });

describe('the pods of a Job', () => {
  it('give its containers in their order, with their messages and without sidecars', () => {
    const status = {
      initContainerStatuses: [terminated('assume', 0, 'a'), terminated('refresh', 143), terminated('scan', 0, 's')],
      containerStatuses: [terminated('upload', 43, 'u')],
    };
    const { containers } = observeJob(sightJob(rawJob({ failed: 1, conditions: [condition('Failed')] })), [
      pod(status),
    ]);
    expect(containers.map(({ name, exitCode, message }) => [name, exitCode, message])).toEqual([
      ['assume', 0, 'a'],
      ['scan', 0, 's'],
      ['upload', 43, 'u'],
    ]);
  });

  it('count as attempts, and the newest speaks', () => {
    const old = pod({ initContainerStatuses: [terminated('assume', 1)] }, 1);
    const young = pod({ initContainerStatuses: [terminated('assume', 41)] }, 30);
    const observed = observeJob(sightJob(rawJob({})), [old, young]);
    expect([observed.attempts, observed.containers[0]?.exitCode]).toEqual([2, 41]);
  });

  it.each([
    ['nothing', {}, null],
    ['a container that starts', { initContainerStatuses: [waiting('scan', 'PodInitializing')] }, null],
    [
      'an image',
      { initContainerStatuses: [waiting('assume', 'ImagePullBackOff', 'no such image')] },
      'ImagePullBackOff: no such image',
    ],
    [
      'a ConfigMap',
      { containerStatuses: [waiting('upload', 'CreateContainerConfigError', 'not found')] },
      'CreateContainerConfigError: not found',
    ],
    [
      'no room',
      { conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes' }] },
      'Unschedulable: 0/3 nodes',
    ],
    ['an eviction', { reason: 'Evicted', message: 'low on memory' }, 'Evicted: low on memory'],
    [
      'a drained node',
      { conditions: [condition('DisruptionTarget', { reason: 'EvictionByEvictionAPI', message: 'drain' })] },
      'EvictionByEvictionAPI: drain',
    ],
  ])('say what holds them up: %s', (_what, status, hindrance) => {
    expect(hindranceOf(pod(status))).toBe(hindrance);
  });

  it('leave their last hindrance to a Job whose deadline took them away', () => {
    expect(observeJob(sightJob(rawJob({})), [], 'Unschedulable: no room').hindrance).toBe('Unschedulable: no room');
  });
});

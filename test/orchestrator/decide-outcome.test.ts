import { describe, expect, it } from 'vitest';
import { type ContainerMessage, renderContainerMessage } from '../../contract/outcome.ts';
import { decideOutcome } from '../../orchestrator/decide-outcome.ts';
import { container, job } from './fixtures.ts';

const place = { prefix: 'AWSRecon', date: '2026-11-22', accountId: '111111111111' };
const say = (message: ContainerMessage) => renderContainerMessage(message);
const recon = { kind: 'recon', versionId: 'v1', sha256: 'a'.repeat(64), bytes: 12 };
const counts = { resources: 7, types: { attempted: 2, listed: 2 }, cells: { listed: 3 } };

const assumed = container('assume', { message: say({ outcome: 'succeeded' }) });
const scanned = container('scan', { message: say({ outcome: 'succeeded', counts }) });
const uploaded = (message: ContainerMessage, exitCode = 0) => container('upload', { message: say(message), exitCode });

describe('the outcome of a finished Job', () => {
  it('is what upload said, with the keys of its reports and the counts of the scan', () => {
    const finished = job({ containers: [assumed, scanned, uploaded({ outcome: 'succeeded', reports: [recon] })] });
    expect(decideOutcome(finished, place)).toEqual({
      outcome: 'succeeded',
      code: null,
      message: null,
      remedy: null,
      counts,
      reports: [{ ...recon, key: 'AWSRecon/2026/11/22/recon_111111111111.json' }],
      needsUploadRecord: false,
    });
  });

  it('asks for the upload record when the message had no room for all reports', () => {
    const finished = job({ containers: [uploaded({ outcome: 'succeeded', reports: [recon], reportsOmitted: 3 })] });
    expect(decideOutcome(finished, place).needsUploadRecord).toBe(true);
  });

  it.each<[string, Parameters<typeof job>[0], object]>([
    [
      'a role that was refused',
      {
        phase: 'failed',
        reason: 'PodFailurePolicy',
        containers: [
          container('assume', {
            exitCode: 41,
            message: say({ outcome: 'failed', code: 'role-refused', message: 'STS said no', remedy: 'Create it.' }),
          }),
        ],
      },
      { outcome: 'failed', code: 'role-refused', message: 'STS said no', remedy: 'Create it.' },
    ],
    [
      'a pod that found no image until the deadline',
      { phase: 'failed', reason: 'DeadlineExceeded', hindrance: 'ImagePullBackOff: no such image' },
      { outcome: 'failed', code: 'pod-not-run', message: expect.stringContaining('ImagePullBackOff: no such image') },
    ],
    [
      'pods that were evicted until nobody made another',
      {
        phase: 'failed',
        reason: 'BackoffLimitExceeded',
        hindrance: 'Evicted: The node was low on resource: memory.',
        containers: [assumed, container('scan', { exitCode: 137, reason: 'Error' })],
      },
      { outcome: 'failed', code: 'pod-not-run', message: expect.stringContaining('low on resource: memory') },
    ],
    [
      'a container that failed in a pod that had been held up before',
      {
        phase: 'failed',
        hindrance: 'Unschedulable: 0/3 nodes are available',
        containers: [container('assume', { exitCode: 1, reason: 'Error' })],
      },
      { outcome: 'failed', code: 'container-failed' },
    ],
    [
      'an upload that was refused',
      {
        phase: 'failed',
        containers: [
          assumed,
          scanned,
          uploaded({ outcome: 'failed', code: 'upload-refused', message: 'AccessDenied' }, 43),
        ],
      },
      { outcome: 'failed', code: 'upload-refused', counts },
    ],
    [
      'a partial scan',
      {
        containers: [
          assumed,
          scanned,
          uploaded({ outcome: 'partial', code: 'services-denied', message: 'kms was denied', reports: [recon] }),
        ],
      },
      { outcome: 'partial', code: 'services-denied', remedy: 'Grant the role the listed read permissions.' },
    ],
    [
      'a Job that succeeded without a report',
      { containers: [assumed, scanned, uploaded({ outcome: 'succeeded' })] },
      { outcome: 'failed', code: 'report-missing' },
    ],
    [
      'a Job that succeeded without a word from upload',
      { containers: [assumed, scanned, container('upload')] },
      { outcome: 'failed', code: 'report-missing' },
    ],
    [
      'a foreign scanner that failed',
      {
        phase: 'failed',
        reason: 'BackoffLimitExceeded',
        attempts: 3,
        containers: [assumed, container('aws-recon', { exitCode: 1, reason: 'Error' })],
      },
      {
        outcome: 'failed',
        code: 'container-failed',
        message:
          'the container aws-recon ended with exit code 1 (Error) in the last of 3 attempts, so upload did not start',
      },
    ],
    [
      'a scanner that ran out of memory',
      { phase: 'failed', containers: [assumed, container('scan', { exitCode: 137, reason: 'OOMKilled' })] },
      { outcome: 'failed', code: 'container-killed' },
    ],
    [
      'a Job at its deadline',
      { phase: 'failed', reason: 'DeadlineExceeded', containers: [assumed, container('scan', { exitCode: 143 })] },
      { outcome: 'failed', code: 'job-deadline' },
    ],
    [
      'a lost supervisor',
      { phase: 'failed', reason: 'SupervisorLost', containers: [assumed] },
      { outcome: 'failed', code: 'container-killed' },
    ],
    [
      'a pod that is gone',
      { phase: 'succeeded', containers: [] },
      { outcome: 'failed', code: 'report-missing', needsUploadRecord: true },
    ],
    [
      'a message of upload that is no message of ours',
      { phase: 'failed', containers: [assumed, scanned, container('upload', { exitCode: 1, message: 'Traceback …' })] },
      { outcome: 'failed', code: 'container-failed' },
    ],
  ])('is known for %s', (_name, facts, wanted) => {
    expect(decideOutcome(job(facts), place)).toMatchObject(wanted);
  });
});

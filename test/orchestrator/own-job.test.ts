import type { V1Job } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { runIdSchema } from '../../contract/names.ts';
import { beginningFromJobs, beginningOf, ownerReferenceOf, runIdOf } from '../../orchestrator/own-job.ts';

const uid = 'a2f1cf1e-7f0a-4b0e-9df0-6b0d5c8e2a11';

describe('the id of a run', () => {
  it.each([
    ['aws-inventory-orchestrator-29384720', /^29384720-[a-z0-9]{5}$/],
    ['aws-inventory-orchestrator-manual', /^manual-[a-z0-9]{5}$/],
    ['aws-inventory-orchestrator-manual-1795219200', /^manual-1795219200-[a-z0-9]{5}$/],
    ['nightly.sweep', /^nightly-sweep-[a-z0-9]{5}$/],
    [`aws-inventory-orchestrator-${'x'.repeat(36)}`, /^x{23}-[a-z0-9]{5}$/],
    ['aws-inventory-orchestrator-', /^run-[a-z0-9]{5}$/],
  ])('is made of the own part of the Job name %s', (name, form) => {
    const run = runIdOf({ name, uid });
    expect(run).toMatch(form);
    expect(runIdSchema.safeParse(run).success).toBe(true);
  });

  it('is another one for a Job that has the name of an earlier one', () => {
    const name = 'aws-inventory-orchestrator-manual';
    expect(runIdOf({ name, uid })).toBe(runIdOf({ name, uid }));
    expect(runIdOf({ name, uid })).not.toBe(runIdOf({ name, uid: uid.replace('a2', 'a3') }));
  });
});

const job = (annotations: Record<string, string>, spec: object = {}): V1Job =>
  ({
    metadata: { creationTimestamp: '2026-11-23T00:00:07Z', annotations },
    spec,
    status: { startTime: '2026-11-23T00:00:08Z' },
  }) as unknown as V1Job;
const scheduled = 'batch.kubernetes.io/cronjob-scheduled-timestamp';

describe('the beginning of a run', () => {
  it('has the date at which the CronJob was due, also when its Job came after midnight', () => {
    expect(beginningOf(job({ [scheduled]: '2026-11-22T23:59:00Z' }))).toMatchObject({
      date: '2026-11-22',
      startedAt: '2026-11-23T00:00:07.000Z',
    });
  });

  it('has the UTC date, whatever time zone the CronJob has', () => {
    expect(beginningOf(job({ [scheduled]: '2026-11-23T01:30:00+02:00' })).date).toBe('2026-11-22');
  });

  it('has the date of its creation when it was started by hand', () => {
    expect(beginningOf(job({ 'cronjob.kubernetes.io/instantiate': 'manual' })).date).toBe('2026-11-23');
  });

  it('has its time from when a suspended Job was resumed', () => {
    expect(beginningOf(job({})).deadlineFrom).toBe('2026-11-23T00:00:08.000Z');
  });

  it('knows when the Job controller will end it', () => {
    expect(beginningOf(job({}, { activeDeadlineSeconds: 3600 })).endsBefore).toBe('2026-11-23T01:00:08.000Z');
    expect(beginningOf(job({})).endsBefore).toBeNull();
  });
});

describe('the owner of runner Jobs', () => {
  it('is the orchestrator’s own Job, and they do not keep it from being deleted', () => {
    expect(ownerReferenceOf({ name: 'n', uid })).toEqual({ apiVersion: 'batch/v1', kind: 'Job', name: 'n', uid });
  });
});

describe('the beginning of a run without a Job of its own', () => {
  const now = new Date('2026-11-23T10:00:00.000Z');
  const made = (createdAt: string, date?: string) => ({
    createdAt,
    annotations: date === undefined ? {} : { 'aws-inventory/date': date },
  });

  it('is now when there is no Job yet', () => {
    expect(beginningFromJobs(new Map(), { run: 'weekly', now })).toMatchObject({
      date: '2026-11-23',
      startedAt: now.toISOString(),
    });
  });

  it('is what its id says when its Jobs are gone', () => {
    expect(beginningFromJobs(new Map(), { run: '20261121-235958-a1b2', now })).toMatchObject({
      date: '2026-11-21',
      startedAt: '2026-11-21T23:59:58.000Z',
    });
    expect(beginningFromJobs(new Map(), { run: '20991121-235958-a1b2', now }).date).toBe('2026-11-23');
    expect(beginningFromJobs(new Map(), { run: '20261399-235958-a1b2', now }).date).toBe('2026-11-23');
  });

  it('is what its oldest Job was stamped with', () => {
    const jobs = new Map([
      ['b', made('2026-11-23T00:00:03.000Z', '2026-11-22')],
      ['a', made('2026-11-22T23:59:58.000Z', '2026-11-22')],
    ]);
    const begun = beginningFromJobs(jobs, { run: 'weekly', now });
    expect(begun).toMatchObject({ date: '2026-11-22', startedAt: '2026-11-22T23:59:58.000Z' });
    expect(begun.deadlineFrom).toBe(now.toISOString());
  });
});

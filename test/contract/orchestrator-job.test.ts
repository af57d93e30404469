import { readFileSync } from 'node:fs';
import type { V1CronJob } from '@kubernetes/client-node';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { stampOrchestratorJob } from '../../contract/orchestrator-job.ts';

const cronJob = (): V1CronJob => ({
  ...(parse(readFileSync('k8s/base/orchestrator/cronjob.yaml', 'utf8')) as V1CronJob),
});
const stamp = (run: Partial<Parameters<typeof stampOrchestratorJob>[1]> = {}) => {
  const whole = cronJob();
  const named = { ...whole, metadata: { ...whole.metadata, uid: 'uid-1' } };
  return stampOrchestratorJob(named, { suffix: '20261126-190000-abcd', settings: null, retry: null, ...run });
};
const environmentOf = (job: ReturnType<typeof stamp>) =>
  Object.fromEntries((job.spec?.template.spec?.containers[0]?.env ?? []).map(({ name, value }) => [name, value]));

describe('a Job from the orchestrator’s CronJob', () => {
  it('is what kubectl create job --from would make', () => {
    const job = stamp();
    expect(job.metadata).toMatchObject({
      name: 'aws-inventory-orchestrator-20261126-190000-abcd',
      labels: { app: 'inventory', component: 'orchestrator' },
      annotations: { 'cronjob.kubernetes.io/instantiate': 'manual' },
      ownerReferences: [{ kind: 'CronJob', name: 'aws-inventory-orchestrator', uid: 'uid-1' }],
    });
    expect(job.spec).toEqual(cronJob().spec?.jobTemplate.spec);
  });

  it('carries what narrows it, in place of what the CronJob says', () => {
    const whole = stamp({ settings: { accounts: { include: ['111111111111'] }, x: '$(HOME)' }, retry: 'earlier' });
    const environment = environmentOf(whole);
    expect(environment['INVENTORY_RETRY']).toBe('earlier');
    expect(environment['INVENTORY_SETTINGS']).toBe('{"accounts":{"include":["111111111111"]},"x":"$$(HOME)"}');
    expect(environment).toMatchObject(environmentOf(stamp()));
  });

  it('is refused where the CronJob has no orchestrator', () => {
    const whole = cronJob();
    const [container] = whole.spec?.jobTemplate.spec?.template.spec?.containers ?? [];
    if (container !== undefined) container.name = 'another';
    expect(() => stampOrchestratorJob(whole, { suffix: 'x', settings: null, retry: null })).toThrow(
      /no container named orchestrator/,
    );
  });
});

// `aws-inventory preflight --backend kubernetes`: what the real API server would refuse of a run, found before there is one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check, PreflightReport } from '../../contract/preflight.ts';
import { type ClusterFleet, namespace, quickSettings, startClusterFleet } from './cluster/cluster-fleet.ts';

let fleet: ClusterFleet;
let config: string;

beforeAll(async () => {
  fleet = await startClusterFleet({ members: 2 });
  config = join(fleet.cluster.directory, 'preflight.yaml');
  writeFileSync(config, quickSettings);
});
afterAll(() => fleet?.stop());

const preflight = async (kubeconfig = fleet.cluster.adminKubeconfig) => {
  const flags = ['--backend', 'kubernetes', '--bucket', fleet.aws.bucket, '--config', config, '--output', 'json'];
  const { exitCode, stdout, stderr } = await fleet.aws.start(['preflight', ...flags], { KUBECONFIG: kubeconfig });
  const report: PreflightReport = String(stdout) === '' ? { checks: [] } : JSON.parse(String(stdout));
  const cluster = new Map(
    report.checks.filter(({ about }) => about === 'cluster').map((check): [string, Check] => [check.check, check]),
  );
  return { exitCode, report, cluster, stderr: String(stderr) };
};

describe('preflight of a cluster', () => {
  it('passes where k8s/ is applied, and makes nothing', async () => {
    const { exitCode, report, cluster, stderr } = await preflight();
    expect(exitCode, stderr).toBe(0);
    const statuses = Object.fromEntries([...cluster].map(([check, { status }]) => [check, status]));
    expect(statuses).toEqual({
      version: 'passed',
      'rights of the orchestrator': 'passed',
      'network policies': 'passed',
      template: 'passed',
      'runner Job': 'passed',
      'runner pod': 'passed',
      image: 'not-checked',
    });
    const accounts = report.checks.filter(({ about }) => about === 'account');
    expect(new Set(accounts.map(({ status }) => status))).toEqual(new Set(['not-checked']));
    expect((await fleet.kubectl(['get', 'jobs,pods', '-o', 'name'])).trim()).toBe('');
  });

  it('finds a template that Pod Security refuses', async () => {
    const privileged = JSON.stringify([
      {
        op: 'replace',
        path: '/spec/jobTemplate/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation',
        value: true,
      },
    ]);
    await fleet.kubectl(['patch', 'cronjob', 'aws-inventory-runner', '--type=json', '-p', privileged]);
    const { exitCode, cluster } = await preflight();
    await fleet.apply();
    expect(exitCode).toBe(3);
    expect(cluster.get('runner pod')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('restricted'),
    });
  });

  it('finds a quota that lets no runner in', async () => {
    await fleet.kubectl(['create', 'quota', 'none', '--hard=pods=0']);
    const { exitCode, cluster } = await preflight();
    await fleet.kubectl(['delete', 'quota', 'none']);
    expect(exitCode).toBe(3);
    expect(cluster.get('runner pod')).toMatchObject({ status: 'failed', message: expect.stringContaining('quota') });
  });

  it('finds what the orchestrator may not, and a template that is missing', async () => {
    await fleet.kubectl(['delete', 'rolebinding', 'inventory-orchestrator']);
    await fleet.kubectl(['delete', 'cronjob', 'aws-inventory-runner']);
    const { exitCode, cluster } = await preflight();
    await fleet.apply();
    expect(exitCode).toBe(3);
    expect(cluster.get('rights of the orchestrator')).toMatchObject({
      status: 'failed',
      code: 'cluster-denied',
      message: expect.stringContaining('create jobs.batch'),
    });
    expect(cluster.get('template')).toMatchObject({ status: 'failed', code: 'template-unusable' });
  });

  it('calls what this identity may not ask not checked', async () => {
    await fleet.kubectl(['create', 'serviceaccount', 'somebody']);
    const token = (await fleet.kubectl(['create', 'token', 'somebody'])).trim();
    const { exitCode, cluster } = await preflight(await fleet.cluster.kubeconfigFor(token, { namespace }));
    expect(exitCode).toBe(0);
    for (const check of ['rights of the orchestrator', 'network policies', 'template'])
      expect(cluster.get(check)?.status).toBe('not-checked');
  });
});

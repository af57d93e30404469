// `aws-inventory preflight --backend kubernetes`: what the real API server would refuse of a run, found before there is one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Check, PreflightReport } from '../../contract/preflight.ts';
import { type ClusterFleet, namespace, patiently, quickSettings, startClusterFleet } from './cluster/cluster-fleet.ts';

let fleet: ClusterFleet;
let config: string;

beforeAll(async () => {
  fleet = await startClusterFleet({ members: 2 });
  config = join(fleet.cluster.directory, 'preflight.yaml');
  writeFileSync(config, quickSettings);
});
afterAll(() => fleet?.stop());

const preflight = async (kubeconfig = fleet.cluster.adminKubeconfig, ...more: readonly string[]) => {
  const flags = [
    '--backend',
    'kubernetes',
    '--bucket',
    fleet.aws.bucket,
    '--config',
    config,
    '--output',
    'json',
    ...more,
  ];
  const { exitCode, stdout, stderr } = await fleet.aws.start(['preflight', ...flags], { KUBECONFIG: kubeconfig });
  const report: PreflightReport = String(stdout) === '' ? { checks: [] } : JSON.parse(String(stdout));
  const cluster = new Map(
    report.checks.filter(({ about }) => about === 'cluster').map((check): [string, Check] => [check.check, check]),
  );
  return { exitCode, report, cluster, stderr: String(stderr) };
};

/** Of what is asked with the identity of the runners. */
const accountsOf = ({ checks }: PreflightReport) => checks.filter(({ about }) => about === 'account');
const nothingLeft = async () => expect((await fleet.kubectl(['get', 'jobs', '-o', 'name'])).trim()).toBe('');

describe('preflight of a cluster', () => {
  afterEach(() => fleet.aws.proxy.setRules([]));

  it('passes where k8s/ is applied, every role and the bucket asked as the runners, and leaves nothing', async () => {
    const from = fleet.aws.proxy.history.length;
    const { exitCode, report, cluster, stderr } = await preflight();
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toMatch(/The runners are asked by the Job aws-inventory-preflight-\S+, which is deleted at the end/);
    const statuses = Object.fromEntries([...cluster].map(([check, { status }]) => [check, status]));
    expect(statuses).toEqual({
      version: 'passed',
      'rights of the orchestrator': 'passed',
      'network policies': 'passed',
      template: 'passed',
      'runner Job': 'passed',
      'runner pod': 'passed',
      image: 'passed',
      'identity of assume': 'passed',
      'identity of upload': 'passed',
    });
    expect(cluster.get('identity of assume')?.message).toContain(':assumed-role/Inventory-Runner/');
    const accounts = accountsOf(report);
    expect(accounts.filter(({ check }) => check === 'role')).toHaveLength(2);
    expect(new Set(accounts.map(({ status }) => status))).toEqual(new Set(['passed']));
    const write = report.checks.find(({ about, check }) => about === 'bucket' && check === 'write');
    expect(write).toMatchObject({ status: 'passed' });
    const asked = fleet.aws.proxy.history.slice(from).filter(({ action }) => action === 'AssumeRole');
    expect(asked).toHaveLength(2);
    await nothingLeft();
  });

  it('tells each account whose role refuses the runners, and what S3 refuses them', async () => {
    const first = fleet.aws.managementAccountId;
    fleet.aws.proxy.setRules([
      {
        match: { service: 'sts', action: 'AssumeRole', roleArn: new RegExp(first) },
        answer: { do: 'refuse', as: 'access-denied' },
      },
      { match: { service: 's3', action: 'PutObject' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const { exitCode, report } = await preflight();
    expect(exitCode).toBe(43);
    const roles = accountsOf(report).filter(({ check }) => check === 'role');
    expect(Object.fromEntries(roles.map(({ subject, code }) => [subject, code]))).toMatchObject({
      [first]: 'role-refused',
    });
    expect(roles.filter(({ status }) => status === 'failed')).toHaveLength(1);
    expect(report.checks).toContainEqual(
      expect.objectContaining({ about: 'bucket', check: 'write', status: 'failed', code: 'upload-refused' }),
    );
    await nothingLeft();
  });

  it('finds an image that no node can pull, and asks with the others', async () => {
    const image = 'registry.example.com/no-such-scanner:1';
    const path = '/spec/jobTemplate/spec/template/spec/initContainers/1/image';
    const patch = JSON.stringify([{ op: 'replace', path, value: image }]);
    await fleet.kubectl(['patch', 'cronjob', 'aws-inventory-runner', '--type=json', '-p', patch]);
    const { exitCode, report } = await preflight();
    await fleet.apply();
    expect(exitCode).toBe(3);
    expect(report.checks.filter(({ check }) => check === 'image')).toEqual([
      expect.objectContaining({ subject: expect.stringContaining('dfdsdk/'), status: 'passed' }),
      expect.objectContaining({
        subject: image,
        status: 'failed',
        message: expect.stringContaining('ImagePullBackOff'),
      }),
    ]);
    expect(new Set(accountsOf(report).map(({ status }) => status))).toEqual(new Set(['passed']));
    await nothingLeft();
  });

  it('says that the runners have no identity, and calls what that would have seen not checked', async () => {
    fleet.aws.proxy.setRules([
      { match: { service: 'sts', action: 'AssumeRoleWithWebIdentity' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const { exitCode, report, cluster } = await preflight();
    expect(exitCode).toBe(3);
    expect(cluster.get('identity of assume')).toMatchObject({
      status: 'failed',
      code: 'no-credentials',
      message: expect.stringContaining('AccessDenied'),
      remedy: expect.stringContaining('system:serviceaccount:inventory:aws-inventory-runner-sa'),
    });
    expect(new Set(accountsOf(report).map(({ status }) => status))).toEqual(new Set(['not-checked']));
    await nothingLeft();
  });

  it('makes no Job when it is told not to, and calls the accounts not checked', async () => {
    const { exitCode, report, stderr } = await preflight(fleet.cluster.adminKubeconfig, '--no-job');
    expect(exitCode).toBe(0);
    expect(stderr).not.toContain('Job');
    expect(accountsOf(report)).toHaveLength(2);
    expect(new Set(accountsOf(report).map(({ status }) => status))).toEqual(new Set(['not-checked']));
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

  it('leaves no Job behind when it is interrupted, and says so when this identity may not make one', async () => {
    const release = fleet.node.hold({ match: ({ metadata }) => /preflight/.test(metadata?.name ?? '') });
    const flags = ['--backend', 'kubernetes', '--bucket', fleet.aws.bucket, '--config', config];
    const running = fleet.aws.start(['preflight', ...flags], { KUBECONFIG: fleet.cluster.adminKubeconfig });
    const jobs = () => fleet.kubectl(['get', 'jobs', '-o', 'name']);
    await vi.waitUntil(async () => (await jobs()).includes('preflight'), patiently);
    running.kill('SIGINT');
    expect((await running).exitCode).toBe(143);
    await vi.waitUntil(async () => (await jobs()).trim() === '', patiently);
    release();
    await fleet.kubectl(['create', 'role', 'reader', '--verb=get,list', '--resource=cronjobs.batch']);
    await fleet.kubectl(['create', 'serviceaccount', 'reader']);
    await fleet.kubectl(['create', 'rolebinding', 'reader', '--role=reader', `--serviceaccount=${namespace}:reader`]);
    const token = (await fleet.kubectl(['create', 'token', 'reader'])).trim();
    const { exitCode, report } = await preflight(await fleet.cluster.kubeconfigFor(token, { namespace }));
    expect(exitCode).toBe(0);
    expect(accountsOf(report)[0]).toMatchObject({
      status: 'not-checked',
      message: expect.stringMatching(/^this identity may not: jobs\.batch is forbidden/),
    });
  });

  it('calls what this identity may not ask not checked', async () => {
    await fleet.kubectl(['create', 'serviceaccount', 'somebody']);
    const token = (await fleet.kubectl(['create', 'token', 'somebody'])).trim();
    const { exitCode, cluster, report } = await preflight(await fleet.cluster.kubeconfigFor(token, { namespace }));
    expect(exitCode).toBe(0);
    for (const check of ['rights of the orchestrator', 'network policies', 'template'])
      expect(cluster.get(check)?.status).toBe('not-checked');
    expect(accountsOf(report)[0]?.message).toBe('there is no runner template to make a Job from');
  });
});

// A whole run in a real cluster, started as the README says.
import { readFileSync } from 'node:fs';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { auditPosition, countCalls, readCalls } from './cluster/audit-log.ts';
import { type ClusterFleet, orchestratorUser, patiently, startClusterFleet } from './cluster/cluster-fleet.ts';

const members = 14;
let fleet: ClusterFleet;

/** The commands of the README's cluster section that start and show a run, as they stand there. */
const readmeCommands = (): string[] => {
  const section = readFileSync('README.md', 'utf8').split('\n## In a cluster\n')[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter(line => line.startsWith('kubectl -n inventory') && !line.includes('logs -f'))
    .slice(0, 4);
};
const runCommand = async (command: string): Promise<string> => {
  const environment = { KUBECONFIG: fleet.cluster.adminKubeconfig, KUBECACHEDIR: fleet.cluster.directory };
  const { stdout } = await execa('bash', ['-euo', 'pipefail', '-c', command], { env: environment });
  return stdout;
};

interface ListedRun {
  readonly run: string;
  readonly state: string;
  readonly jobs?: { readonly all: number };
}

/** `aws-inventory runs`, the newest first. */
const runs = async (): Promise<ListedRun[]> => {
  const flags = ['--backend', 'kubernetes', '--bucket', fleet.aws.bucket, '--output', 'json'];
  const { stdout } = await fleet.aws.start(['runs', ...flags], { KUBECONFIG: fleet.cluster.adminKubeconfig });
  return JSON.parse(String(stdout));
};

beforeAll(async () => {
  fleet = await startClusterFleet({ members });
});
afterAll(() => fleet?.stop());

describe('a run in a cluster', () => {
  it('is started by the manual command, and gives every account its report and its row', async () => {
    const { aws, cluster } = fleet;
    const from = await auditPosition(cluster.auditLog);
    const [remove = '', create = ''] = readmeCommands();
    await runCommand(remove);
    expect(await runCommand(create)).toContain('job.batch/aws-inventory-orchestrator-manual created');
    const job = await fleet.ownJob('aws-inventory-orchestrator-manual');
    const end = await fleet.runEnd(job);
    expect(end).toMatchObject({ succeeded: true, exitCode: 0 });
    const manifest = await aws.manifest(job.run);
    // One member is suspended; the management account is scanned too.
    expect(manifest.totals).toMatchObject({ accounts: members + 1, succeeded: members, skipped: 1 });
    const keys = await aws.keys();
    for (const { id, outcome, reports } of manifest.accounts) {
      if (outcome === 'skipped') continue;
      expect(keys.filter(key => key.endsWith(`/recon_${id}.json`))).toHaveLength(1);
      expect(reports.map(({ kind }) => kind)).toContain('recon');
    }
    expect(JSON.parse(end.message)).toMatchObject({ outcome: 'succeeded' });
    const calls = (await readCalls(cluster.auditLog, from)).filter(
      // Looks for what holds a pod up come with the time that it takes, not with the accounts.
      ({ user, resource }) => user === orchestratorUser && resource !== 'events',
    );
    expect(calls.length, JSON.stringify(countCalls(calls))).toBeLessThanOrEqual(3 * members);
  });

  it('leaves its runner pods and their logs for whoever asks with the labels of the README', async () => {
    const { kubectl } = fleet;
    const runners = await kubectl(['get', 'pods', '-l', 'app=inventory,component=runner', '-o', 'name']);
    expect(runners.trim().split('\n')).toHaveLength(members);
    const [, , show = '', logs = ''] = readmeCommands();
    // A heading, the runners, the orchestrator.
    expect((await runCommand(show)).trim().split('\n')).toHaveLength(1 + members + 1);
    const said = await runCommand(`${logs} --prefix`);
    for (const container of ['assume', 'scan', 'upload']) expect(said).toContain(`/${container}]`);
  });

  it('shows the scan no token of the runner, and the runner’s identity to assume and upload alone', () => {
    const of = (name: string) => fleet.node.started.filter(({ container }) => container === name);
    expect(of('scan')).toHaveLength(members);
    for (const { environment, mounts } of of('scan')) {
      expect(environment).not.toHaveProperty('AWS_ROLE_ARN');
      expect(environment['AWS_WEB_IDENTITY_TOKEN_FILE']).toBe('');
      expect(Object.keys(mounts).sort()).toEqual(['aws-creds', 'inventory-output', 'tmp']);
    }
    for (const name of ['assume', 'upload']) {
      expect(of(name).every(({ mounts }) => 'aws-token' in mounts)).toBe(true);
      expect(of(name).every(({ mounts }) => !Object.keys(mounts).some(each => each.startsWith('kube-api')))).toBe(true);
    }
  });

  it('says with the manual command that the name is taken, until the Job is deleted as the README says', async () => {
    const { aws } = fleet;
    const [remove = '', create = ''] = readmeCommands();
    await expect(runCommand(create)).rejects.toThrow('already exists');
    const before = await fleet.ownJob('aws-inventory-orchestrator-manual');
    await runCommand(remove);
    await runCommand(create);
    const job = await fleet.ownJob('aws-inventory-orchestrator-manual');
    expect(job.run).not.toBe(before.run);
    expect(await fleet.runEnd(job)).toMatchObject({ succeeded: true, exitCode: 0 });
    expect((await aws.manifest(job.run)).totals).toMatchObject({ succeeded: members });
  });

  it('is cancelled by deleting its Job: its runner Jobs and their pods go with it', async () => {
    const { kubectl, node } = fleet;
    const release = node.hold({ match: ({ metadata }) => metadata?.labels?.['component'] === 'runner' });
    const job = await fleet.createRun('cancelled');
    const runners = () => kubectl(['get', 'jobs,pods', '-l', `aws-inventory/run=${job.run}`, '-o', 'name']);
    await vi.waitUntil(async () => (await runners()).split('\n').length >= 4, patiently);
    await kubectl(['delete', 'job', job.name]);
    await vi.waitUntil(async () => (await runners()) === '', patiently);
    release();
    expect((await fleet.aws.keys()).filter(key => key.includes(`run_${job.run}`))).toEqual([]);
  });

  it('is started and followed by somebody elsewhere, narrowed to some accounts', async () => {
    const { aws, cluster, kubectl } = fleet;
    // The first is suspended.
    const [, first = '', second = ''] = aws.ids.map(String);
    const start = (...flags: readonly string[]) =>
      aws.start(['run', '--backend', 'kubernetes', '--bucket', aws.bucket, ...flags], {
        KUBECONFIG: cluster.adminKubeconfig,
      });
    const ended = await start('--accounts', `${first},${second}`, '--output', 'json');
    expect(ended.exitCode, String(ended.stderr)).toBe(0);
    const manifest = JSON.parse(String(ended.stdout));
    expect(manifest.totals).toMatchObject({ accounts: members + 1, succeeded: 2, skipped: members - 1 });
    expect(String(ended.stderr)).toContain('2 of 2 Jobs have finished');
    const owners = await kubectl([
      ...['get', 'jobs', '-l', `aws-inventory/run=${manifest.run}`],
      '-o=jsonpath={.items[*].metadata.ownerReferences[*].name}',
    ]);
    expect(new Set(owners.split(' '))).toHaveProperty('size', 1);
    expect(owners).toContain('aws-inventory-orchestrator-');
    // Every account that it names has succeeded there: nothing is left to try again.
    const retried = await start('--retry', manifest.run);
    expect(retried.exitCode).toBe(0);
    const refused = await start('--accounts', '999999999999');
    expect(refused.exitCode).toBe(2);
    expect(String(refused.stderr)).toContain('999999999999');
    // It closed without a manifest, and is no run of the bucket.
    const listed = await runs();
    expect(listed.find(({ run }) => run === manifest.run)).toMatchObject({ state: 'closed', totals: { succeeded: 2 } });
    expect(listed[0]).toMatchObject({
      state: 'failed',
      jobs: { all: 0 },
      message: expect.stringContaining('999999999999'),
    });
    expect(listed.filter(({ state }) => state !== 'closed')).toHaveLength(1);
  });

  it('goes on in the cluster when who follows it stops', async () => {
    const { aws, cluster, node, kubectl } = fleet;
    const release = node.hold({ match: ({ metadata }) => metadata?.labels?.['component'] === 'runner' });
    const following = aws.start(
      ['run', '--backend', 'kubernetes', '--bucket', aws.bucket, '--accounts', String(aws.ids[1])],
      { KUBECONFIG: cluster.adminKubeconfig },
    );
    const jobs = () =>
      kubectl(['get', 'jobs', '-l', 'component=orchestrator', '-o', 'name', '--sort-by=.metadata.creationTimestamp']);
    const before = (await jobs()).trim().split('\n').length;
    await vi.waitUntil(async () => (await jobs()).trim().split('\n').length > before, patiently);
    const name = (await jobs()).trim().split('\n').at(-1)?.split('/')[1] ?? '';
    await vi.waitUntil(
      async () => (await kubectl(['get', 'pods', '-l', `job-name=${name}`, '-o', 'name'])) !== '',
      patiently,
    );
    await vi.waitUntil(async () => (await runs())[0]?.jobs?.all === 1, patiently);
    const [running] = await runs();
    expect(running).toMatchObject({ job: name, state: 'running', finishedAt: null, jobs: { finished: 0, failed: 0 } });
    following.kill('SIGINT');
    const { exitCode, stderr } = await following;
    expect(exitCode).toBe(143);
    expect(String(stderr)).toContain(`cancel it with kubectl delete -n inventory job/${name}`);
    release();
    expect(await fleet.runEnd(await fleet.ownJob(name))).toMatchObject({ succeeded: true });
  });

  it('is started by its schedule, with the date of the minute that it was due', async () => {
    const { kubectl, aws } = fleet;
    const patch = { spec: { schedule: '* * * * *' } };
    await kubectl(['patch', 'cronjob', 'aws-inventory-orchestrator', '--type=merge', '-p', JSON.stringify(patch)]);
    const scheduled = () =>
      kubectl([
        'get',
        'jobs',
        '-o',
        'jsonpath={range .items[*]}{.metadata.name}{"\\n"}{end}',
        '-l',
        'component=orchestrator',
      ]);
    const name = await vi.waitUntil(
      async () => (await scheduled()).split('\n').find(each => /-orchestrator-\d{8}$/.test(each)),
      patiently,
    );
    const pause = { spec: { suspend: true } };
    await kubectl(['patch', 'cronjob', 'aws-inventory-orchestrator', '--type=merge', '-p', JSON.stringify(pause)]);
    const job = await fleet.ownJob(String(name));
    expect(await fleet.runEnd(job)).toMatchObject({ succeeded: true });
    expect(job.run).toMatch(/^\d{8}-[a-z0-9]{5}$/);
    const due = new Date(Number(job.name.slice(-8)) * 60_000).toISOString().slice(0, 10);
    expect((await aws.manifest(job.run)).date).toBe(due);
  });
});

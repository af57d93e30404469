// A run in the cluster that a person starts elsewhere: with a kubeconfig, or as a retry of an earlier run.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { manifestSchema } from '../../contract/manifest.ts';
import { patiently, quickSettings } from './cluster/cluster-fleet.ts';
import { type ProxiedFleet, startProxiedFleet } from './cluster/proxied-fleet.ts';

const members = 4;
let fleet: ProxiedFleet;
let config: string;

beforeAll(async () => {
  fleet = await startProxiedFleet({ members });
  config = join(fleet.cluster.directory, 'laptop.yaml');
  writeFileSync(config, quickSettings);
});
afterAll(() => fleet?.stop());

const command = (id: string) =>
  fleet.aws.start(
    [
      'run',
      '--backend',
      'kubernetes',
      '--orchestrator',
      'here',
      '--bucket',
      fleet.aws.bucket,
      '--config',
      config,
      '--run-id',
      id,
      '--output',
      'json',
    ],
    { KUBECONFIG: fleet.cluster.adminKubeconfig },
  );

describe('aws-inventory run --backend kubernetes --orchestrator here', () => {
  it('makes the Jobs in the cluster and prints the manifest', async () => {
    const { exitCode, stdout, stderr } = await command('laptop');
    expect(exitCode, String(stderr)).toBe(0);
    expect(manifestSchema.parse(JSON.parse(String(stdout))).totals).toMatchObject({ succeeded: members, skipped: 1 });
    await fleet.expectWhole('laptop');
    const owners = '-o=jsonpath={.items[*].metadata.ownerReferences}';
    expect(await fleet.kubectl(['get', 'jobs', '-l', 'aws-inventory/run=laptop', owners])).toBe('');
  });

  it('shows what the containers of an account said, and says when nobody keeps it', async () => {
    const jobs = await fleet.json<{ items: { metadata: { labels: Record<string, string> } }[] }>([
      ...['get', 'jobs', '-l', 'aws-inventory/run=laptop'],
    ]);
    const id = jobs.items[0]?.metadata.labels['aws-inventory/account'] ?? '';
    const logs = (run: string) =>
      fleet.aws.start(['logs', run, id, '--backend', 'kubernetes'], { KUBECONFIG: fleet.cluster.adminKubeconfig });
    const { exitCode, stdout } = await logs('laptop');
    expect(exitCode).toBe(0);
    const headings = String(stdout).match(/^== .*$/gm) ?? [];
    expect(headings.map(heading => heading.split(', ')[1])).toEqual(['assume', 'scan', 'upload']);
    expect(String(stdout)).toContain('"program":"upload"');
    expect((await logs('another')).exitCode).toBe(2);
  });

  it('leaves its Jobs running at Ctrl-C, and takes them up again with the same id', async () => {
    const release = fleet.node.hold({ match: ({ metadata }) => metadata?.labels?.['aws-inventory/run'] === 'again' });
    const first = command('again');
    const jobs = () => fleet.kubectl(['get', 'jobs', '-l', 'aws-inventory/run=again', '-o', 'name']);
    await vi.waitUntil(async () => (await jobs()).trim().split('\n').length === members, patiently);
    first.kill('SIGINT');
    const { exitCode, stderr } = await first;
    expect(exitCode).toBe(143);
    expect(String(stderr)).toContain('Start the same command again with --run-id again');
    const follow = (...flags: readonly string[]) =>
      fleet.aws.start(['logs', 'again', String(fleet.aws.ids[1]), '--backend', 'kubernetes', ...flags], {
        KUBECONFIG: fleet.cluster.adminKubeconfig,
      });
    // From before its pod has begun to its last line, as it is told afterwards.
    const following = follow('--follow');
    release();
    const followed = await following;
    expect(followed.exitCode, String(followed.stderr)).toBe(0);
    expect(followed.stdout).toContain('"program":"upload"');
    expect(followed.stdout).toBe((await follow()).stdout);
    expect((await command('again')).exitCode).toBe(0);
    await fleet.expectWhole('again');
    expect(fleet.assumed('again')).toHaveLength(members);
  });

  it.each([
    ['there is none', 'there is no kubeconfig', ''],
    ['it cannot be read', "no such file or directory, open '/nonexistent'", '/nonexistent'],
  ])('says that there is no cluster, and what to do, when of a kubeconfig %s', async (_when, reason, file) => {
    const args = ['run', '--backend', 'kubernetes', '--bucket', fleet.aws.bucket];
    const { exitCode, stderr } = await fleet.aws.start(args, { KUBECONFIG: file });
    expect(exitCode).toBe(2);
    expect(String(stderr)).toContain(reason);
    expect(String(stderr)).toContain('Set KUBECONFIG');
  });
});

describe('a run that names an earlier one', () => {
  it('visits only what failed there', async () => {
    const id = String(fleet.aws.ids[2]);
    const refused = {
      match: { action: 'AssumeRole', roleArn: new RegExp(id) },
      answer: { do: 'refuse', as: 'access-denied' },
    } as const;
    fleet.aws.proxy.setRules([refused]);
    const earlier = await fleet.owner('earlier');
    expect((await fleet.start(earlier)).exitCode).toBe(3);
    await fleet.expectWhole(earlier.run, { [id]: 'role-refused' });
    fleet.aws.proxy.setRules([]);
    const retry = await fleet.owner('retry');
    const { exitCode, stderr } = await fleet.start(retry, { INVENTORY_RETRY: earlier.run });
    expect(exitCode, stderr).toBe(0);
    expect(await fleet.aws.manifest(retry.run)).toMatchObject({ retryOf: earlier.run, totals: { succeeded: 1 } });
    expect(fleet.assumed(retry.run)).toEqual([id]);
  });
});

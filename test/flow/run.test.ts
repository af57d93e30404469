import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Fleet, leftProcesses, quickSettings, startFleet } from './fleet.ts';

let fleet: Fleet;
let config: string;

beforeAll(async () => {
  fleet = await startFleet(6);
  config = join(fleet.stateDirectory, 'config.yaml');
  writeFileSync(config, quickSettings);
});
afterAll(() => fleet.stop());
beforeEach(() => fleet.proxy.setRules([]));

const since = (mark: number) => fleet.proxy.history.slice(mark);
const actions = (mark: number, service: string) =>
  since(mark)
    .filter(request => request.service === service)
    .map(request => request.action);

describe('a run of the command', () => {
  it('gives every account of the Organization one row, one report about itself, and ends with 0', async () => {
    const mark = fleet.proxy.history.length;
    const { exitCode, stdout, stderr } = await fleet.run(['--config', config, '--run-id', 'clean']);
    expect(stderr).toContain('Run clean: 6 accounts to scan, 1 skipped');
    expect(exitCode).toBe(0);

    const manifest = await fleet.manifest('clean');
    expect(JSON.parse(stdout)).toEqual(manifest);
    expect(manifest.accounts.map(({ id }) => id)).toEqual([...fleet.ids, fleet.managementAccountId].sort());
    expect(manifest.totals).toMatchObject({ accounts: 7, succeeded: 6, skipped: 1, failed: 0, partial: 0 });
    expect(manifest.accounts.find(({ name }) => name === 'closed')).toMatchObject({
      outcome: 'skipped',
      code: 'not-active',
      message: 'its state is SUSPENDED',
    });
    expect(manifest.complete).toBe(true);

    const date = manifest.date.replaceAll('-', '/');
    for (const account of manifest.accounts.filter(({ outcome }) => outcome === 'succeeded')) {
      expect(account.reports.map(({ key }) => key)).toContain(`AWSRecon/${date}/recon_${account.id}.json`);
      const recon = JSON.parse(await fleet.read(`AWSRecon/${date}/recon_${account.id}.json`)) as { account: string }[];
      expect(recon.filter(record => record.account !== account.id)).toEqual([]);
    }
    expect((await fleet.latest()).accounts).toHaveLength(7);
    expect((await fleet.latest()).completeRun?.run).toBe('clean');

    // Nothing is called that this run does not need.
    expect(new Set(actions(mark, 'organizations'))).toEqual(new Set(['ListAccounts']));
    const assumed = since(mark).filter(request => request.action === 'AssumeRole');
    expect(assumed).toHaveLength(6);
    expect(assumed.map(request => Object.keys(request.parameters).sort())).toEqual(
      assumed.map(() => ['RoleArn', 'RoleSessionName']),
    );
    expect(new Set(assumed.map(request => request.parameters['RoleSessionName']))).toEqual(
      new Set(['inventory-clean']),
    );
    expect(leftProcesses(fleet.stateDirectory)).toEqual([]);
  });

  it('does nothing anew when the same run is started again after its end', async () => {
    const mark = fleet.proxy.history.length;
    const { exitCode } = await fleet.run(['--config', config, '--run-id', 'clean']);
    expect(exitCode).toBe(0);
    expect(actions(mark, 'sts').filter(action => action === 'AssumeRole')).toEqual([]);
    expect((await fleet.manifest('clean')).totals.succeeded).toBe(6);
  });

  it('reads the tree when units are selected, and brings only its own accounts into latest.json', async () => {
    const { exitCode } = await fleet.run(['--config', config, '--run-id', 'narrow', '--ou', 'Sandbox']);
    expect(exitCode).toBe(0);
    const manifest = await fleet.manifest('narrow');
    expect(manifest.complete).toBe(false);
    expect(manifest.accounts.filter(({ outcome }) => outcome === 'succeeded').map(({ name }) => name)).toEqual([
      '"\n<script>${x}',
    ]);
    const latest = await fleet.latest();
    expect(latest.accounts).toHaveLength(7);
    expect(latest.accounts.filter(({ run }) => run === 'narrow')).toHaveLength(1);
    expect(latest.completeRun?.run).toBe('clean');
  });

  it('renews credentials beside each scan where scans may be long, and leaves no process behind', async () => {
    const long = join(fleet.stateDirectory, 'long.yaml');
    writeFileSync(long, `${quickSettings}local: {longScans: true}\n`);
    const last = fleet.ids.at(-1) ?? '';
    const flags = ['--config', long, '--run-id', 'long', '--accounts', last];
    const { exitCode, stderr } = await fleet.run(flags);
    expect(exitCode, stderr).toBe(0);
    expect((await fleet.manifest('long')).accounts.find(({ id }) => id === last)).toMatchObject({
      outcome: 'succeeded',
      code: null,
    });
    const { stdout } = await fleet.start(['logs', 'long', last, '--container', 'refresh']);
    expect(stdout).toContain('"program":"refresh"');
    expect(leftProcesses(fleet.stateDirectory)).toEqual([]);
  });

  it('sends ExternalId and SourceIdentity when the settings have them, and expects the bucket of its owner', async () => {
    writeFileSync(
      join(fleet.stateDirectory, 'strict.yaml'),
      `${quickSettings}role: {externalId: abc, sourceIdentity: inventory}\nreports: {expectedOwner: "${fleet.managementAccountId}"}\n`,
    );
    const mark = fleet.proxy.history.length;
    const { exitCode } = await fleet.run([
      '--config',
      join(fleet.stateDirectory, 'strict.yaml'),
      '--accounts',
      fleet.ids[2] ?? '',
    ]);
    expect(exitCode).toBe(0);
    const assumed = since(mark).find(request => request.action === 'AssumeRole');
    expect(assumed?.parameters).toMatchObject({ ExternalId: 'present', SourceIdentity: 'inventory' });
    const writes = since(mark).filter(request => request.action === 'PutObject');
    expect(writes.length).toBeGreaterThan(3);
    expect(new Set(writes.map(request => request.headers['x-amz-expected-bucket-owner']))).toEqual(
      new Set([fleet.managementAccountId]),
    );
  });

  it('takes accounts from a list in the settings without asking Organizations', async () => {
    const listed = join(fleet.stateDirectory, 'listed.yaml');
    const template = 'arn:aws:iam::{account_id}:role/audit';
    writeFileSync(
      listed,
      `${quickSettings}accounts: {from: [{id: "${fleet.ids[2]}", name: one, role: "${template}"}, {id: "${fleet.ids[3]}", regions: [us-east-1]}]}\n`,
    );
    const mark = fleet.proxy.history.length;
    const { exitCode } = await fleet.run(['--config', listed, '--run-id', 'listed']);
    expect(exitCode).toBe(0);
    expect(actions(mark, 'organizations')).toEqual([]);
    expect((await fleet.manifest('listed')).accounts.map(({ name }) => name).sort()).toEqual(
      [String(fleet.ids[3]), 'one'].sort(),
    );
    const roles = since(mark)
      .filter(request => request.action === 'AssumeRole')
      .map(request => request.parameters['RoleArn']);
    expect(roles).toContain(`arn:aws:iam::${fleet.ids[2]}:role/audit`);
  });

  it('moves everything but recon to another prefix when the settings say so', async () => {
    const moved = join(fleet.stateDirectory, 'moved.yaml');
    writeFileSync(moved, `${quickSettings}reports: {otherPrefix: Inventory/Meta}\n`);
    const { exitCode } = await fleet.run(['--config', moved, '--run-id', 'moved', '--accounts', fleet.ids[2] ?? '']);
    expect(exitCode).toBe(0);
    const keys = await fleet.keys();
    const date = (await fleet.manifest('moved')).date.replaceAll('-', '/');
    expect(keys).toEqual(
      expect.arrayContaining([
        `Inventory/Meta/${date}/run_moved.json`,
        `Inventory/Meta/${date}/scan_${fleet.ids[2]}.json`,
        'Inventory/Meta/latest.json',
      ]),
    );
  });

  it('fails an unknown id of INCLUDE_ACCOUNTS as a row of its own and scans the others', async () => {
    const { exitCode, stderr } = await fleet.run(['--config', config, '--run-id', 'included'], {
      INCLUDE_ACCOUNTS: `${fleet.ids[2]},999999999999`,
    });
    expect(stderr).toContain('999999999999');
    expect(exitCode).toBe(3);
    const rows = (await fleet.manifest('included')).accounts.filter(({ code }) => code !== 'not-selected');
    expect(rows.find(({ id }) => id === '999999999999')).toMatchObject({ outcome: 'failed', code: 'unknown-account' });
    expect(rows.find(({ id }) => id === fleet.ids[2])).toMatchObject({ outcome: 'succeeded' });
    expect((await fleet.latest()).accounts.map(({ id }) => id)).not.toContain('999999999999');
  });

  it.each([
    ['an unknown account', ['--accounts', '999999999999'], 2, 'the account "999999999999" is not in the Organization'],
    ['an unknown unit', ['--ou', 'Workload'], 2, 'the nearest is Workloads'],
    [
      'a selection that leaves nobody',
      ['--ou', 'Workloads/Prod', '--exclude', 'all'],
      2,
      'an account id has exactly 12 digits',
    ],
    ['an id that is none of a run', ['--run-id', 'Run_1'], 2, '"Run_1" cannot be a run id'],
    ['a run that never was', ['--retry', 'never'], 2, 'No account\'s newest entry is of the run "never"'],
    ['an unknown flag', ['--bukcet', 'x'], 2, 'Did you mean --bucket?'],
  ])('refuses %s before any Job is made', async (_name, args, code, message) => {
    const mark = fleet.proxy.history.length;
    const { exitCode, stderr, stdout } = await fleet.run(['--config', config, ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(code);
    expect(stdout).toBe('');
    expect(actions(mark, 'sts')).not.toContain('AssumeRole');
  });

  it('refuses a selection that leaves nobody', async () => {
    const [, hostile] = fleet.ids;
    const { exitCode, stderr } = await fleet.run(['--config', config, '--ou', 'Sandbox', '--exclude', hostile ?? '']);
    expect(stderr).toContain('leaves none of 7 accounts');
    expect(exitCode).toBe(2);
  });

  it.each([
    ['denied', 'access-denied', 40, 'Allow organizations:ListAccounts'],
    ['throttled for ever', 'throttled', 1, 'start the same run again'],
  ] as const)('makes no Job when the Organization is %s, and says what to do', async (_name, as, code, remedy) => {
    fleet.proxy.setRules([{ match: { service: 'organizations' }, answer: { do: 'refuse', as } }]);
    const mark = fleet.proxy.history.length;
    const { exitCode, stderr } = await fleet.run(['--config', config], { AWS_MAX_ATTEMPTS: '2' });
    expect(exitCode).toBe(code);
    expect(stderr).toContain(remedy);
    expect(actions(mark, 'sts')).not.toContain('AssumeRole');
  });

  it('ends with 3 and the statement to add when the manifest cannot be written', async () => {
    fleet.proxy.setRules([
      { match: { service: 's3', key: /run_.*\.json$/ }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const { exitCode, stderr } = await fleet.run(['--config', config, '--accounts', fleet.ids[2] ?? '']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('"Action":["s3:PutObject","s3:GetObject"]');
    expect(stderr).toContain(`arn:aws:s3:::${fleet.bucket}/AWSRecon/latest.json`);
  });

  it('leaves a damaged latest.json as it is, keeps its manifest and says so', async () => {
    await fleet.write('AWSRecon/latest.json', '{"accounts": [');
    const { stderr, exitCode } = await fleet.run([
      '--config',
      config,
      '--accounts',
      fleet.ids[2] ?? '',
      '--run-id',
      'damaged',
    ]);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('latest-not-updated');
    expect(await fleet.read('AWSRecon/latest.json')).toBe('{"accounts": [');
    expect((await fleet.manifest('damaged')).totals.succeeded).toBe(1);
  });

  it('writes no credentials anywhere in the state of its runs', async () => {
    const runs = join(fleet.stateDirectory, 'aws-inventory-orchestrator', 'runs');
    const { stdout } = await execa('grep', ['-rlE', 'aws_session_token|(AKIA|ASIA)[A-Z0-9]{16}|ecretAccessKey', runs], {
      reject: false,
    });
    expect(stdout).toBe('');
  });
});

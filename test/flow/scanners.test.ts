import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { type Fleet, leftProcesses, startFleet } from './fleet.ts';

let fleet: Fleet;

beforeAll(async () => {
  fleet = await startFleet(3);
});
afterAll(() => fleet.stop());

/** The runner template with its scan replaced by the fake scanner in this mode, as a user would replace it. */
const configFor = (mode: string, deadline = '60s'): string => {
  const template = parseDocument(readFileSync('k8s/base/runner/job-template.yaml', 'utf8'), { merge: true });
  const scan = ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'initContainers', 1];
  template.setIn([...scan, 'image'], 'example/fake-scanner:1.0@sha256:abc');
  template.setIn([...scan, 'args'], [mode]);
  template.setIn(['spec', 'jobTemplate', 'spec', 'template', 'spec', 'terminationGracePeriodSeconds'], 1);
  const file = join(fleet.stateDirectory, `${mode}.yaml`);
  writeFileSync(file, template.toString());
  const config = join(fleet.stateDirectory, `${mode}-config.yaml`);
  const command = JSON.stringify([process.execPath, join(process.cwd(), 'test/flow/fake-scanner.mjs')]);
  writeFileSync(
    config,
    `run: {retries: 0, accountDeadline: ${deadline}}\nlocal:\n  template: ${file}\n  images: {example/fake-scanner: ${command}}\n`,
  );
  return config;
};

const scan = async (mode: string, deadline?: string) => {
  const id = fleet.ids[2] ?? '';
  const end = await fleet.run(['--config', configFor(mode, deadline), '--run-id', mode, '--accounts', id]);
  const manifest = await fleet.manifest(mode);
  const account = manifest.accounts.find(row => row.id === id);
  return { ...end, account, kinds: account?.reports.map(({ kind }) => kind).sort(), manifest };
};

describe('a foreign scanner', () => {
  it('that writes a whole report needs nothing else of ours', async () => {
    const { exitCode, account, kinds } = await scan('whole');
    expect([exitCode, account?.outcome, kinds]).toEqual([0, 'succeeded', ['recon']]);
  });

  it('that writes further reports has them beside the first, and what may not be a report is named', async () => {
    const { exitCode, account, kinds } = await scan('extra');
    expect([exitCode, account?.outcome, account?.code, kinds]).toEqual([
      3,
      'partial',
      'report-rejected',
      ['drift', 'recon'],
    ]);
    expect(account?.message).toContain('latest.json');
    expect(account?.message).toContain('folder.json');
  });

  it.each([
    ['nothing', 'report-missing', /no report|left no/],
    ['half', 'report-missing', /output\.json/],
    ['foreign', 'report-missing', /999999999999/],
    ['symlink', 'report-missing', /symbolic link/],
    ['fails', 'container-failed', /exit code 1 .* so upload did not start/],
    ['killed', 'container-killed', /exit code 137/],
  ])('that leaves %s fails its account with %s and the reason, and nothing is uploaded', async (mode, code, reason) => {
    const before = await fleet.keys();
    const { exitCode, account, kinds, stderr } = await scan(mode);
    expect([exitCode, account?.outcome, account?.code]).toEqual([3, 'failed', code]);
    expect(account?.message).toMatch(reason);
    expect(kinds).toEqual([]);
    const added = (await fleet.keys()).filter(key => !before.includes(key));
    expect(added.filter(key => /\/(recon|scan)_/.test(key))).toEqual([]);
    expect(stderr).toContain(code);
  });

  it('whose report cannot be sent has it kept on this machine, and the command says where', async () => {
    const { stderr } = await scan('half');
    const kept = /What it made is kept in (\S+)/.exec(stderr)?.[1] ?? '';
    expect(readFileSync(join(kept, 'output.json'), 'utf8')).toContain('"account"');
  });

  it('that hangs with a child that ignores SIGTERM is ended with all it started', async () => {
    const { exitCode, account } = await scan('hangs', '4s');
    expect([exitCode, account?.outcome, account?.code]).toEqual([3, 'failed', 'job-deadline']);
    expect(leftProcesses(fleet.stateDirectory)).toEqual([]);
    expect(leftProcesses('process.on("SIGTERM"')).toEqual([]);
  });

  it('that writes 300 MB has them uploaded whole', async () => {
    const { exitCode, account } = await scan('huge', '5m');
    expect([exitCode, account?.outcome]).toEqual([0, 'succeeded']);
    expect(account?.reports.find(({ kind }) => kind === 'recon')?.bytes).toBeGreaterThan(300_000_000);
  });

  it('whose image nobody knows is refused before the run, with what to set', async () => {
    const config = configFor('whole');
    writeFileSync(config, readFileSync(config, 'utf8').replace('example/fake-scanner:', 'example/other:'));
    const { exitCode, stderr } = await fleet.run(['--config', config]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('example/fake-scanner');
    expect(stderr).toContain('local.images');
  });
});

describe('a role', () => {
  it('that lives in another account ends with wrong-account, and nothing is scanned', async () => {
    const [, , target, other] = [...fleet.ids, fleet.managementAccountId];
    const config = join(fleet.stateDirectory, 'wrong.yaml');
    writeFileSync(
      config,
      `role: {overrides: {"${target}": {arn: "arn:aws:iam::${other}:role/managed/inventory"}}}\nrun: {retries: 0}\n`,
    );
    const mark = fleet.proxy.history.length;
    const { exitCode } = await fleet.run(['--config', config, '--run-id', 'wrong', '--accounts', target ?? '']);
    expect(exitCode).toBe(3);
    const account = (await fleet.manifest('wrong')).accounts.find(({ id }) => id === target);
    expect(account).toMatchObject({ outcome: 'failed', code: 'wrong-account', attempts: 1 });
    expect(
      fleet.proxy.history.slice(mark).filter(({ service }) => !['sts', 'organizations', 's3'].includes(service)),
    ).toEqual([]);
  });
});

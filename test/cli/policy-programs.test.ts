import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'policy-'));
  await writeFile(
    join(directory, 'config.yaml'),
    'reports: {bucket: my-inventory}\naccounts: {tags: {stage: [prod]}}\n',
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const sidsFor = async (purpose: string) => {
  const { exitCode, stdout } = await runCli(directory, ['policy', '--for', purpose]);
  expect(exitCode).toBe(0);
  return JSON.parse(stdout);
};

describe('policy --for', () => {
  it.each([
    ['orchestrator', ['ListAccounts', 'CloseRuns', 'ReadUploadRecords']],
    ['runner', ['UploadInventory', 'AssumeRole']],
    ['uploader', ['UploadInventory']],
    ['exporter', ['ReadResults']],
  ])('%s prints what its role gets', async (purpose, sids) => {
    const { Statement } = await sidsFor(purpose);
    expect(Statement.map(({ Sid }: { Sid: string }) => Sid)).toEqual(sids);
    expect(JSON.stringify(Statement)).toContain('my-inventory');
  });

  it.each([
    ['cn-north-1', 'arn:aws-cn:'],
    ['us-gov-west-1', 'arn:aws-us-gov:'],
    ['eu-west-1', 'arn:aws:'],
  ])('a program names what it may in the partition of its region: %s', async (AWS_REGION, start) => {
    const { stdout } = await runCli(directory, ['policy', '--for', 'runner'], { AWS_REGION });
    expect(new Set(stdout.match(/arn:[a-z-]+:/g))).toEqual(new Set([start]));
  });

  it('orchestrator follows the selection of the settings', async () => {
    const { Statement } = await sidsFor('orchestrator');
    expect(Statement[0].Action).toEqual(['organizations:ListAccounts', 'organizations:ListTagsForResource']);
  });

  it('member prints trust and policies of the role in every account', async () => {
    const { trust, policies } = await sidsFor('member');
    expect(trust.Statement[0].Action).toBe('sts:AssumeRole');
    expect(Object.keys(policies)).toEqual(expect.arrayContaining(['inventory-reads-1', 'no-content']));
  });

  it('a program says which setting it lacks', async () => {
    const { exitCode, stderr } = await runCli(tmpdir(), ['policy', '--for', 'runner']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Set reports.bucket or BUCKET_NAME');
  });
});

// `aws-inventory preflight` against the simulator; what that never refuses, the proxy does.
import { CreateBucketCommand, ListObjectsV2Command, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import type { Check, PreflightReport } from '../../contract/preflight.ts';
import { startEstate, type TestEstate } from '../infrastructure/estate.ts';
import { type CliEnd, runCli } from './run-cli.ts';

let estate: TestEstate;
let s3: S3Client;

beforeAll(async () => {
  estate = await startEstate(inject('simulator'), ['security', 'payments', 'shop', 'closed subsidiary']);
  const credentials = estate.credentials.billing;
  s3 = new S3Client({ endpoint: estate.proxy.url, region: 'eu-west-1', forcePathStyle: true, credentials });
  const Bucket = estate.bucket;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }));
});
afterAll(async () => {
  s3.destroy();
  await estate.stop();
});
afterEach(() => estate.proxy.setRules([]));

const preflight = (...flags: readonly string[]): Promise<CliEnd> =>
  runCli(estate.directory, ['preflight', '--bucket', estate.bucket, ...flags], {
    ...estate.environment,
    AWS_PROFILE: 'billing-admin',
    AWS_MAX_ATTEMPTS: '2',
  });

const report = async (...flags: readonly string[]): Promise<PreflightReport & { exitCode: number | undefined }> => {
  const { exitCode, stdout } = await preflight(...flags, '--output', 'json');
  return { ...JSON.parse(stdout), exitCode };
};

const find = ({ checks }: PreflightReport, subject: string, check: string): Check | undefined =>
  checks.find(each => each.subject === subject && each.check === check);

describe('preflight', () => {
  it('passes where a run would, with three calls for each account, and writes nothing', async () => {
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: estate.bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    const from = estate.proxy.history.length;
    const found = await report();
    expect(found.exitCode).toBe(0);
    expect(found.checks.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(find(found, 'accounts', 'list')?.message).toBe('4 to scan, 1 skipped');
    for (const id of [estate.billing, estate.security]) {
      expect(find(found, id, 'role')).toMatchObject({ status: 'passed' });
      expect(find(found, id, 'regions')).toMatchObject({ status: 'passed' });
    }
    const calls = estate.proxy.history.slice(from);
    const ofAccounts = calls.filter(({ service }) => service === 'sts' || service === 'ec2');
    expect(ofAccounts.length).toBeLessThanOrEqual(2 + 3 * 4);
    expect((await s3.send(new ListObjectsV2Command({ Bucket: estate.bucket }))).Contents ?? []).toEqual([]);
    const write = calls.find(({ action }) => action === 'PutObject');
    expect(write?.headers['if-match']).toBe('"00000000000000000000000000000000"');
    expect(find(found, estate.bucket, 'write')).toMatchObject({ status: 'passed' });
  });

  it('sends what a run would send', async () => {
    const from = estate.proxy.history.length;
    await report('--accounts', estate.security);
    const assumed = estate.proxy.history.slice(from).filter(({ action }) => action === 'AssumeRole');
    expect(assumed.map(({ parameters }) => parameters)).toEqual([
      {
        RoleArn: `arn:aws:iam::${estate.security}:role/managed/inventory`,
        RoleSessionName: 'inventory-preflight',
      },
    ]);
  });

  it('says of a role that is refused what to do, once for all accounts, and ends with 3', async () => {
    estate.proxy.setRules([
      { match: { service: 'sts', action: 'AssumeRole' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const found = await report();
    expect(found.exitCode).toBe(3);
    expect(find(found, estate.security, 'role')).toMatchObject({
      status: 'failed',
      code: 'role-refused',
      remedy: expect.stringContaining('let its trust policy allow sts:AssumeRole to the runner role'),
    });
    const { stdout, stderr } = await preflight();
    expect(stdout.split('\n').filter(line => line.startsWith('failed\taccount\t'))).toHaveLength(4);
    // The caller's own account, which its message names, and all others.
    expect(stderr.match(/✗ account /g)).toHaveLength(2);
    expect(stderr).toMatch(/✗ account \d{12}, \d{12}, \d{12}, role/);
  });

  it('names a service control policy as what it is', async () => {
    const message =
      'User is not authorized to perform: sts:AssumeRole with an explicit deny in a service control policy';
    estate.proxy.setRules([
      {
        match: { service: 'sts', action: 'AssumeRole' },
        answer: { do: 'fail', status: 403, code: 'AccessDenied', message },
      },
    ]);
    const found = await report('--accounts', estate.security);
    expect(find(found, estate.security, 'role')?.remedy).toContain('service control policy');
  });

  it('finds regions that are off', async () => {
    estate.proxy.setRules([
      {
        match: { service: 'ec2', action: 'DescribeRegions' },
        answer: { do: 'fail', status: 403, code: 'UnauthorizedOperation', message: 'You are not authorized' },
      },
    ]);
    const found = await report('--accounts', estate.security);
    expect(find(found, estate.security, 'regions')).toMatchObject({ status: 'failed', code: 'services-denied' });
  });

  it('ends with 43 where the bucket would refuse, and where there is none', async () => {
    estate.proxy.setRules([
      { match: { service: 's3', action: 'PutObject' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const refused = await report('--accounts', estate.security);
    expect(refused.exitCode).toBe(43);
    expect(find(refused, estate.bucket, 'write')).toMatchObject({ status: 'failed', code: 'upload-refused' });
    estate.proxy.setRules([]);
    const absent = await report('--accounts', estate.security, '--bucket', 'nobody-has-made-this');
    expect(absent.exitCode).toBe(43);
    expect(find(absent, 'nobody-has-made-this', 'there')?.message).toContain('There is no bucket');
  });

  it('calls what it may not see not checked, never passed', async () => {
    estate.proxy.setRules([
      {
        match: { service: 's3', action: ['GetBucketVersioning', 'GetBucketEncryption', 'GetPublicAccessBlock'] },
        answer: { do: 'refuse', as: 'access-denied' },
      },
    ]);
    const found = await report('--accounts', estate.security);
    expect(found.exitCode).toBe(0);
    for (const check of ['versions', 'encryption', 'public access'])
      expect(find(found, estate.bucket, check)?.status).toBe('not-checked');
  });

  it('ends before anything is asked where the Organization cannot be listed', async () => {
    estate.proxy.setRules([
      { match: { service: 'organizations', action: 'ListAccounts' }, answer: { do: 'refuse', as: 'access-denied' } },
    ]);
    const { exitCode, stderr } = await preflight();
    expect(exitCode).toBe(40);
    expect(stderr).toContain('organization-denied');
  });
});

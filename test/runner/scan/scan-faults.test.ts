// The container `scan` behind a proxy that refuses: what it could not see is said, what it saw is kept, upload can run.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type RefusingProxy, startRefusingProxy } from '../../../clients/simulator/proxy.ts';
import { randomAccountId } from '../../setup/run-container.ts';
import { cellOf, fillAccount, scanAccount } from './scan-fixture.ts';

const account = randomAccountId();
const inventory = { accountId: account, service: /^(?!sts$)/ };
/** Of one service, as clients/aws/inventory/walk.ts asks. */
const rowsAtOnce = 4;
let proxy: RefusingProxy;

beforeAll(async () => {
  const url = inject('simulator');
  const region = 'eu-west-1';
  await fillAccount(url, account, [
    { kind: 'queue', region, name: 'q', tags: { a: 'b' } },
    { kind: 'topic', region, name: 't', tags: {} },
    { kind: 'key', region, name: 'k', tags: { a: 'b' } },
    { kind: 'bucket', region, name: 'b', tags: {} },
    { kind: 'network', region, name: 'n', tags: {} },
  ]);
  proxy = await startRefusingProxy({ upstream: url });
});
afterAll(() => proxy.stop());
afterEach(() => proxy.setRules([]));

const scan = (services: string, environment: Record<string, string> = {}) =>
  scanAccount({ url: proxy.url, account, environment: { INVENTORY_SERVICES: services, ...environment } });

describe('a scan', () => {
  it('with a denied service is partial, names the right to grant, and keeps the rest', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'kms' }, answer: { do: 'refuse', as: 'access-denied' } }]);
    const run = await scan('sqs,kms');
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'partial', code: 'services-denied' } });
    expect(run.message?.message).toBe('denied: KMS (kms:ListAliases, kms:ListKeys) in eu-west-1');
    expect(cellOf(run, 'AWS::KMS::Key')).toMatchObject({ outcome: 'denied', action: 'kms:ListKeys' });
    // The second witness has seen the key all the same.
    expect(run.records?.find(record => record.resourceType === 'AWS::KMS::Key')).toMatchObject({
      sources: ['tagging'],
    });
    expect(cellOf(run, 'AWS::SQS::Queue')).toMatchObject({ outcome: 'listed', resources: 1 });
  });

  it('that EC2 refuses one type of keeps the others', async () => {
    const match = { ...inventory, service: 'ec2', action: 'DescribeVpcs' };
    proxy.setRules([{ match, answer: { do: 'fail', status: 403, code: 'UnauthorizedOperation', message: 'No.' } }]);
    const run = await scan('ec2');
    expect(cellOf(run, 'AWS::EC2::VPC')).toMatchObject({ outcome: 'denied', action: 'ec2:DescribeVpcs' });
    expect(cellOf(run, 'AWS::EC2::Subnet')).toMatchObject({ outcome: 'listed' });
    expect(run.cells.filter(({ outcome }) => outcome === 'denied').map(({ type }) => type)).toEqual(['AWS::EC2::VPC']);
    expect(run.records?.some(record => record.resourceType === 'AWS::EC2::Subnet')).toBe(true);
    const vpcs = run.records?.filter(record => record.resourceType === 'AWS::EC2::VPC') ?? [];
    expect(vpcs.every(record => !record.sources.includes('native'))).toBe(true);
  });

  it('that may list but not describe keeps the names', async () => {
    const match = { ...inventory, service: 'sqs', action: 'GetQueueAttributes' };
    proxy.setRules([{ match, answer: { do: 'refuse', as: 'access-denied' } }]);
    const run = await scan('sqs');
    expect(cellOf(run, 'AWS::SQS::Queue')).toMatchObject({
      outcome: 'denied',
      resources: 1,
      action: 'sqs:getqueueattributes',
    });
    expect(run.records?.[0]?.resource.arn).toBe(`arn:aws:sqs:eu-west-1:${account}:q`);
  });

  it('that a service control policy denies a service is not the account’s fault', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'sns' }, answer: { do: 'refuse', as: 'denied-by-scp' } }]);
    const run = await scan('sqs,sns');
    expect(run.message?.outcome).toBe('succeeded');
    expect(cellOf(run, 'AWS::SNS::Topic')).toMatchObject({ outcome: 'denied', byServiceControlPolicy: true });
  });

  it('that is denied everything fails without a report, and lets upload run', async () => {
    proxy.setRules([{ match: inventory, answer: { do: 'refuse', as: 'access-denied' } }]);
    const run = await scan('all', { INVENTORY_REGIONS: 'enabled' });
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'failed', code: 'scan-denied' }, records: undefined });
    expect(run.report?.verdict).toMatchObject({ outcome: 'failed', code: 'scan-denied' });
    const others = run.cells.filter(({ outcome }) => outcome !== 'denied');
    expect(new Set(others.map(({ service, outcome }) => `${service} ${outcome}`))).toEqual(
      new Set(['Lightsail not-in-region']),
    );
    expect(run.message?.counts?.types['denied']).toBeGreaterThan(1_400);
    expect(run.cells).toContainEqual(expect.objectContaining({ region: 'global', action: 'ec2:DescribeRegions' }));
  });

  it('whose refusal the settings expect is not partial, and says why', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'kms' }, answer: { do: 'refuse', as: 'access-denied' } }]);
    const accepted = [{ type: 'AWS::KMS::*', region: 'eu-*', outcome: 'denied', reason: 'keys are not ours to see' }];
    const run = await scan('sqs,kms', { INVENTORY_ACCEPTED: JSON.stringify(accepted) });
    expect(run.message).toMatchObject({ outcome: 'succeeded', counts: { accepted: 2, types: { accepted: 2 } } });
    expect(cellOf(run, 'AWS::KMS::Key')).toMatchObject({ outcome: 'denied', accepted: 'keys are not ours to see' });
    expect(cellOf(run, 'AWS::SQS::Queue')?.accepted).toBeUndefined();
  });

  it('that is throttled for ever gives up on that service alone', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'sqs' }, answer: { do: 'refuse', as: 'throttled' } }]);
    const run = await scan('sqs,sns');
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'partial', code: 'services-throttled' } });
    expect(cellOf(run, 'AWS::SQS::Queue')?.outcome).toBe('throttled');
    expect(cellOf(run, 'AWS::SNS::Topic')?.outcome).toBe('listed');
  });

  it('whose credentials expire stops asking, keeps what it saw, and says so', async () => {
    proxy.setRules([
      { match: { ...inventory, service: 'ec2' }, after: 8, answer: { do: 'refuse', as: 'expired-token' } },
    ]);
    const before = proxy.history.length;
    const run = await scan('ec2');
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'partial', code: 'credentials-expired' } });
    expect(run.records?.some(record => record.resourceType === 'AWS::EC2::VPC')).toBe(true);
    expect(cellOf(run, 'AWS::EC2::TransitGateway')?.outcome).toBe('failed');
    // Rows that were being asked when the first was refused are refused as well, and no others.
    const asked = proxy.history.slice(before).filter(request => request.service === 'ec2');
    expect(asked.length).toBeGreaterThan(8);
    expect(asked.length).toBeLessThanOrEqual(8 + rowsAtOnce);
  });

  it('with credentials that expired before it began asks nothing', async () => {
    proxy.setRules([{ match: { accountId: account }, answer: { do: 'refuse', as: 'expired-token' } }]);
    const run = await scan('sqs');
    expect(run).toMatchObject({ exitCode: 45, message: { code: 'credentials-expired' }, records: undefined });
  });

  it('takes a region that does not know the credentials for one that is not enabled', async () => {
    const match = { ...inventory, region: 'ap-east-1' };
    proxy.setRules([{ match, answer: { do: 'refuse', as: 'region-not-enabled' } }]);
    const run = await scan('ec2,sqs,kms,lambda', { INVENTORY_REGIONS: 'eu-west-1,ap-east-1' });
    expect(run.message?.outcome).toBe('succeeded');
    const there = run.cells.filter(cell => cell.region === 'ap-east-1');
    expect(new Set(there.map(({ tier }) => tier))).toEqual(new Set(['account', 'native', 'cloud-control']));
    expect(new Set(there.map(({ outcome }) => outcome))).toEqual(new Set(['not-enabled']));
  });

  it.each([
    ['refused as not subscribed to', 'OptInRequired', 'failed'],
    ['not known', 'InvalidAction', 'failed'],
    ['asked with unknown credentials', 'AuthFailure', 'denied'],
    ['refused', 'UnauthorizedOperation', 'denied'],
  ])('whose question for regions is %s has not seen all', async (_case, code, outcome) => {
    const match = { ...inventory, action: 'DescribeRegions' };
    proxy.setRules([{ match, answer: { do: 'fail', status: 400, code, message: 'No.' } }]);
    const run = await scan('sqs', { INVENTORY_REGIONS: 'enabled' });
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'partial', code: `services-${outcome}` } });
    expect(cellOf(run, 'regions', 'global')).toMatchObject({ outcome, action: 'ec2:DescribeRegions' });
    expect(cellOf(run, 'AWS::SQS::Queue')?.outcome).toBe('listed');
  });

  it('of an account that names no region has not seen all', async () => {
    const body = '<DescribeRegionsResponse><requestId>x</requestId><regionInfo/></DescribeRegionsResponse>';
    const match = { ...inventory, action: 'DescribeRegions' };
    proxy.setRules([{ match, answer: { do: 'respond', status: 200, body } }]);
    const run = await scan('sqs', { INVENTORY_REGIONS: 'enabled' });
    expect(run.message).toMatchObject({ outcome: 'partial', code: 'services-failed' });
    expect(cellOf(run, 'regions', 'global')?.error).toContain('no region');
  });

  it('whose credentials are taken back on the way is not green', async () => {
    const answer = { do: 'refuse', as: 'region-not-enabled' } as const;
    proxy.setRules([{ match: { ...inventory, service: 'kms', region: 'eu-west-1' }, answer }]);
    const run = await scan('kms,sqs');
    expect(run.message).toMatchObject({ outcome: 'partial', code: 'services-denied' });
    expect(cellOf(run, 'AWS::KMS::Key')?.outcome).toBe('denied');
  });

  it('of a region that does not exist is partial, and the other region is listed', async () => {
    const run = await scan('sqs,sns', { INVENTORY_REGIONS: 'eu-west-1,eu-nowhere-9' });
    expect(run.message).toMatchObject({ outcome: 'partial', code: 'services-failed' });
    expect(run.message?.message).toContain('eu-nowhere-9');
    expect(cellOf(run, 'AWS::SQS::Queue')?.outcome).toBe('listed');
  });

  it('of an account without any network host fails', async () => {
    const environment = {
      AWS_ENDPOINT_URL_SQS: 'http://sqs.invalid',
      AWS_ENDPOINT_URL_CLOUDCONTROL: 'http://cloudcontrol.invalid',
      AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API: 'http://tagging.invalid',
    };
    const run = await scan('sqs', environment);
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'failed', code: 'report-missing' } });
    expect(cellOf(run, 'AWS::SQS::Queue')?.outcome).toBe('failed');
  });

  it('that hangs is ended on its deadline, and its report is closed', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'sns' }, answer: { do: 'hang' } }]);
    const run = await scan('sqs,sns', { INVENTORY_SCAN_SECONDS: '4' });
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'partial', code: 'scan-deadline' } });
    expect(run.records?.map(record => record.resourceType)).toEqual(['AWS::SQS::Queue']);
    expect(cellOf(run, 'AWS::SNS::Topic')).toMatchObject({
      outcome: 'failed',
      error: expect.stringContaining('not finished'),
    });
  });

  it('that is stopped by a signal closes its report, and says that it was stopped', async () => {
    proxy.setRules([{ match: { ...inventory, service: 'sns' }, answer: { do: 'hang' } }]);
    const run = await scanAccount({
      url: proxy.url,
      account,
      environment: { INVENTORY_SERVICES: 'sqs,sns' },
      meanwhile: async (stop, reports) => {
        const written = () => readFile(join(reports, '.output.partial'), 'utf8').catch(() => '');
        await expect.poll(written, { timeout: 20_000 }).toContain('AWS::SQS::Queue');
        stop();
      },
    });
    expect(run).toMatchObject({ exitCode: 143, message: { outcome: 'failed', code: 'interrupted' } });
    expect(run.records?.map(record => record.resourceType)).toEqual(['AWS::SQS::Queue']);
    expect(cellOf(run, 'AWS::SNS::Topic')?.outcome).toBe('failed');
  });
});

// The container `scan` as a process, against the simulator: what an account holds, and whose account it is.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { ResourceKind } from '../../../clients/simulator/resources.ts';
import { randomAccountId } from '../../setup/run-container.ts';
import { cellOf, fillAccount, type ScanRun, scanAccount } from './scan-fixture.ts';

const url = inject('simulator');
const account = randomAccountId();
const hostile = '"\n<script>${x}';
const kinds: readonly ResourceKind[] = [
  'bucket',
  'network',
  'role',
  'user',
  'volume',
  'function',
  'table',
  'queue',
  'topic',
  'key',
  'database',
  'cluster',
  'stack',
  'log-group',
];

describe('a scan of an account with a dozen services', () => {
  let run: ScanRun;
  beforeAll(async () => {
    const tags = { owner: hostile, __proto__x: 'y' };
    await fillAccount(
      url,
      account,
      kinds.map(kind => ({
        kind,
        region: 'eu-west-1',
        name: kind === 'role' ? 'managed/inventory' : `a-${kind}`,
        tags,
        instances: 2,
      })),
    );
    await fillAccount(url, account, [{ kind: 'queue', region: 'us-east-1', name: 'far', tags: {} }]);
    run = await scanAccount({ url, account, environment: { INVENTORY_REGIONS: 'eu-west-1,us-east-1' } });
  });

  it('succeeds, with counts that are those of its reports', () => {
    expect(run.exitCode).toBe(0);
    expect(run.message).toMatchObject({ outcome: 'succeeded' });
    expect(run.message?.counts?.resources).toBe(run.records?.length);
    expect(run.message?.counts).toEqual(run.report?.verdict.counts);
    expect(run.report).toMatchObject({ run: 'run-1', account, verdict: { outcome: 'succeeded' } });
    expect(run.report?.identity).toContain(`:assumed-role/`);
  });

  it.each([
    ['AWS::S3::Bucket', 'S3', 'global', 'bucket'],
    ['AWS::EC2::Instance', 'EC2', 'eu-west-1', 'instance'],
    ['AWS::EC2::VPC', 'EC2', 'eu-west-1', 'vpc'],
    ['AWS::EC2::Subnet', 'EC2', 'eu-west-1', 'subnet'],
    ['AWS::EC2::SecurityGroup', 'EC2', 'eu-west-1', 'security_group'],
    ['AWS::EC2::Volume', 'EC2', 'eu-west-1', 'volume'],
    ['AWS::IAM::Role', 'IAM', 'global', 'role'],
    ['AWS::IAM::User', 'IAM', 'global', 'user'],
    ['AWS::Lambda::Function', 'Lambda', 'eu-west-1', 'function'],
    ['AWS::DynamoDB::Table', 'DynamoDB', 'eu-west-1', 'table'],
    ['AWS::SQS::Queue', 'SQS', 'us-east-1', 'queue'],
    ['AWS::SNS::Topic', 'SNS', 'eu-west-1', 'topic'],
    ['AWS::KMS::Key', 'KMS', 'eu-west-1', 'key'],
    ['AWS::RDS::DBInstance', 'RDS', 'eu-west-1', 'db_instance'],
    ['AWS::ECS::Cluster', 'ECS', 'eu-west-1', 'cluster'],
    ['AWS::CloudFormation::Stack', 'CloudFormation', 'eu-west-1', 'stack'],
    ['AWS::Logs::LogGroup', 'CloudWatchLogs', 'eu-west-1', 'log_group'],
  ])('has a record of %s', (resourceType, service, region, type) => {
    const found = run.records?.filter(record => record.resourceType === resourceType && record.region === region) ?? [];
    expect(found.length).toBeGreaterThan(0);
    for (const record of found) {
      expect(record).toMatchObject({ account, service, resource: { type, arn: expect.stringMatching(/^arn:aws:/) } });
      expect(record.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC$/);
      expect(record.resourceId).not.toBe('');
    }
  });

  it('has each resource once, with the tags of both witnesses', () => {
    const arns = run.records?.map(record => record.resource.arn) ?? [];
    expect(new Set(arns).size).toBe(arns.length);
    const queue = run.records?.find(record => record.resourceId.endsWith(':a-queue'));
    expect(queue).toMatchObject({ tags: { owner: hostile, __proto__x: 'y' }, sources: ['native', 'tagging'] });
    expect(run.records?.find(record => record.resourceId.endsWith(':far'))).toMatchObject({
      tags: {},
      sources: ['native'],
    });
  });

  it('has an outcome for every service and region', () => {
    expect(run.cells).toHaveLength(2 + 2 * 11);
    expect(cellOf(run, 'DynamoDB')).toMatchObject({ outcome: 'listed', resources: 1 });
    expect(cellOf(run, 'DynamoDB', 'us-east-1')).toMatchObject({ outcome: 'empty', resources: 0 });
    expect(cellOf(run, 'tagging')?.outcome).toBe('listed');
  });

  it('prints and writes no secret', () => {
    for (const secret of run.secrets) {
      for (const text of [run.log, run.messageText, run.files['output'], run.files['scan']]) {
        expect(text).not.toContain(secret);
      }
    }
  });
});

describe('a scan', () => {
  it('of chosen services asks no others', async () => {
    const run = await scanAccount({ url, account, environment: { INVENTORY_SERVICES: 'SQS,sns' } });
    expect(new Set(run.cells.map(cell => cell.service))).toEqual(new Set(['tagging', 'SQS', 'SNS']));
    expect(new Set(run.records?.map(record => record.service))).toEqual(new Set(['SQS', 'SNS']));
  });

  it('asks the account for its regions', async () => {
    const environment = { INVENTORY_REGIONS: 'enabled', INVENTORY_SERVICES: 'sqs' };
    const run = await scanAccount({ url, account, environment });
    expect(cellOf(run, 'SQS', 'us-east-1')).toMatchObject({ outcome: 'listed' });
    expect(run.cells.length).toBeGreaterThan(20);
  });

  it('with a cap says what it left out', async () => {
    const environment = { INVENTORY_SERVICES: 'ec2', INVENTORY_MAX_PER_TYPE: '1' };
    const run = await scanAccount({ url, account, environment });
    expect(run.message).toMatchObject({ outcome: 'partial', code: 'resources-truncated' });
    const types = run.records?.map(record => record.resourceType) ?? [];
    expect(new Set(types).size).toBe(types.length);
    expect(cellOf(run, 'EC2')?.truncated).toBeGreaterThan(1);
  });

  it('of an account where nothing is succeeds', async () => {
    const run = await scanAccount({ url, account: randomAccountId(), environment: { INVENTORY_SERVICES: 'sqs,s3' } });
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'succeeded' }, records: [] });
  });
});

describe('a scan that may not start', () => {
  it('with credentials of another account scans nothing', async () => {
    const run = await scanAccount({ url, account, credentialsOf: '999999999999' });
    expect(run).toMatchObject({ exitCode: 42, records: undefined, report: undefined });
    expect(run.message).toMatchObject({ outcome: 'failed', code: 'foreign-identity' });
    expect(run.message?.message).toContain('999999999999');
  });

  it('with another identity in its environment scans nothing', async () => {
    const run = await scanAccount({ url, account, environment: { AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token' } });
    expect(run).toMatchObject({ exitCode: 42, records: undefined });
    expect(run.message?.message).toContain('AWS_WEB_IDENTITY_TOKEN_FILE');
  });

  it('without a credentials file fails, and looks for no others', async () => {
    const run = await scanAccount({ url, account, environment: { AWS_SHARED_CREDENTIALS_FILE: '/absent/creds' } });
    expect(run).toMatchObject({
      exitCode: 2,
      message: { outcome: 'failed', code: 'no-credentials' },
      records: undefined,
    });
  });

  it('for a service that nobody knows names it', async () => {
    const run = await scanAccount({ url, account, environment: { INVENTORY_SERVICES: 'ec3' } });
    expect(run).toMatchObject({ exitCode: 2, message: { code: 'usage' } });
    expect(run.message?.message).toContain('ec3');
  });
});

// The container `scan` as a process, against the simulator: what an account holds, and whose account it is.
import { beforeAll, describe, expect, inject, it } from 'vitest';
import type { ResourceKind } from '../../../clients/simulator/resource-order.ts';
import { catalogue } from '../../../contract/catalogue/catalogue.ts';
import { isSelected } from '../../../contract/catalogue/selection.ts';
import { randomAccountId } from '../../setup/run-container.ts';
import { cellOf, dozen, fillAccount, type ScanRun, scanAccount } from './scan-fixture.ts';

const url = inject('simulator');
const account = randomAccountId();
const regions = ['eu-west-1', 'us-east-1'];
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
    run = await scanAccount({ url, account, environment: { INVENTORY_REGIONS: regions.join(',') } });
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

  it('has one outcome for every type and region', () => {
    const selection = { services: dozen, types: [], exclude: [] };
    const expected = catalogue
      .filter(type => isSelected(type, selection))
      .flatMap(({ type, scope }) => (scope === 'global' ? ['global'] : regions).map(region => `${type} ${region}`));
    const tagging = regions.map(region => `tagging ${region}`);
    expect(run.cells.map(({ type, region }) => `${type} ${region}`).toSorted()).toEqual(
      [...expected, ...tagging].toSorted(),
    );
    expect(expected.length).toBeGreaterThan(400);
    expect(cellOf(run, 'AWS::DynamoDB::Table')).toMatchObject({ outcome: 'listed', resources: 1, tier: 'native' });
    expect(cellOf(run, 'AWS::DynamoDB::Table', 'us-east-1')).toMatchObject({ outcome: 'empty', resources: 0 });
    expect(cellOf(run, 'AWS::EC2::TransitGateway')).toMatchObject({ service: 'EC2', outcome: 'empty' });
    expect(cellOf(run, 'tagging')).toMatchObject({ outcome: 'listed', tier: 'account' });
  });

  it('writes rows of cells, of which all regions say the same', () => {
    const rows = run.report?.tools.flatMap(tool => tool.cells) ?? [];
    expect(rows.length).toBeLessThan(run.cells.length * 0.7);
    expect(rows).toContainEqual(expect.objectContaining({ type: 'AWS::EC2::TransitGateway', regions }));
  });

  it('counts each type once, and each cell', () => {
    const counts = run.message?.counts;
    const types = new Set(run.cells.filter(({ tier }) => tier !== 'account').map(({ type }) => type));
    expect(counts?.types.attempted).toBe(types.size);
    expect(Object.values(counts?.cells ?? {}).reduce((sum, count) => sum + count, 0)).toBe(run.cells.length);
    expect(counts?.cells['listed']).toBe(run.cells.filter(({ outcome }) => outcome === 'listed').length);
  });

  it('counts in the cells every record that its own service listed', () => {
    const native = run.records?.filter(record => record.sources.includes('native')) ?? [];
    const listed = run.cells.filter(({ tier }) => tier === 'native').reduce((sum, { resources }) => sum + resources, 0);
    expect(listed).toBe(native.length);
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

  it('of chosen types asks for no others of their service', async () => {
    const environment = { INVENTORY_TYPES: 'AWS::EC2::*', INVENTORY_EXCLUDE: 'AWS::EC2::V*,AWS::*::*Transit*' };
    const run = await scanAccount({ url, account, environment });
    const types = run.cells.filter(({ tier }) => tier !== 'account').map(({ type }) => type);
    expect(types).toContain('AWS::EC2::Subnet');
    expect(types.filter(type => !type.startsWith('AWS::EC2::') || /::V|Transit/.test(type))).toEqual([]);
    expect(run.records?.filter(({ resourceType }) => !types.includes(resourceType))).toEqual([]);
  });

  it('asks the account for its regions', async () => {
    const environment = { INVENTORY_REGIONS: 'enabled', INVENTORY_SERVICES: 'sqs' };
    const run = await scanAccount({ url, account, environment });
    expect(cellOf(run, 'AWS::SQS::Queue', 'us-east-1')).toMatchObject({ outcome: 'listed' });
    expect(run.cells.filter(({ type }) => type === 'AWS::SQS::Queue').length).toBeGreaterThan(10);
  });

  it('with a cap says what it left out', async () => {
    const environment = { INVENTORY_SERVICES: 'ec2', INVENTORY_MAX_PER_TYPE: '1' };
    const run = await scanAccount({ url, account, environment });
    expect(run.message).toMatchObject({ outcome: 'partial', code: 'resources-truncated' });
    const types = run.records?.map(record => record.resourceType) ?? [];
    expect(new Set(types).size).toBe(types.length);
    expect(cellOf(run, 'AWS::EC2::Instance')).toMatchObject({ outcome: 'listed', resources: 1, truncated: 1 });
    expect(cellOf(run, 'AWS::EC2::Subnet')?.truncated).toBeGreaterThan(1);
    expect(cellOf(run, 'AWS::EC2::KeyPair')?.truncated).toBeUndefined();
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
    expect(run.records).toBeUndefined();
  });
});

describe('a scan behind the sidecar of long scans', () => {
  it('reads the file that the sidecar keeps fresh, with an address beside it', async () => {
    const own = randomAccountId();
    await fillAccount(url, own, [{ kind: 'queue', region: 'eu-west-1', name: 'here', tags: {} }]);
    const environment = { INVENTORY_SERVICES: 'sqs' };
    const run = await scanAccount({ url, account: own, keptFresh: true, environment });
    expect(run).toMatchObject({ exitCode: 0, message: { outcome: 'succeeded' } });
    expect(run.records?.some(({ resource }) => JSON.stringify(resource).includes(':here'))).toBe(true);
  });

  it('is refused an address of another machine', async () => {
    const environment = { AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.23/v1/credentials' };
    const run = await scanAccount({ url, account: randomAccountId(), environment });
    expect(run).toMatchObject({ exitCode: 42, message: { code: 'foreign-identity' } });
  });
});

// output.json as drift reads it: Terraform's types and ids, and every key under which a state may know a resource.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InventoryRecord } from '../../../../../contract/catalogue/inventory-record.ts';
import { readFound } from '../../../../../runner/scan/drift/engine/read-found.ts';
import { openReport } from '../../../../../runner/scan/inventory/report-file.ts';
import { recordOf } from './join-fixture.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'read-found-'));
});
afterAll(() => rm(directory, { recursive: true }));

const readAll = async (records: readonly InventoryRecord[], describe: (type: string) => boolean = () => false) => {
  const report = await openReport(directory);
  for (const record of records) await report.write(record);
  await report.publish();
  return readFound(join(directory, 'output.json'), { describe });
};

const readText = async (text: string) => {
  const path = join(directory, 'written.json');
  await writeFile(path, text);
  return readFound(path, { describe: () => false });
};

const queueUrl = 'https://sqs.eu-west-1.amazonaws.com/111111111111/orders';

describe('a record', () => {
  it.each<[string, InventoryRecord, { type: string | undefined; id: string; keys?: string[] }]>([
    ['an instance', recordOf('AWS::EC2::Instance', 'i-1'), { type: 'aws_instance', id: 'i-1', keys: ['i-1'] }],
    [
      'a queue has its URL for an id',
      recordOf('AWS::SQS::Queue', 'arn:aws:sqs:eu-west-1:111111111111:orders', {
        resource: { queue_url: queueUrl, arn: 'arn:aws:sqs:eu-west-1:111111111111:orders' },
      }),
      { type: 'aws_sqs_queue', id: queueUrl, keys: [queueUrl, 'arn:aws:sqs:eu-west-1:111111111111:orders'] },
    ],
    [
      'an address has both of its names',
      recordOf('AWS::EC2::EIP', 'arn:aws:ec2:eu-west-1:111111111111:elastic-ip/eipalloc-1', {
        resource: { allocation_id: 'eipalloc-1', public_ip: '192.0.2.1' },
      }),
      {
        type: 'aws_eip',
        id: 'eipalloc-1',
        keys: [
          'eipalloc-1',
          '192.0.2.1',
          // CloudFormation’s own identifier, by which the provider awscc knows it.
          '192.0.2.1|eipalloc-1',
          'arn:aws:ec2:eu-west-1:111111111111:elastic-ip/eipalloc-1',
        ],
      },
    ],
    [
      'an inline policy',
      recordOf('AWS::IAM::RolePolicy', 'read|deployer'),
      { type: 'aws_iam_role_policy', id: 'deployer:read' },
    ],
    [
      'a record of a zone',
      recordOf('AWS::Route53::RecordSet', 'arn:aws:route53:::hostedzone/Z1/recordset/\\052.Example.com./A/blue', {
        resource: { hosted_zone_id: 'Z1', name: '\\052.Example.com.', type: 'record_set', set_identifier: 'blue' },
      }),
      { type: 'aws_route53_record', id: 'Z1_*.example.com_A_blue' },
    ],
    [
      'properties of Cloud Control',
      recordOf('AWS::ApiGateway::GatewayResponse', 'g1', {
        resource: { properties: { RestApiId: 'r1', ResponseType: 'DEFAULT_4XX' } },
        sources: ['cloud-control'],
      }),
      { type: 'aws_api_gateway_gateway_response', id: 'aggr-r1-DEFAULT_4XX' },
    ],
    [
      'the default VPC',
      recordOf('AWS::EC2::VPC', 'vpc-1', { resource: { is_default: true } }),
      { type: 'aws_default_vpc', id: 'vpc-1' },
    ],
    [
      'a main route table',
      recordOf('AWS::EC2::RouteTable', 'rtb-1', { resource: { associations: [{ main: true }] } }),
      { type: 'aws_default_route_table', id: 'rtb-1' },
    ],
    [
      'an instance of a cluster',
      recordOf('AWS::RDS::DBInstance', 'db-1', { resource: { db_cluster_identifier: 'c-1' } }),
      { type: 'aws_rds_cluster_instance', id: 'db-1' },
    ],
    [
      'a directory, whatever its kind',
      recordOf('AWS::DirectoryService::SimpleAD', 'd-1'),
      { type: 'aws_directory_service_directory', id: 'd-1' },
    ],
    ['a type that Terraform does not know', recordOf('AWS::New::Thing', 't-1'), { type: undefined, id: 't-1' }],
  ])('%s', async (_name, record, expected) => {
    const [found] = await readAll([record]);
    expect(found).toMatchObject(expected);
  });

  it('of a security group rule has the id that Terraform computes, and AWS’s own', async () => {
    const [found] = await readAll([
      recordOf('AWS::EC2::SecurityGroupRule', 'sgr-1', {
        resource: {
          group_id: 'sg-1',
          is_egress: false,
          ip_protocol: 'tcp',
          from_port: 22,
          to_port: 22,
          cidr_ipv_4: '0.0.0.0/0',
        },
      }),
    ]);
    expect(found).toMatchObject({ type: 'aws_security_group_rule', partOf: 'sg-1' });
    expect(found?.id).toMatch(/^sgrule-\d+$/);
    expect(found?.keys).toContain('sgr-1');
  });

  it('that other records show too is left out', async () => {
    const route = recordOf('AWS::EC2::Route', 'rtb-1|0.0.0.0/0', { sources: ['cloud-control'] });
    expect(await readAll([route, recordOf('AWS::EC2::RouteTable', 'rtb-1')])).toHaveLength(1);
  });
});

describe('a description', () => {
  const table = recordOf('AWS::DynamoDB::Table', 'orders', { resource: { billing: 1 } });

  it('is kept of the types that are asked for', async () => {
    expect((await readAll([table], type => type === 'AWS::DynamoDB::Table'))[0]?.description).toMatchObject({
      billing: 1,
    });
    expect((await readAll([table]))[0]?.description).toBeUndefined();
  });

  it('is kept of what has parts, whether asked for or not', async () => {
    const routes = [{ origin: 'CreateRoute' }];
    const [found] = await readAll([recordOf('AWS::EC2::RouteTable', 'rtb-1', { resource: { routes } })]);
    expect(found?.description).toMatchObject({ routes });
  });

  it('is none when only the Tagging API has shown the resource', async () => {
    const [found] = await readAll([recordOf('AWS::EC2::RouteTable', 'rtb-1', { sources: ['tagging'] })]);
    expect(found).toMatchObject({ id: 'rtb-1', description: undefined });
  });
});

describe('a report', () => {
  it('without records has nothing', async () => {
    expect(await readAll([])).toEqual([]);
    expect(await readText('[]')).toEqual([]);
  });

  it('may hold line separators in its names', async () => {
    const [found] = await readAll([
      recordOf('AWS::EC2::Instance', 'i-1', { name: 'one\u2028two', tags: { Name: 'one\u2028two' } }),
    ]);
    expect(found).toMatchObject({ name: 'one\u2028two', tags: { Name: 'one\u2028two' } });
  });

  it('with a torn record is refused, with the line', async () => {
    const text = `[\n${JSON.stringify(recordOf('AWS::EC2::Instance', 'i-1'))},\n{"account":"1111`;
    await expect(readText(text)).rejects.toMatchObject({
      code: 'report-unreadable',
      message: expect.stringContaining('line 3'),
    });
  });

  it('of something else is refused', async () => {
    await expect(readText('[\n{"hello":"world"}\n]\n')).rejects.toMatchObject({ code: 'report-unreadable' });
  });

  it('that is not there is the system’s error', async () => {
    await expect(readFound(join(directory, 'none.json'), { describe: () => false })).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});

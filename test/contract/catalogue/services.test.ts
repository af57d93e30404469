// The catalogue's rows against each other, and against what aws-recon calls the same things.
import { describe, expect, it } from 'vitest';
import { fillTemplate, parseArn, typeOfArn } from '../../../contract/catalogue/arn.ts';
import { catalogueService, type ResourceType, resourceTypes, services } from '../../../contract/catalogue/services.ts';

const types: readonly ResourceType[] = resourceTypes;

/** Names of aws-recon 0.5.33 (services.yaml and the `type` of each collector) for what both list. */
const reconNames: readonly (readonly [string, string, string])[] = [
  ['s3.bucket', 'S3', 'bucket'],
  ['ec2.instance', 'EC2', 'instance'],
  ['ec2.vpc', 'EC2', 'vpc'],
  ['ec2.subnet', 'EC2', 'subnet'],
  ['ec2.security-group', 'EC2', 'security_group'],
  ['ec2.network-acl', 'EC2', 'network_acl'],
  ['ec2.route-table', 'EC2', 'route_table'],
  ['ec2.internet-gateway', 'EC2', 'internet_gateway'],
  ['ec2.nat-gateway', 'EC2', 'nat_gateway'],
  ['ec2.network-interface', 'EC2', 'network_interface'],
  ['ec2.volume', 'EC2', 'volume'],
  ['ec2.address', 'EC2', 'eip_address'],
  ['ec2.vpc-endpoint', 'EC2', 'vpc_endpoint'],
  ['ec2.snapshot', 'EC2', 'snapshot'],
  ['ec2.image', 'EC2', 'image'],
  ['iam.user', 'IAM', 'user'],
  ['iam.group', 'IAM', 'group'],
  ['iam.role', 'IAM', 'role'],
  ['iam.policy', 'IAM', 'policy'],
  ['iam.instance-profile', 'IAM', 'instance_profile'],
  ['lambda.function', 'Lambda', 'function'],
  ['dynamodb.table', 'DynamoDB', 'table'],
  ['sqs.queue', 'SQS', 'queue'],
  ['sns.topic', 'SNS', 'topic'],
  ['kms.key', 'KMS', 'key'],
  ['rds.instance', 'RDS', 'db_instance'],
  ['rds.cluster', 'RDS', 'db_cluster'],
  ['ecs.cluster', 'ECS', 'cluster'],
  ['cloudformation.stack', 'CloudFormation', 'stack'],
  ['logs.log-group', 'CloudWatchLogs', 'log_group'],
];

describe('the catalogue', () => {
  it.each(reconNames)('calls %s as aws-recon does', (key, service, type) => {
    const row = types.find(candidate => candidate.key === key);
    expect(row && [catalogueService(row.service).reconName, row.reconType]).toEqual([service, type]);
  });

  it('has every type once, by each of its names', () => {
    for (const name of ['key', 'cloudFormationType'] as const) {
      expect(new Set(types.map(type => type[name])).size).toBe(types.length);
    }
  });

  it('has types for every service, and a service for every type', () => {
    expect(new Set(types.map(type => type.service))).toEqual(new Set(services.map(service => service.key)));
  });

  it.each(types)('finds $key by the ARN that it writes', type => {
    const values = {
      partition: 'aws-cn',
      region: 'cn-north-1',
      account: '111122223333',
      path: '/a/',
      alias_name: 'alias/x',
    };
    const names = Object.fromEntries(
      [...type.arn.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => [
        name,
        name.endsWith('arn') || name === 'stack_id'
          ? `arn:aws-cn:${type.service}:cn-north-1:111122223333:${type.arnPrefix}x`
          : 'x',
      ]),
    );
    const arn = parseArn(fillTemplate(type.arn, { ...names, ...values }) ?? '');
    expect(arn && typeOfArn(arn).native?.key).toBe(type.key);
  });

  it('names only actions of the service that is listed', () => {
    for (const type of types) {
      for (const action of type.actions)
        expect(action).toMatch(new RegExp(`^${type.service}:(List|Describe|Get)\\w+$`));
    }
  });
});

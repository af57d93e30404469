// The name and the creation time of a resource, in the words of many APIs.
import { describe, expect, it } from 'vitest';
import { createdAtOf, nameOf } from '../../../../runner/scan/inventory/record-facts.ts';

describe('the name', () => {
  it.each<[string, Record<string, unknown>, Record<string, string>, string | null]>([
    ['AWS::EC2::Instance', { InstanceId: 'i-1' }, { Name: 'web' }, 'web'],
    ['AWS::SQS::Queue', { Name: 'member' }, { Name: 'tag' }, 'tag'],
    ['AWS::SQS::Queue', { Name: 'member' }, { Name: '' }, 'member'],
    ['AWS::SQS::Queue', { QueueName: 'orders' }, {}, 'orders'],
    ['AWS::RDS::DBInstance', { DBInstanceIdentifier: 'db-1', DBName: 'shop' }, {}, 'db-1'],
    ['AWS::EC2::SecurityGroup', { GroupName: 'default', OwnerId: '1' }, {}, 'default'],
    ['AWS::ECS::Cluster', { clusterName: 'c' }, {}, 'c'],
    ['AWS::EC2::Instance', { KeyName: 'someone’s key', PrivateDnsName: 'ip-10-0-0-1' }, {}, null],
    ['AWS::EC2::VPC', {}, {}, null],
    ['AWS::SQS::Queue', { Name: 7 }, {}, null],
    ['AWS::SQS::Queue', { Name: '' }, {}, null],
  ])('of %s with %o and tags %o is %s', (type, members, tags, name) => {
    expect(nameOf({ type, members, tags })).toBe(name);
  });
});

describe('the time of creation', () => {
  const iso = '2026-11-22T04:05:06.000Z';
  const seconds = Date.parse(iso) / 1000;

  it.each<[string, Record<string, unknown>, string | null]>([
    ['AWS::X::Y', { CreationTime: new Date(iso) }, iso],
    ['AWS::X::Y', { CreatedAt: iso }, iso],
    ['AWS::X::Y', { createdAt: '2026-11-22T05:05:06+01:00' }, iso],
    ['AWS::X::Y', { CreateDate: '2026-11-22' }, '2026-11-22T00:00:00.000Z'],
    ['AWS::X::Y', { CreationDate: seconds }, iso],
    ['AWS::X::Y', { creationTime: seconds * 1000 }, iso],
    ['AWS::X::Y', { CreatedTimestamp: String(seconds) }, iso],
    ['AWS::X::Y', { CreatedTime: String(seconds * 1000) }, iso],
    ['AWS::EC2::Instance', { LaunchTime: new Date(iso) }, iso],
    ['AWS::RDS::DBInstance', { InstanceCreateTime: new Date(iso) }, iso],
    ['AWS::RDS::DBCluster', { ClusterCreateTime: new Date(iso) }, iso],
    ['AWS::EC2::Snapshot', { StartTime: new Date(iso) }, iso],
    ['AWS::X::Y', { StartTime: new Date(iso) }, null],
    ['AWS::ECS::TaskDefinition', { registeredAt: new Date(iso) }, iso],
    ['AWS::X::Y', { CreatedBy: iso, LastModifiedTime: iso }, null],
    ['AWS::X::Y', { CreatedAt: 'yesterday' }, null],
    ['AWS::X::Y', { CreatedAt: 0 }, null],
    ['AWS::X::Y', { CreatedAt: null }, null],
    ['AWS::X::Y', { CreatedAt: new Date(Number.NaN) }, null],
    ['AWS::X::Y', { CreatedAt: 'no', CreationDate: iso }, iso],
    ['AWS::X::Y', {}, null],
  ])('of %s with %o is %s', (type, members, created) => {
    expect(createdAtOf(type, members)).toBe(created);
  });
});

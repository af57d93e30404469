// Records, and the joining of two witnesses of one resource.
import { describe, expect, it } from 'vitest';
import { type ResourceTypeKey, resourceType, resourceTypes } from '../../../../contract/catalogue/services.ts';
import { nativeRecord, taggedRecord } from '../../../../runner/scan/inventory/record.ts';
import { createTagWitness } from '../../../../runner/scan/inventory/tag-witness.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const seen = new Date('2026-11-22T04:05:06Z');

const at = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;

/** Of each type: what its service answers, the ARN as the Tagging API writes it, and the identifier that both give. */
const seenTwice: Readonly<Record<ResourceTypeKey, readonly [fields: object, arn: string, id: string]>> = {
  's3.bucket': [{ Name: 'b' }, 'arn:aws:s3:::b', 'b'],
  'ec2.instance': [{ InstanceId: 'i-1' }, at('ec2', 'instance/i-1'), 'i-1'],
  'ec2.vpc': [{ VpcId: 'v-1' }, at('ec2', 'vpc/v-1'), 'v-1'],
  'ec2.subnet': [{ SubnetId: 's-1' }, at('ec2', 'subnet/s-1'), 's-1'],
  'ec2.security-group': [{ GroupId: 'sg-1' }, at('ec2', 'security-group/sg-1'), 'sg-1'],
  'ec2.network-acl': [{ NetworkAclId: 'a-1' }, at('ec2', 'network-acl/a-1'), 'a-1'],
  'ec2.route-table': [{ RouteTableId: 'r-1' }, at('ec2', 'route-table/r-1'), 'r-1'],
  'ec2.internet-gateway': [{ InternetGatewayId: 'g-1' }, at('ec2', 'internet-gateway/g-1'), 'g-1'],
  'ec2.nat-gateway': [{ NatGatewayId: 'n-1' }, at('ec2', 'natgateway/n-1'), 'n-1'],
  'ec2.network-interface': [{ NetworkInterfaceId: 'e-1' }, at('ec2', 'network-interface/e-1'), 'e-1'],
  'ec2.volume': [{ VolumeId: 'vol-1' }, at('ec2', 'volume/vol-1'), 'vol-1'],
  'ec2.address': [
    { PublicIp: '192.0.2.1', AllocationId: 'al-1' },
    at('ec2', 'elastic-ip/al-1'),
    at('ec2', 'elastic-ip/al-1'),
  ],
  'ec2.key-pair': [{ KeyName: 'k', KeyPairId: 'key-1' }, at('ec2', 'key-pair/key-1'), at('ec2', 'key-pair/key-1')],
  'ec2.vpc-endpoint': [{ VpcEndpointId: 'vpce-1' }, at('ec2', 'vpc-endpoint/vpce-1'), 'vpce-1'],
  'ec2.snapshot': [{ SnapshotId: 'snap-1' }, at('ec2', 'snapshot/snap-1'), 'snap-1'],
  'ec2.image': [{ ImageId: 'ami-1' }, at('ec2', 'image/ami-1'), 'ami-1'],
  'iam.user': [{ Path: '/a/b/', UserName: 'u' }, iam('user/a/b/u'), 'u'],
  'iam.group': [{ Path: '/', GroupName: 'g' }, iam('group/g'), 'g'],
  'iam.role': [{ Path: '/managed/', RoleName: 'inventory' }, iam('role/managed/inventory'), 'inventory'],
  'iam.policy': [{ Path: '/p/', PolicyName: 'x', Arn: iam('policy/p/x') }, iam('policy/p/x'), iam('policy/p/x')],
  'iam.instance-profile': [{ Path: '/p/', InstanceProfileName: 'x' }, iam('instance-profile/p/x'), 'x'],
  'lambda.function': [{ FunctionName: 'f' }, at('lambda', 'function:f'), 'f'],
  'dynamodb.table': [{ TableName: 't' }, at('dynamodb', 'table/t'), 't'],
  'sqs.queue': [{ QueueUrl: 'https://sqs/1/q', QueueName: 'q' }, at('sqs', 'q'), at('sqs', 'q')],
  'sns.topic': [{ TopicArn: at('sns', 't') }, at('sns', 't'), at('sns', 't')],
  'kms.key': [{ KeyId: 'k-1' }, at('kms', 'key/k-1'), 'k-1'],
  'kms.alias': [{ AliasName: 'alias/a/b' }, at('kms', 'alias/a/b'), 'alias/a/b'],
  'rds.instance': [{ DBInstanceIdentifier: 'd' }, at('rds', 'db:d'), 'd'],
  'rds.cluster': [{ DBClusterIdentifier: 'c' }, at('rds', 'cluster:c'), 'c'],
  'ecs.cluster': [{ clusterName: 'c' }, at('ecs', 'cluster/c'), 'c'],
  'ecs.service': [
    { serviceArn: at('ecs', 'service/c/s'), clusterArn: at('ecs', 'cluster/c') },
    at('ecs', 'service/c/s'),
    `${at('ecs', 'service/c/s')}|${at('ecs', 'cluster/c')}`,
  ],
  'ecs.task-definition': [
    { taskDefinitionArn: at('ecs', 'task-definition/t:7') },
    at('ecs', 'task-definition/t:7'),
    at('ecs', 'task-definition/t:7'),
  ],
  'cloudformation.stack': [
    { StackId: at('cloudformation', 'stack/s/0-1') },
    at('cloudformation', 'stack/s/0-1'),
    at('cloudformation', 'stack/s/0-1'),
  ],
  'logs.log-group': [{ logGroupName: '/aws/x' }, at('logs', 'log-group:/aws/x'), '/aws/x'],
};

describe('one resource', () => {
  it.each(resourceTypes)('of $key has the same identifier and type, whichever API showed it', ({ key }) => {
    const [fields, arn, id] = seenTwice[key];
    const native = nativeRecord({
      type: resourceType(key),
      place,
      listed: { fields },
      takeTags: () => undefined,
      seen,
    });
    const tagged = taggedRecord(arn, { place, tags: {}, seen });
    expect([native.resourceId, tagged?.resourceId]).toEqual([id, id]);
    expect(tagged?.resourceType).toBe(native.resourceType);
  });
});

describe('a record', () => {
  it('has aws-recon’s keys, and beside them what aws-recon does not say', () => {
    const witness = createTagWitness();
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1';
    witness.hold({ region: 'eu-west-1', arn, tags: { owner: 'a', Name: 'tagging' } });
    const listed = { fields: { VpcId: 'vpc-1', Tags: [{ Key: 'Name', Value: 'native' }] } };
    expect(nativeRecord({ type: resourceType('ec2.vpc'), place, listed, takeTags: witness.take, seen })).toEqual({
      account: '111122223333',
      service: 'EC2',
      region: 'eu-west-1',
      resource: { vpc_id: 'vpc-1', tags: [{ key: 'Name', value: 'native' }], type: 'vpc', arn },
      timestamp: '2026-11-22 04:05:06 UTC',
      resourceType: 'AWS::EC2::VPC',
      resourceId: 'vpc-1',
      tags: { Name: 'native', owner: 'a' },
      sources: ['native', 'tagging'],
    });
    expect([...witness.release('eu-west-1')]).toEqual([]);
  });

  it('of a global service says global', () => {
    const listed = { fields: { Name: 'b', Location: 'eu-west-1' } };
    const record = nativeRecord({ type: resourceType('s3.bucket'), place, listed, takeTags: () => undefined, seen });
    expect(record).toMatchObject({ region: 'global', resource: { arn: 'arn:aws:s3:::b', location: 'eu-west-1' } });
    expect(record.sources).toEqual(['native']);
  });

  it('has the path of an IAM name in its ARN', () => {
    const listed = { fields: { Path: '/managed/', RoleName: 'inventory' } };
    const { resource } = nativeRecord({
      type: resourceType('iam.role'),
      place,
      listed,
      takeTags: () => undefined,
      seen,
    });
    expect(resource.arn).toBe('arn:aws:iam::111122223333:role/managed/inventory');
  });

  it('is made from an ARN alone where only the Tagging API knows the resource', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-Ab1';
    expect(taggedRecord(arn, { place, tags: { a: 'b' }, seen })).toMatchObject({
      service: 'SecretsManager',
      region: 'eu-west-1',
      resource: { type: 'secret', arn },
      resourceType: 'AWS::SecretsManager::Secret',
      resourceId: arn,
      tags: { a: 'b' },
      sources: ['tagging'],
    });
    expect(taggedRecord('nonsense', { place, tags: {}, seen })).toBeUndefined();
  });
});

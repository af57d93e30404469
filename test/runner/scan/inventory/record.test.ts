// Records, and the joining of two witnesses of one resource.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arnIdentity } from '../../../../contract/catalogue/arn.ts';
import { resourceType } from '../../../../contract/catalogue/services.ts';
import { nativeRecord, taggedRecord } from '../../../../runner/scan/inventory/record.ts';
import { createTagWitness } from '../../../../runner/scan/inventory/tag-witness.ts';
import { makeDirectory } from '../../../setup/run-container.ts';

const place = { partition: 'aws', account: '111122223333', region: 'eu-west-1' };
const seen = new Date('2026-11-22T04:05:06Z');

const at = (service: string, rest: string): string => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const iam = (rest: string): string => `arn:aws:iam::111122223333:${rest}`;

/** Of each type: what its service answers, the ARN as the Tagging API writes it, and the identifier that both give. */
const seenTwice: Readonly<Record<string, readonly [fields: object, arn: string, id: string]>> = {
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
  'acm.certificate': [
    { CertificateArn: at('acm', 'certificate/0-1') },
    at('acm', 'certificate/0-1'),
    at('acm', 'certificate/0-1'),
  ],
  'apigateway.stage': [
    { restApiId: 'abc', stageName: 'prod' },
    'arn:aws:apigateway:eu-west-1::/restapis/abc/stages/prod',
    'abc|prod',
  ],
  'athena.workgroup': [{ Name: 'w' }, at('athena', 'workgroup/w'), 'w'],
  'autoscaling.group': [
    { AutoScalingGroupARN: at('autoscaling', 'autoScalingGroup:0-1:autoScalingGroupName/g/a') },
    at('autoscaling', 'autoScalingGroup:0-1:autoScalingGroupName/g/a'),
    'g/a',
  ],
  'backup.vault': [{ BackupVaultName: 'v' }, at('backup', 'backup-vault:v'), 'v'],
  'cloudfront.distribution': [{ Id: 'E1' }, 'arn:aws:cloudfront::111122223333:distribution/E1', 'E1'],
  'cloudtrail.trail': [{ TrailARN: at('cloudtrail', 'trail/t') }, at('cloudtrail', 'trail/t'), 't'],
  'cloudwatch.metric-alarm': [{ AlarmArn: at('cloudwatch', 'alarm:a:b') }, at('cloudwatch', 'alarm:a:b'), 'a:b'],
  'codebuild.project': [{ name: 'p' }, at('codebuild', 'project/p'), 'p'],
  'codepipeline.pipeline': [{ name: 'p' }, at('codepipeline', 'p'), 'p'],
  'cognito-idp.user-pool': [{ Id: 'eu-west-1_a' }, at('cognito-idp', 'userpool/eu-west-1_a'), 'eu-west-1_a'],
  'ecr.repository': [{ repositoryName: 'team/app' }, at('ecr', 'repository/team/app'), 'team/app'],
  'efs.file-system': [{ FileSystemId: 'fs-1' }, at('elasticfilesystem', 'file-system/fs-1'), 'fs-1'],
  'elasticache.cache-cluster': [{ CacheClusterId: 'c' }, at('elasticache', 'cluster:c'), 'c'],
  'elb.load-balancer': [{ LoadBalancerName: 'l' }, at('elasticloadbalancing', 'loadbalancer/l'), 'l'],
  'elbv2.load-balancer': [
    { LoadBalancerArn: at('elasticloadbalancing', 'loadbalancer/app/l/0') },
    at('elasticloadbalancing', 'loadbalancer/app/l/0'),
    at('elasticloadbalancing', 'loadbalancer/app/l/0'),
  ],
  'firehose.delivery-stream': [{ DeliveryStreamName: 's' }, at('firehose', 'deliverystream/s'), 's'],
  'glue.job': [{ Name: 'j' }, at('glue', 'job/j'), 'j'],
  'guardduty.detector': [{ DetectorId: 'd' }, at('guardduty', 'detector/d'), 'd'],
  'kinesis.stream': [{ StreamName: 's' }, at('kinesis', 'stream/s'), 's'],
  'opensearch.domain': [{ DomainName: 'd' }, at('es', 'domain/d'), 'd'],
  'redshift.cluster': [{ ClusterIdentifier: 'c' }, at('redshift', 'cluster:c'), 'c'],
  'route53.zone': [{ HostedZoneId: 'Z1' }, 'arn:aws:route53:::hostedzone/Z1', 'Z1'],
  'secretsmanager.secret': [
    { ARN: at('secretsmanager', 'secret:db-Ab1') },
    at('secretsmanager', 'secret:db-Ab1'),
    at('secretsmanager', 'secret:db-Ab1'),
  ],
  'wafv2.web-acl': [
    { ARN: at('wafv2', 'regional/webacl/w/0-1') },
    at('wafv2', 'regional/webacl/w/0-1'),
    'w|0-1|REGIONAL',
  ],
  'workspaces.workspace': [{ WorkspaceId: 'ws-1' }, at('workspaces', 'workspace/ws-1'), 'ws-1'],
};

describe('one resource', () => {
  it.each(Object.entries(seenTwice))(
    'of %s has the same identifier and type, whichever API showed it',
    (key, expected) => {
      const [fields, arn, id] = expected;
      const native = nativeRecord({
        type: resourceType(key),
        place,
        listed: { fields },
        takeTags: () => undefined,
        seen,
      });
      const tagged = taggedRecord(arn, { place, tags: {}, seen });
      expect([native.resourceId, tagged?.resourceId]).toEqual([id, id]);
      expect(arnIdentity(native.resource.arn)).toBe(arnIdentity(arn));
      expect(tagged?.resourceType).toBe(native.resourceType);
    },
  );
});

describe('a record', () => {
  it('has aws-recon’s keys, and beside them what aws-recon does not say', async () => {
    const { directory, remove } = await makeDirectory();
    const witness = createTagWitness(join(directory, 'tags'), new Set(['AWS::EC2::VPC']));
    const arn = 'arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-1';
    witness.hold([{ region: 'eu-west-1', arn, tags: { owner: 'a', Name: 'tagging' } }]);
    const listed = { fields: { VpcId: 'vpc-1', Tags: [{ Key: 'Name', Value: 'native' }] } };
    expect(nativeRecord({ type: resourceType('ec2.vpc'), place, listed, takeTags: witness.take, seen })).toEqual({
      account: '111122223333',
      service: 'EC2',
      region: 'eu-west-1',
      resource: { vpc_id: 'vpc-1', tags: [{ key: 'Name', value: 'native' }], type: 'vpc', arn },
      timestamp: '2026-11-22 04:05:06 UTC',
      resourceType: 'AWS::EC2::VPC',
      resourceId: 'vpc-1',
      name: 'native',
      createdAt: null,
      tags: { Name: 'native', owner: 'a' },
      sources: ['native', 'tagging'],
    });
    expect(witness.release('eu-west-1')).toEqual([]);
    witness.close();
    await remove();
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

// Samples of keys, secrets, trails, logs and alarms, and of queues, topics and names.
import type { Sample } from './sample.ts';

const keyPolicy = (principal: string, ...more: object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'own', Effect: 'Allow', Principal: { AWS: principal }, Action: 'kms:*', Resource: '*' },
      ...more,
    ],
  });
const ownAccount = 'arn:aws:iam::111122223333:root';

const guards: readonly Sample[] = [
  {
    type: 'aws_kms_key',
    key: 'kms.key',
    state: {
      description: 'data',
      is_enabled: true,
      enable_key_rotation: true,
      policy: keyPolicy(ownAccount),
      tags_all: { Team: 'a' },
    },
    cloud: {
      fields: { KeyId: 'k-1', KeyState: 'Enabled', Description: 'data', Enabled: true, KeyUsage: 'ENCRYPT_DECRYPT' },
      values: { Policy: keyPolicy('111122223333'), KeyRotationEnabled: true, Tags: { Team: 'a' } },
    },
    drifts: [
      [{ fields: { Enabled: false, KeyState: 'Disabled' } }, ['is_enabled', true, false]],
      [{ values: { KeyRotationEnabled: false } }, ['enable_key_rotation', true, false]],
      [{ values: { Policy: keyPolicy('*') } }, ['policy.Statement.0.Principal.AWS', ['111122223333'], ['*']]],
    ],
  },
  {
    type: 'aws_kms_key_policy',
    key: 'kms.key',
    state: { policy: keyPolicy(ownAccount) },
    cloud: { fields: { KeyId: 'k-1' }, values: { Policy: keyPolicy(ownAccount) } },
    drifts: [
      [
        { values: { Policy: keyPolicy('444455556666') } },
        ['policy.Statement.0.Principal.AWS', ['111122223333'], ['444455556666']],
      ],
    ],
  },
  {
    type: 'aws_kms_alias',
    key: 'kms.alias',
    state: { target_key_id: 'k-1' },
    cloud: { fields: { AliasName: 'alias/a', TargetKeyId: 'k-1' } },
    drifts: [[{ fields: { TargetKeyId: 'k-2' } }, ['target_key_id', 'k-1', 'k-2']]],
  },
  {
    type: 'aws_secretsmanager_secret',
    key: 'secretsmanager.secret',
    state: { description: null, kms_key_id: '', policy: '', rotation_enabled: true, tags: { Team: 'a' } },
    cloud: {
      fields: {
        ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:s-AbCdEf',
        Name: 's',
        CreatedDate: new Date(0),
        RotationEnabled: true,
        Tags: [{ Key: 'Team', Value: 'a' }],
      },
      values: { ResourcePolicy: null },
    },
    drifts: [
      [{ fields: { RotationEnabled: undefined } }, ['rotation_enabled', true, false]],
      [{ fields: { KmsKeyId: 'k-1' } }, ['kms_key_id', null, 'k-1']],
      [{ values: { ResourcePolicy: '{"Statement":[]}' } }, ['policy', null, { Statement: [] }]],
    ],
  },
  {
    type: 'aws_secretsmanager_secret_policy',
    key: 'secretsmanager.secret',
    state: { policy: '{"Statement":[{"Effect":"Deny","Action":"*"}]}' },
    cloud: { fields: { Name: 's' }, values: { ResourcePolicy: '{"Statement":{"Effect":"Deny","Action":["*"]}}' } },
    drifts: [
      [{ values: { ResourcePolicy: null } }, ['policy', { Statement: [{ Effect: 'Deny', Action: ['*'] }] }, null]],
    ],
  },
  {
    type: 'aws_ssm_parameter',
    key: 'ssm.parameter',
    state: { tier: 'Standard', description: 'x', tags: { a: 'b' } },
    cloud: {
      fields: { Name: '/a', LastModifiedDate: new Date(0), Tier: 'Standard', Description: 'x' },
      values: { Tags: { a: 'b' } },
    },
    drifts: [[{ fields: { Tier: 'Advanced' } }, ['tier', 'Standard', 'Advanced']]],
  },
  {
    type: 'aws_cloudtrail',
    key: 'cloudtrail.trail',
    state: { s3_bucket_name: 'logs', enable_logging: true, is_multi_region_trail: true, kms_key_id: '' },
    cloud: {
      fields: { Name: 't', S3BucketName: 'logs', IsMultiRegionTrail: true },
      values: { IsLogging: true },
    },
    drifts: [
      [{ values: { IsLogging: false } }, ['enable_logging', true, false]],
      [{ fields: { IsMultiRegionTrail: false } }, ['is_multi_region_trail', true, false]],
    ],
  },
  {
    type: 'aws_cloudwatch_log_group',
    key: 'logs.log-group',
    state: { retention_in_days: 30, kms_key_id: '' },
    cloud: { fields: { logGroupName: '/a', retentionInDays: 30 } },
    drifts: [[{ fields: { retentionInDays: undefined } }, ['retention_in_days', 30, 0]]],
  },
  {
    type: 'aws_cloudwatch_metric_alarm',
    key: 'cloudwatch.metric-alarm',
    state: {
      threshold: 80,
      actions_enabled: true,
      alarm_actions: ['arn:t'],
      comparison_operator: 'GreaterThanThreshold',
    },
    cloud: {
      fields: {
        AlarmName: 'a',
        Threshold: 80,
        ActionsEnabled: true,
        AlarmActions: ['arn:t'],
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    drifts: [
      [
        { fields: { ActionsEnabled: false, Threshold: 99.5 } },
        ['actions_enabled', true, false],
        ['threshold', 80, 99.5],
      ],
    ],
  },
  {
    type: 'aws_cloudwatch_event_rule',
    key: 'events.rule',
    state: { schedule_expression: 'rate(1 day)', is_enabled: true },
    cloud: { fields: { Name: 'r', ScheduleExpression: 'rate(1 day)', State: 'ENABLED' } },
    drifts: [[{ fields: { State: 'DISABLED' } }, ['is_enabled', true, false]]],
  },
];

const redrive = (count: number | string) =>
  JSON.stringify({ deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:dead', maxReceiveCount: count });

const messaging: readonly Sample[] = [
  {
    type: 'aws_sqs_queue',
    key: 'sqs.queue',
    state: {
      visibility_timeout_seconds: 30,
      message_retention_seconds: 345_600,
      policy: '',
      redrive_policy: redrive(4),
      sqs_managed_sse_enabled: true,
      tags: { Team: 'a' },
    },
    cloud: {
      values: {
        Attributes: {
          VisibilityTimeout: '30',
          MessageRetentionPeriod: '345600',
          RedrivePolicy: redrive('4'),
          SqsManagedSseEnabled: 'true',
        },
        Tags: { Team: 'a' },
      },
    },
    drifts: [
      [
        { values: { Attributes: { VisibilityTimeout: '60', RedrivePolicy: redrive(9), Policy: '{"Statement":[]}' } } },
        ['visibility_timeout_seconds', 30, 60],
        ['policy', null, { Statement: [] }],
        ['redrive_policy.maxReceiveCount', '4', '9'],
      ],
      [{ values: { Attributes: {} } }, ['redrive_policy', JSON.parse(redrive('4')) as object, null]],
    ],
  },
  {
    type: 'aws_sqs_queue_policy',
    key: 'sqs.queue',
    state: { policy: '{"Version":"2012-10-17","Statement":[]}' },
    cloud: { values: { Attributes: { Policy: { Version: '2012-10-17', Statement: [] } } } },
    drifts: [[{ values: { Attributes: {} } }, ['policy', { Version: '2012-10-17', Statement: [] }, null]]],
  },
  {
    type: 'aws_sqs_queue_redrive_policy',
    key: 'sqs.queue',
    state: { redrive_policy: redrive(4) },
    cloud: { values: { Attributes: { RedrivePolicy: redrive(4) } } },
    drifts: [[{ values: { Attributes: { RedrivePolicy: redrive(5) } } }, ['redrive_policy.maxReceiveCount', '4', '5']]],
  },
  {
    type: 'aws_sns_topic',
    key: 'sns.topic',
    state: { display_name: '', kms_master_key_id: 'alias/aws/sns', tags: {} },
    cloud: { values: { Attributes: { DisplayName: '', KmsMasterKeyId: 'alias/aws/sns' }, Tags: {} } },
    drifts: [
      [
        { values: { Attributes: { DisplayName: 'x' } } },
        ['display_name', null, 'x'],
        ['kms_master_key_id', 'alias/aws/sns', null],
      ],
    ],
  },
  {
    type: 'aws_sns_topic_policy',
    key: 'sns.topic',
    state: { policy: '{"Statement":[{"Effect":"Allow","Principal":{"AWS":"111122223333"},"Action":"SNS:Publish"}]}' },
    cloud: {
      values: {
        Attributes: {
          Policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: ownAccount }, Action: 'sns:Publish' }] },
        },
      },
    },
    drifts: [
      [
        {
          values: {
            Attributes: { Policy: { Statement: [{ Effect: 'Allow', Principal: '*', Action: 'sns:Publish' }] } },
          },
        },
        ['policy.Statement.0.Principal.AWS', ['111122223333'], ['*']],
      ],
    ],
  },
  {
    type: 'aws_route53_record',
    key: 'route53.record-set',
    state: { ttl: 300, records: ['v=spf1 -all'], alias: [] },
    cloud: {
      fields: {
        HostedZoneId: 'Z1',
        RecordSetId: 'a.example./TXT',
        Name: 'a.example.',
        TTL: 300,
        ResourceRecords: [{ Value: '"v=spf1 -all"' }],
      },
    },
    drifts: [
      [
        { fields: { TTL: 60, ResourceRecords: [{ Value: '"v=spf1 +all"' }] } },
        ['ttl', 300, 60],
        ['records', ['v=spf1 -all'], ['v=spf1 +all']],
      ],
    ],
  },
  {
    type: 'aws_route53_zone',
    key: 'route53.zone',
    state: { comment: 'Managed by Terraform' },
    cloud: { fields: { HostedZoneId: 'Z1', Config: { Comment: 'Managed by Terraform' } } },
    drifts: [[{ fields: { Config: {} } }, ['comment', 'Managed by Terraform', null]]],
  },
  {
    type: 'aws_cloudfront_distribution',
    key: 'cloudfront.distribution',
    state: { enabled: true, web_acl_id: 'acl', aliases: ['a.example'], http_version: 'http2' },
    cloud: {
      fields: {
        Id: 'E1',
        DomainName: 'd.cloudfront.net',
        Enabled: true,
        WebACLId: 'acl',
        Aliases: { Items: ['a.example'] },
        HttpVersion: 'HTTP2',
      },
    },
    drifts: [[{ fields: { WebACLId: '', Enabled: false } }, ['enabled', true, false], ['web_acl_id', 'acl', null]]],
  },
];

export const guardSamples: readonly Sample[] = [...guards, ...messaging];

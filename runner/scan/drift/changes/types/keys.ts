// Compared by attribute: what guards and records: keys, secrets, parameters, trails, logs and alarms.
import { asked, type ComparedType, compared, each, mapped, told } from '../comparison.ts';
import { flag, foldedText, number, text, textSet, withoutStar } from '../forms.ts';
import { policy } from '../policy-form.ts';

export const keyTypes: readonly ComparedType[] = [
  {
    types: ['aws_kms_key', 'aws_kms_replica_key', 'aws_kms_external_key'],
    witness: 'KeyState',
    tags: 'asked',
    comparisons: [
      compared('description', text, told('Description', null)),
      compared('is_enabled', flag, told('Enabled')),
      compared('enabled', flag, told('Enabled')),
      compared('policy', policy, asked('Policy')),
      compared('enable_key_rotation', flag, asked('KeyRotationEnabled', false)),
      compared('rotation_period_in_days', number, asked('RotationPeriodInDays')),
      compared('key_usage', text, told('KeyUsage')),
    ],
  },
  { types: ['aws_kms_key_policy'], comparisons: [compared('policy', policy, asked('Policy'))] },
  {
    types: ['aws_kms_alias'],
    witness: 'TargetKeyId',
    comparisons: [compared('target_key_id', text, told('TargetKeyId'))],
  },
  {
    types: ['aws_secretsmanager_secret'],
    witness: 'CreatedDate',
    tags: 'listed',
    comparisons: [
      compared('description', text, told('Description', null), { empty: null }),
      compared('kms_key_id', text, told('KmsKeyId', null), { empty: null }),
      compared('rotation_enabled', flag, told('RotationEnabled', false)),
      compared('rotation_lambda_arn', text, told('RotationLambdaARN', null)),
      compared('policy', policy, asked('ResourcePolicy')),
    ],
  },
  { types: ['aws_secretsmanager_secret_policy'], comparisons: [compared('policy', policy, asked('ResourcePolicy'))] },
  {
    types: ['aws_ssm_parameter'],
    witness: 'LastModifiedDate',
    tags: 'asked',
    comparisons: [
      // Its own `Type` gives way to the record's.
      ...each(text, told, { data_type: 'DataType', key_id: 'KeyId' }),
      compared('tier', text, told('Tier'), { when: ({ declared }) => declared['tier'] !== 'Intelligent-Tiering' }),
      compared('description', text, told('Description', null), { empty: null }),
    ],
  },
  {
    types: ['aws_cloudtrail'],
    witness: 'S3BucketName',
    tags: 'asked',
    comparisons: [
      compared('enable_logging', flag, asked('IsLogging')),
      compared('s3_bucket_name', text, told('S3BucketName')),
      compared('s3_key_prefix', text, told('S3KeyPrefix', null), { empty: null }),
      compared('kms_key_id', text, told('KmsKeyId', null), { empty: null }),
      compared('cloud_watch_logs_role_arn', text, told('CloudWatchLogsRoleArn', null), { empty: null }),
      compared('cloud_watch_logs_group_arn', withoutStar, told('CloudWatchLogsLogGroupArn', null), { empty: null }),
      ...each(flag, told, {
        is_multi_region_trail: 'IsMultiRegionTrail',
        is_organization_trail: 'IsOrganizationTrail',
        include_global_service_events: 'IncludeGlobalServiceEvents',
        enable_log_file_validation: 'LogFileValidationEnabled',
      }),
    ],
  },
  {
    types: ['aws_cloudwatch_log_group'],
    witness: 'logGroupName',
    tags: 'asked',
    comparisons: [
      // Never to expire is no number at AWS, and zero in Terraform.
      compared('retention_in_days', number, told('retentionInDays', 0)),
      compared('kms_key_id', text, told('kmsKeyId', null), { empty: null }),
      compared('log_group_class', text, told('logGroupClass')),
      compared('deletion_protection_enabled', flag, told('deletionProtectionEnabled')),
    ],
  },
  {
    types: ['aws_cloudwatch_metric_alarm'],
    witness: 'AlarmName',
    tags: 'asked',
    comparisons: [
      compared('actions_enabled', flag, told('ActionsEnabled')),
      ...each(text, told, {
        comparison_operator: 'ComparisonOperator',
        metric_name: 'MetricName',
        namespace: 'Namespace',
        statistic: 'Statistic',
        treat_missing_data: 'TreatMissingData',
      }),
      compared('alarm_description', text, told('AlarmDescription', null), { empty: null }),
      ...each(number, told, {
        evaluation_periods: 'EvaluationPeriods',
        period: 'Period',
        threshold: 'Threshold',
        datapoints_to_alarm: 'DatapointsToAlarm',
      }),
      compared('alarm_actions', textSet, told('AlarmActions', []), { empty: [] }),
      compared('ok_actions', textSet, told('OKActions', []), { empty: [] }),
      compared('insufficient_data_actions', textSet, told('InsufficientDataActions', []), { empty: [] }),
    ],
  },
  {
    types: ['aws_cloudwatch_event_rule'],
    witness: 'Name',
    comparisons: [
      compared('schedule_expression', text, told('ScheduleExpression', null), { empty: null }),
      compared('description', text, told('Description', null), { empty: null }),
      compared('role_arn', text, told('RoleArn', null), { empty: null }),
      compared('state', foldedText, told('State')),
      compared(
        'is_enabled',
        flag,
        mapped(told('State'), state => state === 'ENABLED'),
      ),
    ],
  },
];

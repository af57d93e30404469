// Compared by attribute: relational databases of every engine, tables, caches and file systems.
import { isMembers, type Members } from '../../members.ts';
import { asked, type CloudFacts, type ComparedType, compared, each, mapped, type Read, told } from '../comparison.ts';
import { type Form, flag, foldedText, number, setOf, text, textSet } from '../forms.ts';

/** A setting of `5.7` is kept by any `5.7.44`: states have what was asked for, AWS what runs. */
const engineVersion = compared(
  'engine_version',
  text,
  mapped(told('EngineVersion'), (running, { declared }) => {
    const wanted = declared['engine_version'];
    return typeof wanted === 'string' && String(running).startsWith(`${wanted}.`) ? wanted : running;
  }),
);

const groups = compared('vpc_security_group_ids', textSet, told('VpcSecurityGroups[].VpcSecurityGroupId'));

/** Storage that grows by itself is not the state's to say. */
const isFixed = ({ declared }: CloudFacts): boolean => !(Number(declared['max_allocated_storage']) > 0);

const instanceFlags = each(flag, told, {
  publicly_accessible: 'PubliclyAccessible',
  auto_minor_version_upgrade: 'AutoMinorVersionUpgrade',
  performance_insights_enabled: 'PerformanceInsightsEnabled',
  copy_tags_to_snapshot: 'CopyTagsToSnapshot',
  storage_encrypted: 'StorageEncrypted',
});
const instanceClass = compared('instance_class', text, told('DBInstanceClass'));
const monitoring = [
  compared('monitoring_interval', number, told('MonitoringInterval')),
  compared('monitoring_role_arn', text, told('MonitoringRoleArn', null)),
  compared('ca_cert_identifier', text, told('CACertificateIdentifier')),
];
const maintenance = compared('preferred_maintenance_window', foldedText, told('PreferredMaintenanceWindow'));
const backupWindow = compared('preferred_backup_window', foldedText, told('PreferredBackupWindow'));

const databaseInstance: ComparedType = {
  types: ['aws_db_instance'],
  witness: 'DBInstanceClass',
  tags: 'listed',
  comparisons: [
    instanceClass,
    engineVersion,
    compared('allocated_storage', number, told('AllocatedStorage'), { when: isFixed }),
    ...each(number, told, { iops: 'Iops', storage_throughput: 'StorageThroughput' }),
    compared('max_allocated_storage', number, told('MaxAllocatedStorage', 0)),
    compared('backup_retention_period', number, told('BackupRetentionPeriod')),
    compared('storage_type', text, told('StorageType')),
    compared('kms_key_id', text, told('KmsKeyId', null)),
    compared('multi_az', flag, told('MultiAZ')),
    compared('deletion_protection', flag, told('DeletionProtection')),
    compared('iam_database_authentication_enabled', flag, told('IAMDatabaseAuthenticationEnabled')),
    ...instanceFlags,
    ...monitoring,
    compared('backup_window', foldedText, told('PreferredBackupWindow')),
    compared('maintenance_window', foldedText, told('PreferredMaintenanceWindow')),
    compared('db_subnet_group_name', foldedText, told('DBSubnetGroup.DBSubnetGroupName')),
    compared('parameter_group_name', foldedText, told('DBParameterGroups.0.DBParameterGroupName')),
    compared('option_group_name', foldedText, told('OptionGroupMemberships.0.OptionGroupName')),
    compared('enabled_cloudwatch_logs_exports', textSet, told('EnabledCloudwatchLogsExports', []), { empty: [] }),
    groups,
  ],
};

const databaseCluster: ComparedType = {
  types: ['aws_rds_cluster', 'aws_neptune_cluster', 'aws_docdb_cluster'],
  witness: 'DBClusterArn',
  tags: 'listed',
  comparisons: [
    engineVersion,
    ...each(number, told, { backup_retention_period: 'BackupRetentionPeriod', port: 'Port' }),
    ...each(flag, told, {
      storage_encrypted: 'StorageEncrypted',
      deletion_protection: 'DeletionProtection',
      copy_tags_to_snapshot: 'CopyTagsToSnapshot',
      enable_http_endpoint: 'HttpEndpointEnabled',
      iam_database_authentication_enabled: 'IAMDatabaseAuthenticationEnabled',
    }),
    compared('kms_key_id', text, told('KmsKeyId', null)),
    ...each(foldedText, told, {
      db_cluster_parameter_group_name: 'DBClusterParameterGroup',
      neptune_cluster_parameter_group_name: 'DBClusterParameterGroup',
      db_subnet_group_name: 'DBSubnetGroup',
    }),
    compared('enabled_cloudwatch_logs_exports', textSet, told('EnabledCloudwatchLogsExports', []), { empty: [] }),
    backupWindow,
    maintenance,
    groups,
  ],
};

const keySchema = told('KeySchema');

const keyOf =
  (kind: 'HASH' | 'RANGE'): Read =>
  facts => {
    const keys = keySchema(facts);
    if (!Array.isArray(keys)) return undefined;
    return keys.filter(isMembers).find(key => key['key_type'] === kind)?.['attribute_name'] ?? null;
  };

const attributes: Form = setOf(each => ({
  name: String(each['name'] ?? each['attribute_name']),
  type: String(each['type'] ?? each['attribute_type']),
}));

const keysOfIndex = (index: Members): Members => {
  const schema = Array.isArray(index['key_schema']) ? index['key_schema'].filter(isMembers) : [];
  const named = (kind: string) => schema.find(key => key['key_type'] === kind)?.['attribute_name'];
  const projection = isMembers(index['projection']) ? index['projection']['projection_type'] : undefined;
  return {
    name: String(index['name'] ?? index['index_name']),
    hash_key: String(index['hash_key'] || named('HASH') || ''),
    range_key: String(index['range_key'] || named('RANGE') || ''),
    projection_type: String(index['projection_type'] ?? projection ?? ''),
  };
};

const billing = told('BillingModeSummary.BillingMode', 'PROVISIONED');
const isProvisioned = (facts: CloudFacts): boolean => billing(facts) === 'PROVISIONED';

/** Older states have no text for the usual class. */
const tableClass: Form = { canonical: value => text.canonical(value) ?? 'STANDARD' };

const table: ComparedType = {
  types: ['aws_dynamodb_table'],
  witness: 'TableStatus',
  tags: 'asked',
  comparisons: [
    compared('billing_mode', text, billing),
    compared('read_capacity', number, told('ProvisionedThroughput.ReadCapacityUnits'), { when: isProvisioned }),
    compared('write_capacity', number, told('ProvisionedThroughput.WriteCapacityUnits'), { when: isProvisioned }),
    compared('hash_key', text, keyOf('HASH')),
    compared('range_key', text, keyOf('RANGE')),
    compared('attribute', attributes, told('AttributeDefinitions')),
    compared('global_secondary_index', setOf(keysOfIndex), told('GlobalSecondaryIndexes', []), { empty: [] }),
    compared('stream_enabled', flag, told('StreamSpecification.StreamEnabled', false)),
    compared('stream_view_type', text, told('StreamSpecification.StreamViewType', null)),
    compared('table_class', tableClass, told('TableClassSummary.TableClass', 'STANDARD')),
    compared('deletion_protection_enabled', flag, told('DeletionProtectionEnabled')),
    compared(
      'server_side_encryption.0.enabled',
      flag,
      mapped(told('SSEDescription.Status', 'DISABLED'), status => /^(ENABL|UPDAT)/.test(String(status))),
      { empty: false },
    ),
    compared('server_side_encryption.0.kms_key_arn', text, told('SSEDescription.KMSMasterKeyArn', null)),
    compared(
      'ttl.0.enabled',
      flag,
      mapped(asked('TimeToLive.TimeToLiveStatus', 'DISABLED'), status => /^ENABL/.test(String(status))),
      { empty: false },
    ),
    compared('ttl.0.attribute_name', text, asked('TimeToLive.AttributeName', null)),
    compared(
      'point_in_time_recovery.0.enabled',
      flag,
      mapped(asked('PointInTimeRecovery.PointInTimeRecoveryStatus', 'DISABLED'), status => status === 'ENABLED'),
      { empty: false },
    ),
  ],
};

export const databaseTypes: readonly ComparedType[] = [
  databaseInstance,
  databaseCluster,
  {
    types: ['aws_rds_cluster_instance', 'aws_neptune_cluster_instance', 'aws_docdb_cluster_instance'],
    witness: 'DBInstanceClass',
    tags: 'listed',
    comparisons: [
      instanceClass,
      ...instanceFlags,
      ...monitoring,
      compared('promotion_tier', number, told('PromotionTier')),
      maintenance,
    ],
  },
  {
    types: ['aws_db_subnet_group', 'aws_neptune_subnet_group', 'aws_docdb_subnet_group'],
    witness: 'DBSubnetGroupName',
    comparisons: [
      compared('description', text, told('DBSubnetGroupDescription')),
      compared('subnet_ids', textSet, told('Subnets[].SubnetIdentifier')),
    ],
  },
  table,
  {
    types: ['aws_elasticache_cluster'],
    witness: 'CacheClusterId',
    comparisons: [
      compared('node_type', text, told('CacheNodeType')),
      compared('num_cache_nodes', number, told('NumCacheNodes')),
      compared('parameter_group_name', foldedText, told('CacheParameterGroup.CacheParameterGroupName')),
      compared('security_group_ids', textSet, told('SecurityGroups[].SecurityGroupId')),
      compared('snapshot_retention_limit', number, told('SnapshotRetentionLimit')),
      compared('maintenance_window', foldedText, told('PreferredMaintenanceWindow')),
    ],
  },
  {
    types: ['aws_elasticache_replication_group'],
    witness: 'ReplicationGroupId',
    comparisons: [
      compared('node_type', text, told('CacheNodeType')),
      compared('at_rest_encryption_enabled', flag, told('AtRestEncryptionEnabled')),
      compared('transit_encryption_enabled', flag, told('TransitEncryptionEnabled')),
      compared('snapshot_retention_limit', number, told('SnapshotRetentionLimit')),
      compared('kms_key_id', text, told('KmsKeyId', null)),
    ],
  },
  {
    types: ['aws_efs_file_system'],
    witness: 'FileSystemId',
    tags: 'listed',
    comparisons: [
      compared('encrypted', flag, told('Encrypted')),
      compared('kms_key_id', text, told('KmsKeyId', null)),
      compared('performance_mode', text, told('PerformanceMode')),
      compared('throughput_mode', text, told('ThroughputMode')),
      compared('provisioned_throughput_in_mibps', number, told('ProvisionedThroughputInMibps', 0)),
    ],
  },
];

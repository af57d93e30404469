// Samples of functions, containers, load balancers and databases.
import type { Sample } from './sample.ts';

const hidden = '[redacted]';
const lambdaArn = 'arn:aws:lambda:eu-west-1:111122223333:function:f';

const compute: readonly Sample[] = [
  {
    type: 'aws_lambda_function',
    key: 'lambda.function',
    state: {
      handler: 'index.handler',
      runtime: 'nodejs22.x',
      memory_size: 128,
      timeout: 3,
      role: 'arn:r',
      layers: [],
      environment: [{ variables: { STAGE: 'prod', TOKEN: 'a' } }],
      vpc_config: [{ subnet_ids: ['subnet-1'], security_group_ids: ['sg-1'] }],
      reserved_concurrent_executions: -1,
      tags: {},
    },
    cloud: {
      fields: {
        FunctionName: 'f',
        FunctionArn: lambdaArn,
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        MemorySize: 128,
        Timeout: 3,
        Role: 'arn:r',
        VpcConfig: { SubnetIds: ['subnet-1'], SecurityGroupIds: ['sg-1'] },
      },
      values: {
        Environment: { Variables: { STAGE: 'prod', TOKEN: 'a' } },
        ReservedConcurrentExecutions: null,
        Tags: {},
      },
    },
    drifts: [
      [{ fields: { MemorySize: 512, Timeout: 900 } }, ['memory_size', 128, 512], ['timeout', 3, 900]],
      [
        { values: { Environment: { Variables: { STAGE: 'dev', EXTRA: 'x' } } } },
        ['environment.0.variables.STAGE', hidden, hidden],
        ['environment.0.variables.TOKEN', hidden, null],
        ['environment.0.variables.EXTRA', null, hidden],
      ],
      [{ fields: { Layers: [{ Arn: 'arn:layer:1' }] } }, ['layers', [], ['arn:layer:1']]],
      [
        { fields: { VpcConfig: undefined } },
        ['vpc_config.0.subnet_ids', ['subnet-1'], []],
        ['vpc_config.0.security_group_ids', ['sg-1'], []],
      ],
      [{ values: { ReservedConcurrentExecutions: 0 } }, ['reserved_concurrent_executions', -1, 0]],
    ],
  },
  {
    type: 'aws_lambda_alias',
    key: 'lambda.alias',
    state: { function_version: '1', description: '' },
    cloud: { fields: { AliasArn: `${lambdaArn}:a`, FunctionVersion: '1', Description: '' } },
    drifts: [[{ fields: { FunctionVersion: '2' } }, ['function_version', '1', '2']]],
  },
  {
    type: 'aws_lambda_event_source_mapping',
    key: 'lambda.event-source-mapping',
    state: { batch_size: 10, enabled: true },
    cloud: { fields: { UUID: 'u', BatchSize: 10, State: 'Enabled' } },
    drifts: [[{ fields: { State: 'Disabled' } }, ['enabled', true, false]]],
  },
  {
    type: 'aws_ecr_repository',
    key: 'ecr.repository',
    state: {
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: [{ scan_on_push: true }],
      tags: { a: 'b' },
    },
    cloud: {
      fields: {
        repositoryName: 'team/app',
        repositoryArn: 'arn:x',
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
      },
      tags: { a: 'b' },
    },
    drifts: [
      [
        { fields: { imageTagMutability: 'MUTABLE', imageScanningConfiguration: { scanOnPush: false } } },
        ['image_tag_mutability', 'IMMUTABLE', 'MUTABLE'],
        ['image_scanning_configuration.0.scan_on_push', true, false],
      ],
    ],
  },
  {
    type: 'aws_ecr_repository_policy',
    key: 'ecr.repository',
    state: { policy: '{"Statement":[{"Effect":"Allow","Action":["ecr:A","ecr:B"]}]}' },
    cloud: {
      fields: { repositoryName: 'team/app' },
      values: { Policy: '{"Statement":[{"Effect":"Allow","Action":["ecr:B","ecr:A"]}]}' },
    },
    drifts: [
      [
        { values: { Policy: '{"Statement":[{"Effect":"Allow","Action":"*"}]}' } },
        ['policy.Statement.0.Action', ['ecr:A', 'ecr:B'], ['*']],
      ],
    ],
  },
  {
    type: 'aws_eks_cluster',
    key: 'eks.cluster',
    state: {
      version: '1.33',
      vpc_config: [{ endpoint_public_access: false, public_access_cidrs: ['10.0.0.0/8'] }],
      enabled_cluster_log_types: ['audit', 'api'],
    },
    cloud: {
      fields: {
        name: 'c',
        version: '1.33',
        resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: ['10.0.0.0/8'] },
        logging: {
          clusterLogging: [
            { types: ['api', 'audit'], enabled: true },
            { types: ['scheduler'], enabled: false },
          ],
        },
      },
    },
    drifts: [
      [
        { fields: { resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } } },
        ['vpc_config.0.endpoint_public_access', false, true],
        ['vpc_config.0.public_access_cidrs', ['10.0.0.0/8'], ['0.0.0.0/0']],
      ],
      [{ fields: { logging: { clusterLogging: [] } } }, ['enabled_cluster_log_types', ['api', 'audit'], []]],
    ],
  },
  {
    type: 'aws_eks_node_group',
    key: 'eks.nodegroup',
    state: { version: '1.33', scaling_config: [{ min_size: 1, max_size: 3, desired_size: 2 }] },
    cloud: {
      fields: {
        nodegroupName: 'n',
        nodegroupArn: 'arn:n',
        version: '1.33',
        scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 3 },
      },
    },
    drifts: [[{ fields: { scalingConfig: { minSize: 1, maxSize: 9 } } }, ['scaling_config.0.max_size', 3, 9]]],
  },
  {
    type: 'aws_lb',
    key: 'elbv2.load-balancer',
    state: {
      internal: false,
      security_groups: ['sg-1'],
      subnets: ['subnet-1'],
      enable_deletion_protection: true,
      idle_timeout: 60,
    },
    cloud: {
      fields: {
        LoadBalancerArn: 'arn:lb',
        Scheme: 'internet-facing',
        SecurityGroups: ['sg-1'],
        AvailabilityZones: [{ SubnetId: 'subnet-1' }],
      },
      values: { Attributes: { 'deletion_protection.enabled': 'true', 'idle_timeout.timeout_seconds': '60' } },
    },
    drifts: [
      [
        { values: { Attributes: { 'deletion_protection.enabled': 'false', 'idle_timeout.timeout_seconds': '4000' } } },
        ['idle_timeout', 60, 4000],
        ['enable_deletion_protection', true, false],
      ],
    ],
  },
  {
    type: 'aws_lb_listener',
    key: 'elbv2.listener',
    state: { port: 443, protocol: 'HTTPS', ssl_policy: 'new', certificate_arn: 'arn:c' },
    cloud: {
      fields: {
        ListenerArn: 'arn:l',
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'new',
        Certificates: [{ CertificateArn: 'arn:c' }],
      },
    },
    drifts: [[{ fields: { SslPolicy: 'old' } }, ['ssl_policy', 'new', 'old']]],
  },
  {
    type: 'aws_lb_target_group',
    key: 'elbv2.target-group',
    state: { port: 80, health_check: [{ path: '/health', matcher: '200', port: 'traffic-port' }] },
    cloud: {
      fields: {
        TargetGroupArn: 'arn:t',
        Port: 80,
        HealthCheckPath: '/health',
        Matcher: { HttpCode: '200' },
        HealthCheckPort: 'traffic-port',
      },
    },
    drifts: [[{ fields: { HealthCheckPath: '/' } }, ['health_check.0.path', '/health', '/']]],
  },
];

const instanceFields = {
  DBInstanceIdentifier: 'd',
  DBInstanceClass: 'db.t3.small',
  EngineVersion: '15.7',
  AllocatedStorage: 20,
  StorageType: 'gp3',
  MultiAZ: true,
  PubliclyAccessible: false,
  StorageEncrypted: true,
  DeletionProtection: true,
  BackupRetentionPeriod: 7,
  PreferredMaintenanceWindow: 'sun:01:00-sun:02:00',
  VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
  DBSubnetGroup: { DBSubnetGroupName: 'data' },
  DBParameterGroups: [{ DBParameterGroupName: 'pg' }],
  TagList: [{ Key: 'Team', Value: 'a' }],
};

const table = {
  TableName: 't',
  TableStatus: 'ACTIVE',
  KeySchema: [
    { AttributeName: 'id', KeyType: 'HASH' },
    { AttributeName: 'at', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'at', AttributeType: 'N' },
    { AttributeName: 'id', AttributeType: 'S' },
  ],
  ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
  GlobalSecondaryIndexes: [
    {
      IndexName: 'by-at',
      KeySchema: [{ AttributeName: 'at', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};

const data: readonly Sample[] = [
  {
    type: 'aws_db_instance',
    key: 'rds.instance',
    state: {
      instance_class: 'db.t3.small',
      engine_version: '15',
      allocated_storage: 20,
      storage_type: 'gp3',
      multi_az: true,
      publicly_accessible: false,
      storage_encrypted: true,
      deletion_protection: true,
      backup_retention_period: 7,
      maintenance_window: 'Sun:01:00-Sun:02:00',
      vpc_security_group_ids: ['sg-1'],
      db_subnet_group_name: 'data',
      parameter_group_name: 'pg',
      tags: { Team: 'a' },
    },
    cloud: { fields: instanceFields },
    drifts: [
      [{ fields: { DBInstanceClass: 'db.r6g.large' } }, ['instance_class', 'db.t3.small', 'db.r6g.large']],
      [{ fields: { EngineVersion: '16.1' } }, ['engine_version', '15', '16.1']],
      [
        { fields: { PubliclyAccessible: true, DeletionProtection: false, MultiAZ: false, BackupRetentionPeriod: 0 } },
        ['backup_retention_period', 7, 0],
        ['multi_az', true, false],
        ['deletion_protection', true, false],
        ['publicly_accessible', false, true],
      ],
      [{ fields: { AllocatedStorage: 40 } }, ['allocated_storage', 20, 40]],
    ],
  },
  {
    type: 'aws_rds_cluster',
    key: 'rds.cluster',
    state: {
      engine_version: '15.7',
      deletion_protection: true,
      db_cluster_parameter_group_name: 'pg',
      vpc_security_group_ids: ['sg-1'],
    },
    cloud: {
      fields: {
        DBClusterIdentifier: 'c',
        DBClusterArn: 'arn:c',
        Engine: 'aurora-postgresql',
        EngineVersion: '15.7',
        DeletionProtection: true,
        DBClusterParameterGroup: 'pg',
        VpcSecurityGroups: [{ VpcSecurityGroupId: 'sg-1' }],
      },
    },
    drifts: [
      [
        { fields: { EngineVersion: '15.10', DeletionProtection: false } },
        ['engine_version', '15.7', '15.10'],
        ['deletion_protection', true, false],
      ],
    ],
  },
  {
    type: 'aws_rds_cluster_instance',
    key: 'rds.instance',
    state: { instance_class: 'db.r6g.large', publicly_accessible: false, promotion_tier: 1 },
    cloud: {
      fields: {
        DBInstanceIdentifier: 'd',
        DBInstanceClass: 'db.r6g.large',
        PubliclyAccessible: false,
        PromotionTier: 1,
      },
    },
    drifts: [[{ fields: { PubliclyAccessible: true } }, ['publicly_accessible', false, true]]],
  },
  {
    type: 'aws_db_subnet_group',
    key: 'rds.subnet-group',
    state: { description: 'x', subnet_ids: ['subnet-2', 'subnet-1'] },
    cloud: {
      fields: {
        DBSubnetGroupName: 'data',
        DBSubnetGroupDescription: 'x',
        Subnets: [{ SubnetIdentifier: 'subnet-1' }, { SubnetIdentifier: 'subnet-2' }],
      },
    },
    drifts: [
      [
        { fields: { Subnets: [{ SubnetIdentifier: 'subnet-1' }] } },
        ['subnet_ids', ['subnet-1', 'subnet-2'], ['subnet-1']],
      ],
    ],
  },
  {
    type: 'aws_dynamodb_table',
    key: 'dynamodb.table',
    state: {
      billing_mode: 'PROVISIONED',
      read_capacity: 5,
      write_capacity: 5,
      hash_key: 'id',
      range_key: 'at',
      attribute: [
        { name: 'id', type: 'S' },
        { name: 'at', type: 'N' },
      ],
      global_secondary_index: [
        { name: 'by-at', hash_key: 'at', range_key: '', projection_type: 'ALL', read_capacity: 5 },
      ],
      server_side_encryption: [],
      ttl: [{ enabled: true, attribute_name: 'expires' }],
      point_in_time_recovery: [{ enabled: true }],
      tags: { Team: 'a' },
    },
    cloud: {
      fields: table,
      values: {
        TimeToLive: { TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' },
        PointInTimeRecovery: { PointInTimeRecoveryStatus: 'ENABLED' },
        Tags: { Team: 'a' },
      },
    },
    drifts: [
      [
        {
          fields: {
            BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
            ProvisionedThroughput: { ReadCapacityUnits: 0 },
          },
        },
        ['billing_mode', 'PROVISIONED', 'PAY_PER_REQUEST'],
      ],
      [{ fields: { ProvisionedThroughput: { ReadCapacityUnits: 9, WriteCapacityUnits: 5 } } }, ['read_capacity', 5, 9]],
      [{ fields: { SSEDescription: { Status: 'ENABLED' } } }, ['server_side_encryption.0.enabled', false, true]],
      [
        { values: { PointInTimeRecovery: { PointInTimeRecoveryStatus: 'DISABLED' } } },
        ['point_in_time_recovery.0.enabled', true, false],
      ],
      [
        { values: { TimeToLive: { TimeToLiveStatus: 'DISABLED' } } },
        ['ttl.0.enabled', true, false],
        ['ttl.0.attribute_name', 'expires', null],
      ],
      [
        { fields: { GlobalSecondaryIndexes: [] } },
        ['global_secondary_index', { name: 'by-at', hash_key: 'at', range_key: '', projection_type: 'ALL' }, null],
      ],
    ],
  },
  {
    type: 'aws_elasticache_cluster',
    key: 'elasticache.cache-cluster',
    state: { node_type: 'cache.t3.micro', num_cache_nodes: 1, security_group_ids: ['sg-1'] },
    cloud: {
      fields: {
        CacheClusterId: 'c',
        CacheNodeType: 'cache.t3.micro',
        NumCacheNodes: 1,
        SecurityGroups: [{ SecurityGroupId: 'sg-1' }],
      },
    },
    drifts: [[{ fields: { CacheNodeType: 'cache.r6g.large' } }, ['node_type', 'cache.t3.micro', 'cache.r6g.large']]],
  },
  {
    type: 'aws_elasticache_replication_group',
    key: 'elasticache.replication-group',
    state: { at_rest_encryption_enabled: true, snapshot_retention_limit: 1 },
    cloud: { fields: { ReplicationGroupId: 'r', AtRestEncryptionEnabled: true, SnapshotRetentionLimit: 1 } },
    drifts: [[{ fields: { SnapshotRetentionLimit: 0 } }, ['snapshot_retention_limit', 1, 0]]],
  },
  {
    type: 'aws_efs_file_system',
    key: 'efs.file-system',
    state: { encrypted: true, throughput_mode: 'bursting', tags: { a: 'b' } },
    cloud: {
      fields: { FileSystemId: 'fs-1', Encrypted: true, ThroughputMode: 'bursting', Tags: [{ Key: 'a', Value: 'b' }] },
    },
    drifts: [
      [
        { fields: { ThroughputMode: 'elastic', Tags: [] } },
        ['throughput_mode', 'bursting', 'elastic'],
        ['tags.a', 'b', null],
      ],
    ],
  },
];

export const workloadSamples: readonly Sample[] = [...compute, ...data];

// Seeds of databases.
import {
  CreateEndpointCommand,
  CreateReplicationSubnetGroupCommand,
  DatabaseMigrationServiceClient,
} from '@aws-sdk/client-database-migration-service';
import { CreateClusterCommand as CreateDaxClusterCommand, DAXClient } from '@aws-sdk/client-dax';
import { CreateBackupCommand, CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateCacheClusterCommand,
  CreateCacheSubnetGroupCommand,
  CreateReplicationGroupCommand,
  CreateSnapshotCommand,
  CreateUserCommand,
  ElastiCacheClient,
} from '@aws-sdk/client-elasticache';
import {
  CreateClusterCommand as CreateMemoryClusterCommand,
  CreateSnapshotCommand as CreateMemorySnapshotCommand,
  CreateSubnetGroupCommand as CreateMemorySubnetGroupCommand,
  CreateUserCommand as CreateMemoryUserCommand,
  MemoryDBClient,
} from '@aws-sdk/client-memorydb';
import {
  CreateClusterParameterGroupCommand,
  CreateClusterSnapshotCommand,
  CreateClusterSubnetGroupCommand,
  CreateClusterCommand as CreateRedshiftClusterCommand,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { relationalSeeds } from './data-4.ts';
import { defaultSubnets } from './default-subnets.ts';
import type { Seed } from './seed.ts';

/** For the simulator alone, as everything here. */
const password = 'only-simulated-1A';

const keyValueSeeds: readonly Seed[] = [
  {
    types: ['dynamodb.table', 'dynamodb.backup'],
    create: async ({ configuration }) => {
      const dynamodb = new DynamoDBClient(configuration);
      const { TableDescription } = await dynamodb.send(
        new CreateTableCommand({
          TableName: 'seeded',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      );
      const { BackupDetails } = await dynamodb.send(
        new CreateBackupCommand({ TableName: 'seeded', BackupName: 'seeded' }),
      );
      return [TableDescription?.TableArn, BackupDetails?.BackupArn];
    },
  },
  {
    types: ['dax.cluster'],
    create: async ({ configuration, account }) => {
      const { Cluster } = await new DAXClient(configuration).send(
        new CreateDaxClusterCommand({
          ClusterName: 'seeded',
          NodeType: 'dax.t3.small',
          ReplicationFactor: 1,
          IamRoleArn: `arn:aws:iam::${account}:role/seeded`,
        }),
      );
      return [Cluster?.ClusterArn];
    },
  },
  {
    types: [
      'elasticache.cache-cluster',
      'elasticache.replication-group',
      'elasticache.snapshot',
      'elasticache.subnet-group',
      'elasticache.user',
    ],
    create: async ({ configuration }) => {
      const elasticache = new ElastiCacheClient(configuration);
      const SubnetIds = await defaultSubnets(configuration);
      const group = await elasticache.send(
        new CreateCacheSubnetGroupCommand({
          CacheSubnetGroupName: 'seeded',
          CacheSubnetGroupDescription: 'seeded',
          SubnetIds,
        }),
      );
      const cluster = await elasticache.send(
        new CreateCacheClusterCommand({
          CacheClusterId: 'seeded',
          Engine: 'redis',
          CacheNodeType: 'cache.t3.micro',
          NumCacheNodes: 1,
        }),
      );
      const replication = await elasticache.send(
        new CreateReplicationGroupCommand({
          ReplicationGroupId: 'seeded-group',
          ReplicationGroupDescription: 'seeded',
          Engine: 'redis',
          CacheNodeType: 'cache.t3.micro',
        }),
      );
      const snapshot = await elasticache.send(
        new CreateSnapshotCommand({ SnapshotName: 'seeded', CacheClusterId: 'seeded' }),
      );
      const user = await elasticache.send(
        new CreateUserCommand({
          UserId: 'seeded',
          UserName: 'seeded',
          Engine: 'redis',
          AccessString: 'on ~* +@all',
          NoPasswordRequired: true,
        }),
      );
      return [
        group.CacheSubnetGroup?.ARN,
        cluster.CacheCluster?.ARN,
        replication.ReplicationGroup?.ARN,
        snapshot.Snapshot?.ARN,
        user.ARN,
      ];
    },
  },
  {
    types: ['memorydb.cluster', 'memorydb.snapshot', 'memorydb.subnet-group', 'memorydb.user'],
    create: async ({ configuration }) => {
      const memorydb = new MemoryDBClient(configuration);
      const SubnetIds = await defaultSubnets(configuration);
      const group = await memorydb.send(new CreateMemorySubnetGroupCommand({ SubnetGroupName: 'seeded', SubnetIds }));
      const user = await memorydb.send(
        new CreateMemoryUserCommand({
          UserName: 'seeded',
          AccessString: 'on ~* +@all',
          AuthenticationMode: { Type: 'password', Passwords: [password] },
        }),
      );
      const cluster = await memorydb.send(
        new CreateMemoryClusterCommand({
          ClusterName: 'seeded',
          NodeType: 'db.t4g.small',
          ACLName: 'open-access',
          SubnetGroupName: 'seeded',
        }),
      );
      const snapshot = await memorydb.send(
        new CreateMemorySnapshotCommand({ ClusterName: 'seeded', SnapshotName: 'seeded' }),
      );
      return [group.SubnetGroup?.ARN, user.User?.ARN, cluster.Cluster?.ARN, snapshot.Snapshot?.ARN];
    },
  },
];

const otherSeeds: readonly Seed[] = [
  {
    types: ['redshift.cluster', 'redshift.snapshot', 'redshift.subnet-group', 'redshift.parameter-group'],
    create: async ({ configuration, region, account }) => {
      const redshift = new RedshiftClient(configuration);
      const SubnetIds = await defaultSubnets(configuration);
      const Description = 'seeded';
      const ParameterGroupName = 'seeded';
      await redshift.send(
        new CreateClusterSubnetGroupCommand({ ClusterSubnetGroupName: 'seeded', Description, SubnetIds }),
      );
      const family = { ParameterGroupName, ParameterGroupFamily: 'redshift-1.0', Description };
      await redshift.send(new CreateClusterParameterGroupCommand(family));
      await redshift.send(
        new CreateRedshiftClusterCommand({
          ClusterIdentifier: 'seeded',
          NodeType: 'ra3.large',
          MasterUsername: 'seeded',
          MasterUserPassword: password,
        }),
      );
      const snapshot = { ClusterIdentifier: 'seeded', SnapshotIdentifier: 'kept' };
      await redshift.send(new CreateClusterSnapshotCommand(snapshot));
      return ['cluster:seeded', 'snapshot:seeded/kept', 'subnetgroup:seeded', 'parametergroup:seeded'].map(
        resource => `arn:aws:redshift:${region}:${account}:${resource}`,
      );
    },
  },
  {
    // Of instances and tasks moto writes times that no SDK for JavaScript reads.
    types: ['dms.endpoint', 'dms.replication-subnet-group'],
    create: async ({ configuration, region, account }) => {
      const dms = new DatabaseMigrationServiceClient(configuration);
      await dms.send(
        new CreateReplicationSubnetGroupCommand({
          ReplicationSubnetGroupIdentifier: 'seeded',
          ReplicationSubnetGroupDescription: 'seeded',
          SubnetIds: await defaultSubnets(configuration),
        }),
      );
      const { Endpoint } = await dms.send(
        new CreateEndpointCommand({ EndpointIdentifier: 'seeded', EndpointType: 'source', EngineName: 'mysql' }),
      );
      return [Endpoint?.EndpointArn, `arn:aws:dms:${region}:${account}:subgrp:seeded`];
    },
  },
];

export const databaseSeeds: readonly Seed[] = [...keyValueSeeds, ...relationalSeeds, ...otherSeeds];

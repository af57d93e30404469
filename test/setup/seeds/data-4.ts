// Seeds of relational databases, and of Neptune, which RDS answers for; the simulator knows no DocumentDB there.
import {
  CreateDBClusterCommand,
  CreateDBClusterParameterGroupCommand,
  CreateDBClusterSnapshotCommand,
  CreateDBInstanceCommand,
  CreateDBParameterGroupCommand,
  CreateDBProxyCommand,
  CreateDBSnapshotCommand,
  CreateDBSubnetGroupCommand,
  CreateEventSubscriptionCommand,
  CreateGlobalClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { defaultSubnets } from './default-subnets.ts';
import type { Seed } from './seed.ts';

/** For the simulator alone, as everything here. */
const MasterUserPassword = 'only-simulated-1A';
const MasterUsername = 'seeded';
const DBInstanceClass = 'db.t3.medium';

const Engine = 'neptune';

const neptuneSeed: Seed = {
  types: [
    'rds.neptune-cluster',
    'rds.neptune-instance',
    'rds.neptune-cluster-parameter-group',
    'rds.neptune-global-cluster',
  ],
  create: async ({ configuration }) => {
    const rds = new RDSClient(configuration);
    const { DBCluster } = await rds.send(
      new CreateDBClusterCommand({ DBClusterIdentifier: 'graph', Engine, MasterUsername, MasterUserPassword }),
    );
    const instance = { DBInstanceIdentifier: 'graph-one', DBClusterIdentifier: 'graph', DBInstanceClass, Engine };
    const { DBInstance } = await rds.send(new CreateDBInstanceCommand(instance));
    const { DBClusterParameterGroup } = await rds.send(
      new CreateDBClusterParameterGroupCommand({
        DBClusterParameterGroupName: 'graph',
        DBParameterGroupFamily: 'neptune1.3',
        Description: 'seeded',
      }),
    );
    const world = { GlobalClusterIdentifier: 'graph-world', Engine };
    const { GlobalCluster } = await rds.send(new CreateGlobalClusterCommand(world));
    return [
      DBCluster?.DBClusterArn,
      DBInstance?.DBInstanceArn,
      DBClusterParameterGroup?.DBClusterParameterGroupArn,
      GlobalCluster?.GlobalClusterArn,
    ];
  },
};

export const relationalSeeds: readonly Seed[] = [
  {
    types: ['rds.instance', 'rds.snapshot', 'rds.cluster', 'rds.cluster-snapshot', 'rds.global-cluster'],
    create: async ({ configuration }) => {
      const rds = new RDSClient(configuration);
      const { DBInstance } = await rds.send(
        new CreateDBInstanceCommand({
          DBInstanceIdentifier: 'seeded',
          DBInstanceClass,
          Engine: 'postgres',
          AllocatedStorage: 20,
          MasterUsername,
          MasterUserPassword,
        }),
      );
      const { DBSnapshot } = await rds.send(
        new CreateDBSnapshotCommand({ DBInstanceIdentifier: 'seeded', DBSnapshotIdentifier: 'kept' }),
      );
      const { DBCluster } = await rds.send(
        new CreateDBClusterCommand({
          DBClusterIdentifier: 'many',
          Engine: 'aurora-postgresql',
          MasterUsername,
          MasterUserPassword,
        }),
      );
      const { DBClusterSnapshot } = await rds.send(
        new CreateDBClusterSnapshotCommand({ DBClusterIdentifier: 'many', DBClusterSnapshotIdentifier: 'kept' }),
      );
      const { GlobalCluster } = await rds.send(
        new CreateGlobalClusterCommand({ GlobalClusterIdentifier: 'world', Engine: 'aurora-postgresql' }),
      );
      return [
        DBInstance?.DBInstanceArn,
        DBSnapshot?.DBSnapshotArn,
        DBCluster?.DBClusterArn,
        DBClusterSnapshot?.DBClusterSnapshotArn,
        GlobalCluster?.GlobalClusterArn,
      ];
    },
  },
  {
    types: ['rds.subnet-group', 'rds.proxy', 'rds.event-subscription'],
    create: async ({ configuration, region, account }) => {
      const rds = new RDSClient(configuration);
      const SubnetIds = await defaultSubnets(configuration);
      const { DBSubnetGroup } = await rds.send(
        new CreateDBSubnetGroupCommand({
          DBSubnetGroupName: 'seeded',
          DBSubnetGroupDescription: 'seeded',
          SubnetIds,
        }),
      );
      const { DBProxy } = await rds.send(
        new CreateDBProxyCommand({
          DBProxyName: 'seeded',
          EngineFamily: 'POSTGRESQL',
          Auth: [{ AuthScheme: 'SECRETS' }],
          RoleArn: `arn:aws:iam::${account}:role/seeded`,
          VpcSubnetIds: SubnetIds,
        }),
      );
      const { EventSubscription } = await rds.send(
        new CreateEventSubscriptionCommand({
          SubscriptionName: 'seeded',
          SnsTopicArn: `arn:aws:sns:${region}:${account}:seeded`,
        }),
      );
      return [DBSubnetGroup?.DBSubnetGroupArn, DBProxy?.DBProxyArn, EventSubscription?.EventSubscriptionArn];
    },
  },
  {
    types: ['rds.parameter-group', 'rds.neptune-parameter-group', 'rds.cluster-parameter-group'],
    create: async ({ configuration }) => {
      const rds = new RDSClient(configuration);
      const Description = 'seeded';
      const { DBParameterGroup: plain } = await rds.send(
        new CreateDBParameterGroupCommand({
          DBParameterGroupName: 'plain',
          DBParameterGroupFamily: 'postgres16',
          Description,
        }),
      );
      const { DBParameterGroup: graph } = await rds.send(
        new CreateDBParameterGroupCommand({
          DBParameterGroupName: 'graph',
          DBParameterGroupFamily: 'neptune1.3',
          Description,
        }),
      );
      const { DBClusterParameterGroup } = await rds.send(
        new CreateDBClusterParameterGroupCommand({
          DBClusterParameterGroupName: 'seeded',
          DBParameterGroupFamily: 'aurora-postgresql16',
          Description,
        }),
      );
      return [
        plain?.DBParameterGroupArn,
        graph?.DBParameterGroupArn,
        DBClusterParameterGroup?.DBClusterParameterGroupArn,
      ];
    },
  },
  neptuneSeed,
];

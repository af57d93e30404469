// Seeds of what keeps data: storage here, databases and analytics in the files beside.
import {
  BackupClient,
  CreateBackupPlanCommand,
  CreateBackupVaultCommand,
  CreateReportPlanCommand,
} from '@aws-sdk/client-backup';
import {
  CreateLocationS3Command,
  CreateLocationSmbCommand,
  CreateTaskCommand,
  DataSyncClient,
} from '@aws-sdk/client-datasync';
import {
  CreateAccessPointCommand as CreateEfsAccessPointCommand,
  CreateFileSystemCommand,
  CreateMountTargetCommand,
  EFSClient,
} from '@aws-sdk/client-efs';
import {
  CreateBackupCommand,
  CreateFileSystemCommand as CreateFsxFileSystemCommand,
  FSxClient,
} from '@aws-sdk/client-fsx';
import { CreateVaultCommand, GlacierClient } from '@aws-sdk/client-glacier';
import { CreateAccessPointCommand, PutStorageLensConfigurationCommand } from '@aws-sdk/client-s3-control';
import { CreateConnectorCommand, CreateServerCommand, TransferClient } from '@aws-sdk/client-transfer';
import { s3controlClient } from '../../../clients/aws/inventory/services/s3control.ts';
import { databaseSeeds } from './data-2.ts';
import { analyticsSeeds } from './data-3.ts';
import { defaultSubnets } from './default-subnets.ts';
import type { Seed } from './seed.ts';

const storageSeeds: readonly Seed[] = [
  {
    types: ['s3control.access-point', 's3control.storage-lens'],
    create: async ({ configuration, account }) => {
      const s3control = s3controlClient(configuration);
      const AccountId = account;
      const made = new CreateAccessPointCommand({ AccountId, Name: 'seeded', Bucket: 'seeded' });
      await s3control.send(made);
      const StorageLensConfiguration = { Id: 'lens', AccountLevel: { BucketLevel: {} }, IsEnabled: true };
      await s3control.send(
        new PutStorageLensConfigurationCommand({ AccountId, ConfigId: 'lens', StorageLensConfiguration }),
      );
      // moto tells an ARN of us-east-1, wherever it was asked.
      return [];
    },
  },
  {
    types: ['efs.file-system', 'efs.access-point', 'efs.mount-target'],
    create: async ({ configuration }) => {
      const efs = new EFSClient(configuration);
      const { FileSystemId, FileSystemArn } = await efs.send(new CreateFileSystemCommand({ CreationToken: 'seeded' }));
      const [SubnetId] = await defaultSubnets(configuration);
      await efs.send(new CreateMountTargetCommand({ FileSystemId, SubnetId }));
      const { AccessPointArn } = await efs.send(new CreateEfsAccessPointCommand({ FileSystemId }));
      return [FileSystemArn, AccessPointArn];
    },
  },
  {
    types: ['fsx.file-system', 'fsx.backup'],
    create: async ({ configuration }) => {
      const fsx = new FSxClient(configuration);
      const SubnetIds = await defaultSubnets(configuration);
      const made = await fsx.send(
        new CreateFsxFileSystemCommand({ FileSystemType: 'LUSTRE', StorageCapacity: 1200, SubnetIds }),
      );
      const { FileSystemId, ResourceARN } = made.FileSystem ?? {};
      const { Backup } = await fsx.send(new CreateBackupCommand({ FileSystemId }));
      return [ResourceARN, Backup?.ResourceARN];
    },
  },
  {
    types: ['backup.vault', 'backup.plan', 'backup.report-plan'],
    create: async ({ configuration }) => {
      const backup = new BackupClient(configuration);
      const { BackupVaultArn } = await backup.send(new CreateBackupVaultCommand({ BackupVaultName: 'seeded' }));
      const BackupPlan = {
        BackupPlanName: 'seeded',
        Rules: [{ RuleName: 'daily', TargetBackupVaultName: 'seeded' }],
      };
      const { BackupPlanArn } = await backup.send(new CreateBackupPlanCommand({ BackupPlan }));
      const { ReportPlanArn } = await backup.send(
        new CreateReportPlanCommand({
          ReportPlanName: 'seeded',
          ReportDeliveryChannel: { S3BucketName: 'seeded' },
          ReportSetting: { ReportTemplate: 'BACKUP_JOB_REPORT' },
        }),
      );
      return [BackupVaultArn, BackupPlanArn, ReportPlanArn];
    },
  },
  {
    types: ['glacier.vault'],
    create: async ({ configuration, region, account }) => {
      const made = new CreateVaultCommand({ accountId: '-', vaultName: 'seeded' });
      await new GlacierClient(configuration).send(made);
      return [`arn:aws:glacier:${region}:${account}:vaults/seeded`];
    },
  },
  {
    types: ['datasync.location-s3', 'datasync.location-smb', 'datasync.task'],
    create: async ({ configuration, account }) => {
      const datasync = new DataSyncClient(configuration);
      const { LocationArn: from } = await datasync.send(
        new CreateLocationS3Command({
          S3BucketArn: 'arn:aws:s3:::seeded',
          S3Config: { BucketAccessRoleArn: `arn:aws:iam::${account}:role/seeded` },
        }),
      );
      const { LocationArn: to } = await datasync.send(
        new CreateLocationSmbCommand({
          ServerHostname: 'seeded',
          Subdirectory: '/seeded',
          User: 'seeded',
          Password: 'seeded',
          AgentArns: [`arn:aws:datasync:eu-west-1:${account}:agent/agent-0b0addbeef44baca3`],
        }),
      );
      const { TaskArn } = await datasync.send(
        new CreateTaskCommand({ SourceLocationArn: from, DestinationLocationArn: to }),
      );
      return [from, to, TaskArn];
    },
  },
  {
    types: ['transfer.server', 'transfer.connector'],
    create: async ({ configuration, region, account }) => {
      const transfer = new TransferClient(configuration);
      const { ServerId } = await transfer.send(new CreateServerCommand({ IdentityProviderType: 'AWS_LAMBDA' }));
      const { ConnectorId } = await transfer.send(
        new CreateConnectorCommand({ Url: 'sftp://seeded', AccessRole: `arn:aws:iam::${account}:role/seeded` }),
      );
      const below = `arn:aws:transfer:${region}:${account}`;
      return [`${below}:server/${ServerId}`, `${below}:connector/${ConnectorId}`];
    },
  },
];

export const dataSeeds: readonly Seed[] = [...storageSeeds, ...databaseSeeds, ...analyticsSeeds];

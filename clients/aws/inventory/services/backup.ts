// AWS Backup: vaults with their recovery points, plans with their selections, frameworks and reports.
import {
  BackupClient,
  type BackupPlansListMember,
  type BackupVaultListMember,
  paginateListBackupPlans,
  paginateListBackupSelections,
  paginateListBackupVaults,
  paginateListFrameworks,
  paginateListLegalHolds,
  paginateListRecoveryPointsByBackupVault,
  paginateListReportPlans,
  paginateListRestoreTestingPlans,
} from '@aws-sdk/client-backup';
import { backup as catalogue } from '../../../../contract/catalogue/native/backup.ts';
import { defineService } from '../listing.ts';
import { nested } from '../nested-rows.ts';
import { paged, walkPages } from '../rows.ts';
import { split } from '../split-rows.ts';

const vaults = { paginate: paginateListBackupVaults, input: {} };
const plans = { paginate: paginateListBackupPlans, input: {} };

const selections = nested({
  type: 'backup.selection',
  parents: async function* parents(client: BackupClient, abortSignal) {
    for await (const page of walkPages(client, plans, abortSignal)) yield page.BackupPlansList;
  },
  children: async function* children(client, { BackupPlanId }: BackupPlansListMember, abortSignal) {
    const row = { paginate: paginateListBackupSelections, input: { BackupPlanId } };
    for await (const page of walkPages(client, row, abortSignal)) yield page.BackupSelectionsList;
  },
  gone: ['ResourceNotFoundException'],
});

/** What Backup has made of volumes, databases or tables are snapshots of their services, which list them. */
const isOwn = ({ RecoveryPointArn }: { RecoveryPointArn?: string | undefined }): boolean =>
  RecoveryPointArn?.split(':')[2] === 'backup';

const recoveryPoints = nested({
  type: 'backup.recovery-point',
  parents: async function* parents(client: BackupClient, abortSignal) {
    for await (const page of walkPages(client, vaults, abortSignal)) yield page.BackupVaultList;
  },
  children: async function* children(client, { BackupVaultName }: BackupVaultListMember, abortSignal) {
    const row = { paginate: paginateListRecoveryPointsByBackupVault, input: { BackupVaultName } };
    for await (const page of walkPages(client, row, abortSignal)) yield page.RecoveryPoints?.filter(isOwn);
  },
  gone: ['ResourceNotFoundException'],
});

export const backup = defineService(catalogue, configuration => new BackupClient(configuration), [
  split(
    ['backup.vault', 'backup.air-gapped-vault'],
    vaults,
    page => page.BackupVaultList,
    ({ VaultType }) => (VaultType === 'LOGICALLY_AIR_GAPPED_BACKUP_VAULT' ? 'backup.air-gapped-vault' : 'backup.vault'),
  ),
  paged('backup.plan', plans, page => page.BackupPlansList),
  selections,
  recoveryPoints,
  paged('backup.framework', { paginate: paginateListFrameworks, input: {} }, page => page.Frameworks),
  paged('backup.report-plan', { paginate: paginateListReportPlans, input: {} }, page => page.ReportPlans),
  paged('backup.legal-hold', { paginate: paginateListLegalHolds, input: {} }, page => page.LegalHolds),
  paged(
    'backup.restore-testing-plan',
    { paginate: paginateListRestoreTestingPlans, input: {} },
    page => page.RestoreTestingPlans,
  ),
]);

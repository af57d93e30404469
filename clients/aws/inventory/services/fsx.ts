// FSx: file systems, what lies in them, and backups, whole.
import {
  FSxClient,
  paginateDescribeBackups,
  paginateDescribeDataRepositoryAssociations,
  paginateDescribeFileCaches,
  paginateDescribeFileSystems,
  paginateDescribeSnapshots,
  paginateDescribeStorageVirtualMachines,
  paginateDescribeVolumes,
} from '@aws-sdk/client-fsx';
import { fsx as catalogue } from '../../../../contract/catalogue/native/fsx.ts';
import { defineService } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<FSxClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input }, items);

export const fsx = defineService(catalogue, configuration => new FSxClient(configuration), [
  row('fsx.file-system', paginateDescribeFileSystems, page => page.FileSystems),
  row('fsx.storage-virtual-machine', paginateDescribeStorageVirtualMachines, page => page.StorageVirtualMachines),
  row('fsx.volume', paginateDescribeVolumes, page => page.Volumes),
  row('fsx.backup', paginateDescribeBackups, page => page.Backups),
  row('fsx.snapshot', paginateDescribeSnapshots, page => page.Snapshots),
  row('fsx.file-cache', paginateDescribeFileCaches, page => page.FileCaches),
  row('fsx.data-repository-association', paginateDescribeDataRepositoryAssociations, page => page.Associations),
]);

// Storage Gateway: gateways, and the volumes, shares and tapes of all of them.
import {
  paginateListFileShares,
  paginateListFileSystemAssociations,
  paginateListGateways,
  paginateListTapePools,
  paginateListTapes,
  paginateListVolumes,
  StorageGatewayClient,
} from '@aws-sdk/client-storage-gateway';
import { storagegateway as catalogue } from '../../../../contract/catalogue/native/storagegateway.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const storagegateway = defineService(catalogue, configuration => new StorageGatewayClient(configuration), [
  paged('storagegateway.gateway', { paginate: paginateListGateways, input: {} }, page => page.Gateways),
  paged('storagegateway.volume', { paginate: paginateListVolumes, input: {} }, page => page.VolumeInfos),
  paged('storagegateway.file-share', { paginate: paginateListFileShares, input: {} }, page => page.FileShareInfoList),
  paged(
    'storagegateway.file-system-association',
    { paginate: paginateListFileSystemAssociations, input: {} },
    page => page.FileSystemAssociationSummaryList,
  ),
  paged('storagegateway.tape', { paginate: paginateListTapes, input: {} }, page => page.TapeInfos),
  paged('storagegateway.tape-pool', { paginate: paginateListTapePools, input: {} }, page => page.PoolInfos),
]);

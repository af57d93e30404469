// Resource Access Manager: what the account itself shares, and with which permissions of its own.
import { paginateGetResourceShares, paginateListPermissions, RAMClient } from '@aws-sdk/client-ram';
import { ram as catalogue } from '../../../../contract/catalogue/native/ram.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

const ownShares = { resourceOwner: 'SELF' as const };
/** AWS's own permissions, over a hundred, are the same everywhere and no account's resources. */
const ownPermissions = { permissionType: 'CUSTOMER_MANAGED' as const };

export const ram = defineService(catalogue, configuration => new RAMClient(configuration), [
  // A share that was deleted is shown for some hours more.
  paged('ram.resource-share', { paginate: paginateGetResourceShares, input: ownShares }, page =>
    page.resourceShares?.filter(({ status }) => status !== 'DELETED'),
  ),
  paged('ram.permission', { paginate: paginateListPermissions, input: ownPermissions }, page => page.permissions),
]);

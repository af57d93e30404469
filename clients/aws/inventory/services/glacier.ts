// S3 Glacier's own vaults; objects of that storage class are S3's.
import { GlacierClient, paginateListVaults } from '@aws-sdk/client-glacier';
import { glacier as catalogue } from '../../../../contract/catalogue/native/glacier.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Glacier's word for the account whose credentials sign. */
const accountId = '-';

export const glacier = defineService(catalogue, configuration => new GlacierClient(configuration), [
  paged('glacier.vault', { paginate: paginateListVaults, input: { accountId } }, page => page.VaultList),
]);

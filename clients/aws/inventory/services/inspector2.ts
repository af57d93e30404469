// Inspector: filters, and configurations of CIS scans.
import { Inspector2Client, paginateListCisScanConfigurations, paginateListFilters } from '@aws-sdk/client-inspector2';
import { inspector2 as catalogue } from '../../../../contract/catalogue/native/inspector2.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const inspector2 = defineService(catalogue, configuration => new Inspector2Client(configuration), [
  paged('inspector2.filter', { paginate: paginateListFilters, input: {}, pageSize: 100 }, page => page.filters),
  paged(
    'inspector2.cis-scan-configuration',
    { paginate: paginateListCisScanConfigurations, input: {}, pageSize: 100 },
    page => page.scanConfigurations,
  ),
]);

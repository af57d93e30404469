// Systems Manager: parameters without their values, and what an account has made of its own.
import {
  paginateDescribeMaintenanceWindows,
  paginateDescribeParameters,
  paginateDescribePatchBaselines,
  paginateListAssociations,
  paginateListDocuments,
  paginateListResourceDataSync,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { ssm as catalogue } from '../../../../contract/catalogue/native/ssm.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

// AWS's own documents and baselines, hundreds of them, are the same everywhere and no account's resources.
const ownDocuments = { Filters: [{ Key: 'Owner', Values: ['Self'] }] };
const ownBaselines = { Filters: [{ Key: 'OWNER', Values: ['Self'] }] };

export const ssm = defineService(catalogue, configuration => new SSMClient(configuration), [
  paged('ssm.parameter', { paginate: paginateDescribeParameters, input: {}, pageSize: 50 }, page =>
    // A name may begin with a slash, of which ARNs have one only.
    page.Parameters?.map(parameter => ({ ...parameter, ParameterPath: parameter.Name?.replace(/^\//, '') })),
  ),
  paged(
    'ssm.document',
    { paginate: paginateListDocuments, input: ownDocuments, pageSize: 50 },
    page => page.DocumentIdentifiers,
  ),
  paged(
    'ssm.maintenance-window',
    { paginate: paginateDescribeMaintenanceWindows, input: {}, pageSize: 100 },
    page => page.WindowIdentities,
  ),
  paged(
    'ssm.patch-baseline',
    { paginate: paginateDescribePatchBaselines, input: ownBaselines, pageSize: 100 },
    page => page.BaselineIdentities,
  ),
  paged('ssm.association', { paginate: paginateListAssociations, input: {}, pageSize: 50 }, page => page.Associations),
  paged(
    'ssm.resource-data-sync',
    { paginate: paginateListResourceDataSync, input: {}, pageSize: 50 },
    page => page.ResourceDataSyncItems,
  ),
]);

// Lake Formation: the places that were registered with it.
import { LakeFormationClient, paginateListResources } from '@aws-sdk/client-lakeformation';
import { lakeformation as catalogue } from '../../../../contract/catalogue/native/lakeformation.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const lakeformation = defineService(catalogue, configuration => new LakeFormationClient(configuration), [
  paged('lakeformation.resource', { paginate: paginateListResources, input: {} }, page => page.ResourceInfoList),
]);

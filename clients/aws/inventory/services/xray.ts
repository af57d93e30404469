// X-Ray: groups and sampling rules, the default ones of each region too.
import { paginateGetGroups, paginateGetSamplingRules, XRayClient } from '@aws-sdk/client-xray';
import { xray as catalogue } from '../../../../contract/catalogue/native/xray.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const xray = defineService(catalogue, configuration => new XRayClient(configuration), [
  paged('xray.group', { paginate: paginateGetGroups, input: {} }, page => page.Groups),
  paged('xray.sampling-rule', { paginate: paginateGetSamplingRules, input: {} }, page =>
    page.SamplingRuleRecords?.map(({ SamplingRule, CreatedAt, ModifiedAt }) => ({
      ...SamplingRule,
      CreatedAt,
      ModifiedAt,
    })),
  ),
]);

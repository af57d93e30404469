// CodePipeline: pipelines, webhooks, and the account's own types of actions.
import {
  CodePipelineClient,
  type ListActionTypesCommandInput,
  paginateListActionTypes,
  paginateListPipelines,
  paginateListWebhooks,
} from '@aws-sdk/client-codepipeline';
import { codepipeline as catalogue } from '../../../../contract/catalogue/native/codepipeline.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Without an owner AWS's own are listed as well. */
const own = { actionOwnerFilter: 'Custom' } satisfies ListActionTypesCommandInput;

export const codepipeline = defineService(catalogue, configuration => new CodePipelineClient(configuration), [
  paged(
    'codepipeline.pipeline',
    { paginate: paginateListPipelines, input: {}, pageSize: 1000 },
    page => page.pipelines,
  ),
  paged('codepipeline.webhook', { paginate: paginateListWebhooks, input: {}, pageSize: 100 }, page => page.webhooks),
  paged('codepipeline.custom-action-type', { paginate: paginateListActionTypes, input: own }, page =>
    page.actionTypes?.map(({ id, ...type }) => ({ ...id, ...type })),
  ),
]);

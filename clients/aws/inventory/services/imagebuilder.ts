// EC2 Image Builder: pipelines, what they build from, and the images that they built.
import {
  ImagebuilderClient,
  paginateListComponents,
  paginateListContainerRecipes,
  paginateListDistributionConfigurations,
  paginateListImagePipelines,
  paginateListImageRecipes,
  paginateListImages,
  paginateListInfrastructureConfigurations,
  paginateListLifecyclePolicies,
  paginateListWorkflows,
} from '@aws-sdk/client-imagebuilder';
import { imagebuilder as catalogue } from '../../../../contract/catalogue/native/imagebuilder.ts';
import { defineService } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

/** Otherwise what AWS and others share is listed too. */
const own = { owner: 'Self' as const };

const pageSize = 100;

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<ImagebuilderClient, Input, Page>,
  items: (page: Page) => Items,
) => paged(type, { paginate, input: {} as Input, pageSize }, items);

export const imagebuilder = defineService(catalogue, configuration => new ImagebuilderClient(configuration), [
  row('imagebuilder.image-pipeline', paginateListImagePipelines, page => page.imagePipelineList),
  paged(
    'imagebuilder.image-recipe',
    { paginate: paginateListImageRecipes, input: own, pageSize },
    page => page.imageRecipeSummaryList,
  ),
  paged(
    'imagebuilder.container-recipe',
    { paginate: paginateListContainerRecipes, input: own, pageSize },
    page => page.containerRecipeSummaryList,
  ),
  paged(
    'imagebuilder.component',
    { paginate: paginateListComponents, input: own, pageSize },
    page => page.componentVersionList,
  ),
  row(
    'imagebuilder.infrastructure-configuration',
    paginateListInfrastructureConfigurations,
    page => page.infrastructureConfigurationSummaryList,
  ),
  row(
    'imagebuilder.distribution-configuration',
    paginateListDistributionConfigurations,
    page => page.distributionConfigurationSummaryList,
  ),
  row('imagebuilder.lifecycle-policy', paginateListLifecyclePolicies, page => page.lifecyclePolicySummaryList),
  paged(
    'imagebuilder.workflow',
    { paginate: paginateListWorkflows, input: own, pageSize },
    page => page.workflowVersionList,
  ),
  paged('imagebuilder.image', { paginate: paginateListImages, input: own, pageSize }, page => page.imageVersionList),
]);

// ECR: repositories, and which registries it mirrors.
import { ECRClient, paginateDescribePullThroughCacheRules, paginateDescribeRepositories } from '@aws-sdk/client-ecr';
import { ecr as catalogue } from '../../../../contract/catalogue/native/ecr.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const ecr = defineService(catalogue, configuration => new ECRClient(configuration), [
  paged(
    'ecr.repository',
    { paginate: paginateDescribeRepositories, input: {}, pageSize: 200 },
    page => page.repositories,
  ),
  paged(
    'ecr.pull-through-cache-rule',
    { paginate: paginateDescribePullThroughCacheRules, input: {}, pageSize: 200 },
    page => page.pullThroughCacheRules,
  ),
]);

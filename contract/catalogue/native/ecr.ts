// ECR: its types, as data.
import { nativeService } from '../native-service.ts';

export const ecr = nativeService({
  key: 'ecr',
  reconName: 'ECR',
  namespaces: ['ECR'],
  scope: 'regional',
  types: [
    {
      key: 'ecr.repository',
      reconType: 'repository',
      cloudFormationType: 'AWS::ECR::Repository',
      identifier: '{path}',
      arn: 'arn:{partition}:ecr:{region}:{account}:repository/{repository_name}',
      actions: ['ecr:DescribeRepositories'],
    },
    // AWS gives these rules no ARN: this form is our own.
    {
      key: 'ecr.pull-through-cache-rule',
      reconType: 'pull_through_cache_rule',
      cloudFormationType: 'AWS::ECR::PullThroughCacheRule',
      identifier: '{path}',
      arn: 'arn:{partition}:ecr:{region}:{account}:pull-through-cache-rule/{ecr_repository_prefix}',
      actions: ['ecr:DescribePullThroughCacheRules'],
    },
  ],
});

// Service Catalog: its types, as data.
import { nativeService } from '../native-service.ts';

export const servicecatalog = nativeService({
  key: 'servicecatalog',
  reconName: 'ServiceCatalog',
  namespaces: ['ServiceCatalog'],
  scope: 'regional',
  types: [
    {
      key: 'servicecatalog.portfolio',
      reconType: 'portfolio',
      cloudFormationType: 'AWS::ServiceCatalog::Portfolio',
      identifier: '{name}',
      arn: 'arn:{partition}:catalog:{region}:{account}:portfolio/{id}',
      arnService: 'catalog',
      actions: ['servicecatalog:ListPortfolios'],
    },
    {
      key: 'servicecatalog.product',
      reconType: 'product',
      cloudFormationType: 'AWS::ServiceCatalog::CloudFormationProduct',
      identifier: '{name}',
      arn: 'arn:{partition}:catalog:{region}:{account}:product/{product_id}',
      arnService: 'catalog',
      actions: ['servicecatalog:SearchProductsAsAdmin'],
    },
    {
      key: 'servicecatalog.provisioned-product',
      reconType: 'provisioned_product',
      cloudFormationType: 'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
      identifier: '{name}',
      arn: 'arn:{partition}:servicecatalog:{region}:{account}:stack/{name}/{id}',
      actions: ['servicecatalog:SearchProvisionedProducts'],
    },
  ],
});

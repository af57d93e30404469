// Service Catalog: portfolios and products of the account, and what its people have launched.
import {
  paginateListPortfolios,
  paginateSearchProductsAsAdmin,
  paginateSearchProvisionedProducts,
  ServiceCatalogClient,
} from '@aws-sdk/client-service-catalog';
import { servicecatalog as catalogue } from '../../../../contract/catalogue/native/servicecatalog.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

/** Otherwise products of portfolios that another account shares are among them. */
const ownProducts = { ProductSource: 'ACCOUNT' as const };
/** Otherwise only what these credentials have launched themselves. */
const wholeAccount = { AccessLevelFilter: { Key: 'Account' as const, Value: 'self' } };

export const servicecatalog = defineService(catalogue, configuration => new ServiceCatalogClient(configuration), [
  paged(
    'servicecatalog.portfolio',
    { paginate: paginateListPortfolios, input: {}, pageSize: 20 },
    page => page.PortfolioDetails,
  ),
  paged('servicecatalog.product', { paginate: paginateSearchProductsAsAdmin, input: ownProducts, pageSize: 20 }, page =>
    page.ProductViewDetails?.map(({ ProductViewSummary, ...detail }) => ({ ...ProductViewSummary, ...detail })),
  ),
  paged(
    'servicecatalog.provisioned-product',
    { paginate: paginateSearchProvisionedProducts, input: wholeAccount, pageSize: 100 },
    page => page.ProvisionedProducts,
  ),
]);

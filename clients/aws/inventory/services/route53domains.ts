// Route 53 Domains: registered domains, without the persons behind them.
import { paginateListDomains, Route53DomainsClient } from '@aws-sdk/client-route-53-domains';
import { route53domains as catalogue } from '../../../../contract/catalogue/native/route53domains.ts';
import { defineService } from '../listing.ts';
import { paged } from '../rows.ts';

export const route53domains = defineService(catalogue, configuration => new Route53DomainsClient(configuration), [
  // It gives twenty at a time unless asked for more.
  paged('route53domains.domain', { paginate: paginateListDomains, input: {}, pageSize: 100 }, page => page.Domains),
]);

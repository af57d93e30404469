// Cloud Map: namespaces, whose three kinds one call shows, and services.
import {
  type NamespaceSummary,
  paginateListNamespaces,
  paginateListServices,
  ServiceDiscoveryClient,
} from '@aws-sdk/client-servicediscovery';
import { servicediscovery as catalogue } from '../../../../contract/catalogue/native/servicediscovery.ts';
import { defineService, type Listing } from '../listing.ts';
import { asItems, paged, walkPages } from '../rows.ts';

const kinds = [
  ['HTTP', 'servicediscovery.http-namespace'],
  ['DNS_PRIVATE', 'servicediscovery.private-dns-namespace'],
  ['DNS_PUBLIC', 'servicediscovery.public-dns-namespace'],
] as const;

const row = { paginate: paginateListNamespaces, input: {}, pageSize: 100 };

const ofKind = (kind: string, found: readonly NamespaceSummary[] = []) =>
  asItems(found.filter(({ Type }) => Type === kind));

const namespaces: Listing<ServiceDiscoveryClient, (typeof kinds)[number][1]> = {
  types: kinds.map(([, type]) => type),
  pages: async function* pages(client, { abortSignal }) {
    for await (const { Namespaces } of walkPages(client, row, abortSignal)) {
      for (const [kind, type] of kinds) yield { type, items: ofKind(kind, Namespaces) };
    }
  },
};

export const servicediscovery = defineService(catalogue, configuration => new ServiceDiscoveryClient(configuration), [
  namespaces,
  paged(
    'servicediscovery.service',
    { paginate: paginateListServices, input: {}, pageSize: 100 },
    page => page.Services,
  ),
]);

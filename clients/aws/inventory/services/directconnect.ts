// Direct Connect: connections, their bundles, and virtual interfaces, whose three kinds one call shows.
import {
  DescribeConnectionsCommand,
  DescribeLagsCommand,
  DescribeVirtualInterfacesCommand,
  DirectConnectClient,
  type VirtualInterface,
} from '@aws-sdk/client-direct-connect';
import { directconnect as catalogue } from '../../../../contract/catalogue/native/directconnect.ts';
import { defineService, type Listing } from '../listing.ts';
import { asked, askPages, type CallOptions } from '../page-walks.ts';
import { asItems } from '../rows.ts';
import { without } from '../withhold.ts';

type Client = DirectConnectClient;

const next = (page: { readonly nextToken?: string | undefined }) => page.nextToken;

const interfaceRow = {
  ask: (client: Client, nextToken: string | undefined, options: CallOptions) =>
    client.send(new DescribeVirtualInterfacesCommand({ nextToken }), options),
  next,
};

const kinds = ['private', 'public', 'transit'] as const;
type Kind = (typeof kinds)[number];

/** The key of BGP, which the configuration for the customer's router holds once more. */
const withoutKeys = without('authKey', 'customerRouterConfig');

const ofKind = (kind: Kind, found: readonly VirtualInterface[] = []) =>
  asItems(withoutKeys(found.filter(({ virtualInterfaceType }) => virtualInterfaceType === kind)));

const interfaces: Listing<Client, `directconnect.${Kind}-virtual-interface`> = {
  types: kinds.map(kind => `directconnect.${kind}-virtual-interface` as const),
  pages: async function* pages(client, { abortSignal }) {
    for await (const { virtualInterfaces } of askPages(client, interfaceRow, abortSignal)) {
      for (const kind of kinds) {
        yield { type: `directconnect.${kind}-virtual-interface`, items: ofKind(kind, virtualInterfaces) };
      }
    }
  },
};

export const directconnect = defineService(catalogue, configuration => new DirectConnectClient(configuration), [
  asked(
    'directconnect.connection',
    {
      ask: (client: Client, nextToken: string | undefined, options) =>
        client.send(new DescribeConnectionsCommand({ nextToken }), options),
      next,
    },
    page => page.connections,
  ),
  asked(
    'directconnect.lag',
    {
      ask: (client: Client, nextToken: string | undefined, options) =>
        client.send(new DescribeLagsCommand({ nextToken }), options),
      next,
    },
    page => page.lags,
  ),
  interfaces,
]);

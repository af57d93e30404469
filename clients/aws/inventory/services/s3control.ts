// S3's control plane: access points of buckets, and what Storage Lens watches.
import { isIP } from 'node:net';
import {
  paginateListAccessPoints,
  paginateListStorageLensConfigurations,
  paginateListStorageLensGroups,
  S3ControlClient,
} from '@aws-sdk/client-s3-control';
import { s3control as catalogue } from '../../../../contract/catalogue/native/s3control.ts';
import { accountPages } from '../account-pages.ts';
import { type ClientConfiguration, defineService, type Listing } from '../listing.ts';
import { type Items, type Paginate, paged } from '../rows.ts';

const row = <const Key extends string, Input extends object, Page>(
  type: Key,
  paginate: Paginate<S3ControlClient, Input, Page>,
  items: (page: Page) => Items,
) => {
  const input = {} as Omit<Input, 'AccountId'>;
  return paged(type, { paginate: accountPages('AccountId', paginate), input }, items);
};

/** The account stands before the endpoint's name, which an address, such as a simulator's, does not have. */
export const s3controlClient = (configuration: ClientConfiguration): S3ControlClient => {
  const client = new S3ControlClient(configuration);
  const { endpointProvider } = client.config;
  client.config.endpointProvider = (parameters, context) => {
    const { Endpoint } = parameters;
    const isAddress = Endpoint !== undefined && isIP(new URL(Endpoint).hostname) !== 0;
    return endpointProvider(isAddress ? { ...parameters, RequiresAccountId: false } : parameters, context);
  };
  return client;
};

/** A configuration belongs to its home region, whichever region shows it. */
const atHome = <const Key extends string>(listing: Listing<S3ControlClient, Key>): Listing<S3ControlClient, Key> => ({
  ...listing,
  pages: async function* pages(client, options) {
    const region = await client.config.region();
    for await (const page of listing.pages(client, options)) {
      const isHere = ({ HomeRegion = region }: { HomeRegion?: string }) => HomeRegion === region;
      yield { ...page, items: page.items.filter(({ fields }) => isHere(fields)) };
    }
  },
});

export const s3control = defineService(catalogue, s3controlClient, [
  row('s3control.access-point', paginateListAccessPoints, page => page.AccessPointList),
  atHome(
    row('s3control.storage-lens', paginateListStorageLensConfigurations, page => page.StorageLensConfigurationList),
  ),
  atHome(row('s3control.storage-lens-group', paginateListStorageLensGroups, page => page.StorageLensGroupList)),
]);

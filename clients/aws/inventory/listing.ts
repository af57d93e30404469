// How a service is listed, as rows: which call, where its items are, and what has to be asked about each of them.
import type { NativeService, TypeKeyOf } from '../../../contract/catalogue/native-service.ts';
import type { clientConfiguration } from '../connection.ts';
import type { ObservedClient } from '../request-rates.ts';

/** One resource, as the SDK returned it. */
export interface ListedItem {
  /** Members of the API's structures; aws-recon writes their names in snake_case. */
  readonly fields: object;
  /** Members of a map, whose names are values of the account and stay as they are. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface ListedPage<Key extends string = string> {
  /** Key of a type of the catalogue. */
  readonly type: Key;
  readonly items: readonly ListedItem[];
  /** What the API threw when it was asked about an item that it had listed; the item is there with its name alone. */
  readonly undescribed?: unknown;
}

export interface ListingOptions {
  readonly abortSignal: AbortSignal;
  /** Items of a type beyond which nothing more is asked about an item than its name. */
  readonly limit: number;
}

/** One row, or a call that shows several types at once. */
export interface Listing<Client, Key extends string = string> {
  readonly types: readonly Key[];
  readonly pages: (client: Client, options: ListingOptions) => AsyncIterable<ListedPage<Key>>;
}

export type ClientConfiguration = ReturnType<typeof clientConfiguration>;

interface OpenClient extends ObservedClient {
  readonly destroy: () => void;
}

/** A service with its rows, its client's type closed over. */
export interface ServiceListing {
  readonly service: NativeService;
  readonly open: (configuration: ClientConfiguration) => OpenService;
}

export interface OpenService {
  readonly client: ObservedClient;
  readonly listings: readonly Pick<Listing<never>, 'types'>[];
  readonly pages: (index: number, options: ListingOptions) => AsyncIterable<ListedPage>;
  readonly close: () => void;
}

/** The calls that list the types of one service of the catalogue: every type of it once, which a test compares. */
export const defineService = <Service extends NativeService, Client extends OpenClient>(
  service: Service,
  create: (configuration: ClientConfiguration) => Client,
  listings: readonly Listing<Client, TypeKeyOf<Service>>[],
): ServiceListing => ({
  service,
  open: configuration => {
    const client = create(configuration);
    return {
      client,
      listings,
      pages: (index, options) => {
        const listing = listings[index];
        if (listing === undefined) throw new RangeError(`${service.key} has no listing ${index}`);
        return listing.pages(client, options);
      },
      close: () => client.destroy(),
    };
  },
});

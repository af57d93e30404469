// How a service is listed, as rows: which call, where its items are, and what has to be asked about each of them.
import pLimit from 'p-limit';
import type { ResourceTypeKey, ServiceKey } from '../../../contract/catalogue/services.ts';
import type { clientConfiguration } from '../connection.ts';
import { describeAwsError } from '../errors.ts';

/** One resource, as the SDK returned it. */
export interface ListedItem {
  /** Members of the API's structures; aws-recon writes their names in snake_case. */
  readonly fields: object;
  /** Members of a map, whose names are values of the account and stay as they are. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface ListedPage {
  readonly type: ResourceTypeKey;
  readonly items: readonly ListedItem[];
  /** What the API threw when it was asked about an item that it had listed; the item is there with its name alone. */
  readonly undescribed?: unknown;
}

export interface ListingOptions {
  readonly abortSignal: AbortSignal;
  /** Items of a type beyond which nothing more is asked about an item than its name. */
  readonly limit: number;
}

export interface Listing<Client> {
  readonly types: readonly ResourceTypeKey[];
  readonly pages: (client: Client, options: ListingOptions) => AsyncIterable<ListedPage>;
}

export type ClientConfiguration = ReturnType<typeof clientConfiguration>;

interface OpenClient {
  readonly destroy: () => void;
}

/** A service with its rows, its client's type closed over. */
export interface ServiceListing {
  readonly service: ServiceKey;
  readonly open: (configuration: ClientConfiguration) => OpenService;
}

export interface OpenService {
  readonly listings: readonly Pick<Listing<never>, 'types'>[];
  readonly pages: (index: number, options: ListingOptions) => AsyncIterable<ListedPage>;
  readonly close: () => void;
}

export const defineService = <Client extends OpenClient>(
  service: ServiceKey,
  create: (configuration: ClientConfiguration) => Client,
  listings: readonly Listing<Client>[],
): ServiceListing => ({
  service,
  open: configuration => {
    const client = create(configuration);
    return {
      listings,
      pages: (index, options) => {
        const listing = listings[index];
        if (listing === undefined) throw new RangeError(`${service} has no listing ${index}`);
        return listing.pages(client, options);
      },
      close: () => client.destroy(),
    };
  },
});

export type Items = readonly object[] | undefined;

const asItems = (items: Items): ListedItem[] => (items ?? []).map(fields => ({ fields }));

/** What one of the SDK's paginators is, as far as a row needs it. */
export type Paginate<Client, Input, Page> = (
  configuration: { client: Client; pageSize?: number },
  input: Input,
  options: { abortSignal: AbortSignal },
) => AsyncIterable<Page>;

export interface PagedRow<Client, Input, Page> {
  readonly paginate: Paginate<Client, Input, Page>;
  readonly input: Input;
  /** Items per page; absent where the call knows no such parameter, or its own default is its largest. */
  readonly pageSize?: number;
}

/** The SDK's pages. They write their token into the input, so that each walk needs one of its own. */
export const walkPages = <Client, Input extends object, Page>(
  client: Client,
  row: PagedRow<Client, Input, Page>,
  abortSignal: AbortSignal,
): AsyncIterable<Page> =>
  row.paginate(
    { client, ...(row.pageSize === undefined ? {} : { pageSize: row.pageSize }) },
    { ...row.input },
    { abortSignal },
  );

/** A type whose pages hold everything that is to be known of an item. */
export const paged = <Client, Input extends object, Page>(
  type: ResourceTypeKey,
  row: PagedRow<Client, Input, Page>,
  items: (page: Page) => Items,
): Listing<Client> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, row, abortSignal)) yield { type, items: asItems(items(page)) };
  },
});

/** A type that one call lists whole. */
export const single = <Client>(
  type: ResourceTypeKey,
  call: (client: Client, options: { abortSignal: AbortSignal }) => Promise<Items>,
): Listing<Client> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    yield { type, items: asItems(await call(client, { abortSignal })) };
  },
});

export interface Describe<Client> {
  readonly client: Client;
  readonly items: readonly ListedItem[];
  readonly abortSignal: AbortSignal;
}

/** What asking about items gave: whatever was listed and not seen to be gone is there, with its name at least. */
export interface Description {
  readonly items: readonly ListedItem[];
  /** Why some of them have their name alone. */
  readonly undescribed?: unknown;
}

export interface DescribedRow<Client> {
  readonly type: ResourceTypeKey;
  /** Items with what the list call gives: at least their name, in the shape that the description has too. */
  readonly names: (client: Client, abortSignal: AbortSignal) => AsyncIterable<readonly ListedItem[]>;
  /** Items per call of the description. */
  readonly batch: number;
  readonly describe: (request: Describe<Client>) => Promise<Description>;
  /** The service's own codes for an item that was deleted since it was listed; a bare 404 may be any proxy's. */
  readonly gone: readonly string[];
}

/** Of a service that describes one item per call. */
export const describeOne =
  <Client>(
    describe: (client: Client, item: ListedItem, abortSignal: AbortSignal) => Promise<ListedItem>,
  ): DescribedRow<Client>['describe'] =>
  async ({ client, items, abortSignal }) => ({
    items: await Promise.all(items.map(item => describe(client, item, abortSignal))),
  });

/** Calls in flight within one cell: many accounts are scanned at once, each with its cells. */
const describedAtOnce = 4;

/** An item may have a policy of its own that refuses; so many in a row say that all of them do. */
const refusalsInRow = 10;

const cut = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_none, index) =>
    items.slice(index * size, (index + 1) * size),
  );

/** Refusals since the last answer, over all pages of a type. */
interface Refusals {
  inRow: number;
}

const describePage = async <Client>(
  row: DescribedRow<Client>,
  { client, items, abortSignal }: Describe<Client>,
  refusals: Refusals,
): Promise<ListedPage> => {
  let undescribed: unknown;
  let stopped = false;
  const described = await pLimit(describedAtOnce).map(cut(items, row.batch), async batch => {
    if (stopped) return batch;
    try {
      const description = await row.describe({ client, items: batch, abortSignal });
      undescribed ??= description.undescribed;
      refusals.inRow = 0;
      return description.items;
    } catch (thrown) {
      if (abortSignal.aborted) throw thrown;
      const { kind, code } = describeAwsError(thrown);
      // Deleted between the list and the description: then it does not belong into the report.
      if (row.gone.includes(code)) return [];
      if (kind === 'credentials-expired') throw thrown;
      undescribed ??= thrown;
      refusals.inRow += 1;
      // Who was throttled once will be for every further item too.
      stopped ||= kind === 'throttled' || refusals.inRow >= refusalsInRow;
      return batch;
    }
  });
  return { type: row.type, items: described.flat(), ...(undescribed === undefined ? {} : { undescribed }) };
};

/** A type whose list call gives names only, so that every item is asked about. */
export const described = <Client>(row: DescribedRow<Client>): Listing<Client> => ({
  types: [row.type],
  pages: async function* pages(client, { abortSignal, limit }) {
    const refusals: Refusals = { inRow: 0 };
    let seen = 0;
    for await (const items of row.names(client, abortSignal)) {
      const room = Math.max(0, limit - seen);
      seen += items.length;
      yield await describePage(row, { client, items: items.slice(0, room), abortSignal }, refusals);
      if (items.length > room) yield { type: row.type, items: items.slice(room) };
    }
  },
});

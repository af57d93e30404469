// Rows whose list call says everything that is to be known of an item.
import type { ListedItem, Listing } from './listing.ts';

export type Items = readonly object[] | undefined;

export const asItems = (items: Items): ListedItem[] => (items ?? []).map(fields => ({ fields }));

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
export const paged = <const Key extends string, Client, Input extends object, Page>(
  type: Key,
  row: PagedRow<Client, Input, Page>,
  items: (page: Page) => Items,
): Listing<Client, Key> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, row, abortSignal)) yield { type, items: asItems(items(page)) };
  },
});

/** A type that one call lists whole. */
export const single = <const Key extends string, Client>(
  type: Key,
  call: (client: Client, options: { abortSignal: AbortSignal }) => Promise<Items>,
): Listing<Client, Key> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    yield { type, items: asItems(await call(client, { abortSignal })) };
  },
});

// Rows whose call shows several types at once, of which each item says its own.
import type { Listing } from './listing.ts';
import { asItems, type PagedRow, walkPages } from './rows.ts';

/** Types that one call lists; every page counts as an answer for each of them. */
export const split = <const Key extends string, Client, Input extends object, Page, Item extends object>(
  types: readonly Key[],
  row: PagedRow<Client, Input, Page>,
  items: (page: Page) => readonly Item[] | undefined,
  typeOf: (item: Item) => Key,
): Listing<Client, Key> => ({
  types,
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of walkPages(client, row, abortSignal)) {
      const byType = Map.groupBy(items(page) ?? [], typeOf);
      for (const type of types) yield { type, items: asItems(byType.get(type)) };
    }
  },
});

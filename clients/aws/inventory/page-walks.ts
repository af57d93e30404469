// Rows of calls for which the SDK has no paginator, and the pages of parents for rows that lie below them.
import type { Listing } from './listing.ts';
import { asItems, type Items } from './rows.ts';

export interface CallOptions {
  readonly abortSignal: AbortSignal;
}

/** One page; the token is undefined for the first. */
export type Ask<Client, Token, Page> = (
  client: Client,
  token: Token | undefined,
  options: CallOptions,
) => Promise<Page>;

export interface AskedRow<Client, Token, Page> {
  readonly ask: Ask<Client, Token, Page>;
  /** Where the next page begins. APIs that say an empty text there mean that there is none. */
  readonly next: (page: Page) => Token | undefined;
}

/** Every page of a call. */
export const askPages = async function* <Client, Token, Page>(
  client: Client,
  { ask, next }: AskedRow<Client, Token, Page>,
  abortSignal: AbortSignal,
): AsyncGenerator<Page> {
  let token: Token | undefined;
  do {
    const page = await ask(client, token, { abortSignal });
    yield page;
    token = next(page) || undefined;
  } while (token !== undefined);
};

/** A type whose call the SDK does not page. */
export const asked = <const Key extends string, Client, Token, Page>(
  type: Key,
  row: AskedRow<Client, Token, Page>,
  items: (page: Page) => Items,
): Listing<Client, Key> => ({
  types: [type],
  pages: async function* pages(client, { abortSignal }) {
    for await (const page of askPages(client, row, abortSignal)) yield { type, items: asItems(items(page)) };
  },
});

/** What each page holds. */
export const pick = async function* <Page, Held>(pages: AsyncIterable<Page>, read: (page: Page) => Held) {
  for await (const page of pages) yield read(page);
};

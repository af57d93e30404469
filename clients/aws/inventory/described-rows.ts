// Rows whose list call gives names only, so that every item is asked about.
import pLimit from 'p-limit';
import { describeAwsError } from '../errors.ts';
import type { ListedItem, ListedPage, Listing } from './listing.ts';

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

export interface DescribedRow<Client, Key extends string = string> {
  readonly type: Key;
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

const describePage = async <Client, Key extends string>(
  row: DescribedRow<Client, Key>,
  { client, items, abortSignal }: Describe<Client>,
  refusals: Refusals,
): Promise<ListedPage<Key>> => {
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
export const described = <const Key extends string, Client>(row: DescribedRow<Client, Key>): Listing<Client, Key> => ({
  types: [row.type],
  pages: async function* pages(client, { abortSignal, limit }) {
    const refusals: Refusals = { inRow: 0 };
    let seen = 0;
    let pages = 0;
    for await (const items of row.names(client, abortSignal)) {
      pages += 1;
      const room = Math.max(0, limit - seen);
      seen += items.length;
      yield await describePage(row, { client, items: items.slice(0, room), abortSignal }, refusals);
      if (items.length > room) yield { type: row.type, items: items.slice(room) };
    }
    // So that names below no single parent count as answered.
    if (pages === 0) yield { type: row.type, items: [] };
  },
});

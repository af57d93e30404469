// Rows that are listed below each item of another list: the records of a zone, the tables of a database.
import { describeAwsError } from '../errors.ts';
import type { ListedPage, Listing } from './listing.ts';
import { mergeIterables } from './merge-iterables.ts';
import { asItems, type Items } from './rows.ts';

export interface NestedRow<Client, Parent, Key extends string = string> {
  readonly type: Key;
  /** Pages of what the items lie below. */
  readonly parents: (client: Client, abortSignal: AbortSignal) => AsyncIterable<readonly Parent[] | undefined>;
  /** Pages of one parent's items; each item has to name its parent, as far as its ARN needs it. */
  readonly children: (client: Client, parent: Parent, abortSignal: AbortSignal) => AsyncIterable<Items>;
  /** The service's own codes for a parent that was deleted since it was listed. */
  readonly gone: readonly string[];
}

/** Parents that are asked about at once. */
const parentsAtOnce = 4;

/** What every further parent would be answered too. */
const endsRow = ['credentials-expired', 'no-credentials', 'throttled'];
/** So many refusals in a row say that all parents refuse; one alone may have a policy of its own. */
const refusalsInRow = 10;

interface Refusals {
  inRow: number;
}

const childPages = async function* <Client, Parent, Key extends string>(
  row: NestedRow<Client, Parent, Key>,
  { client, parent, abortSignal }: { client: Client; parent: Parent; abortSignal: AbortSignal },
  refusals: Refusals,
): AsyncGenerator<ListedPage<Key>> {
  try {
    for await (const items of row.children(client, parent, abortSignal)) {
      refusals.inRow = 0;
      yield { type: row.type, items: asItems(items) };
    }
  } catch (thrown) {
    if (abortSignal.aborted) throw thrown;
    const { kind, code } = describeAwsError(thrown);
    if (row.gone.includes(code)) return;
    refusals.inRow += 1;
    if (endsRow.includes(kind) || refusals.inRow >= refusalsInRow) throw thrown;
    // The other parents are worth their try.
    yield { type: row.type, items: [], undescribed: thrown };
  }
};

/** A type that has to be asked for below each of its parents, some of them at a time. */
export const nested = <const Key extends string, Client, Parent>(
  row: NestedRow<Client, Parent, Key>,
): Listing<Client, Key> => ({
  types: [row.type],
  pages: async function* pages(client, { abortSignal }) {
    const refusals: Refusals = { inRow: 0 };
    let pages = 0;
    for await (const parents of row.parents(client, abortSignal)) {
      const walks = (parents ?? []).map(parent => () => childPages(row, { client, parent, abortSignal }, refusals));
      for await (const page of mergeIterables(walks, parentsAtOnce)) {
        pages += 1;
        yield page;
      }
    }
    // So that a list without a single parent, or child, counts as answered.
    if (pages === 0) yield { type: row.type, items: [] };
  },
});

// Several walks as one stream: in the order in which items come, some at a time, ended together.
import { describe, expect, it } from 'vitest';
import { mergeIterables } from '../../../../clients/aws/inventory/merge-iterables.ts';

interface Feed<Item> {
  readonly start: () => AsyncIterable<Item>;
  readonly give: (item: Item) => void;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
  readonly state: { started: boolean; returned: boolean; pulled: number };
}

/** An iterable that gives what it is told, when it is told. */
const openFeed = <Item>(): Feed<Item> => {
  const state = { started: false, returned: false, pulled: 0 };
  const steps: PromiseWithResolvers<IteratorResult<Item, undefined>>[] = [];
  const stepAt = (at: number) => {
    while (steps.length <= at) steps.push(Promise.withResolvers());
    return steps[at] as PromiseWithResolvers<IteratorResult<Item, undefined>>;
  };
  let given = 0;
  const iterator: AsyncIterator<Item, undefined> = {
    next: () => stepAt(state.pulled++).promise,
    return: async () => {
      state.returned = true;
      return { done: true, value: undefined };
    },
  };
  return {
    start: () => {
      state.started = true;
      return { [Symbol.asyncIterator]: () => iterator };
    },
    give: value => stepAt(given++).resolve({ done: false, value }),
    end: () => stepAt(given++).resolve({ done: true, value: undefined }),
    fail: error => {
      const { promise, reject } = stepAt(given++);
      promise.catch(() => undefined);
      reject(error);
    },
    state,
  };
};

const list = (...items: string[]) =>
  async function* walk() {
    yield* items;
  };

describe('merged iterables', () => {
  it('give all items of all of them, however many there are', async () => {
    const starts = Array.from({ length: 50 }, (_none, at) => list(`${at}a`, `${at}b`));
    const items = await Array.fromAsync(mergeIterables(starts, 4));
    expect(items).toHaveLength(100);
    expect(new Set(items).size).toBe(100);
    expect(items.filter(item => item.startsWith('7') && item.length === 2)).toEqual(['7a', '7b']);
  });

  it.each([[[]], [[list(), list()]]])('of nothing give nothing', async starts => {
    expect(await Array.fromAsync(mergeIterables(starts, 4))).toEqual([]);
  });

  it('give an item as soon as any of them has one', async () => {
    const [slow, quick] = [openFeed<string>(), openFeed<string>()];
    const merged = mergeIterables([slow.start, quick.start], 2);
    quick.give('quick');
    expect((await merged.next()).value).toBe('quick');
    quick.give('again');
    expect((await merged.next()).value).toBe('again');
    quick.end();
    slow.give('slow');
    expect((await merged.next()).value).toBe('slow');
    slow.end();
    expect((await merged.next()).done).toBe(true);
  });

  it('start so many at a time, and the next when one has ended', async () => {
    const feeds = [openFeed<string>(), openFeed<string>(), openFeed<string>()];
    const merged = mergeIterables(
      feeds.map(({ start }) => start),
      2,
    );
    feeds[0]?.give('first');
    await merged.next();
    expect(feeds.map(({ state }) => state.started)).toEqual([true, true, false]);
    feeds[0]?.end();
    feeds[2]?.give('third');
    expect((await merged.next()).value).toBe('third');
    expect(feeds[2]?.state.started).toBe(true);
    await merged.return(undefined);
  });

  it('pull nothing while an item is being used', async () => {
    const feed = openFeed<string>();
    const merged = mergeIterables([feed.start], 2);
    feed.give('a');
    feed.give('b');
    await merged.next();
    expect(feed.state.pulled).toBe(1);
    await merged.next();
    expect(feed.state.pulled).toBe(2);
    await merged.return(undefined);
  });

  it('are all ended when one fails, and its error is thrown', async () => {
    const [good, bad] = [openFeed<string>(), openFeed<string>()];
    const merged = mergeIterables([good.start, bad.start], 2);
    bad.fail(new Error('no'));
    await expect(merged.next()).rejects.toThrow('no');
    expect(good.state.returned).toBe(true);
  });

  it('throw an error that came while an item was being used, and not before', async () => {
    const [good, bad] = [openFeed<string>(), openFeed<string>()];
    const merged = mergeIterables([good.start, bad.start], 2);
    good.give('a');
    expect((await merged.next()).value).toBe('a');
    bad.fail(new Error('later'));
    await expect(merged.next()).rejects.toThrow('later');
  });

  it('are all ended when nobody wants more', async () => {
    const feeds = [openFeed<string>(), openFeed<string>()];
    feeds[0]?.give('a');
    for await (const _item of mergeIterables(
      feeds.map(({ start }) => start),
      2,
    ))
      break;
    expect(feeds.map(({ state }) => state.returned)).toEqual([true, true]);
  });

  it('do not hide an error behind one that ending them brings', async () => {
    const failing = (): AsyncIterable<string> => ({
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => Promise.reject(new Error('ending')),
      }),
    });
    const bad = openFeed<string>();
    const merged = mergeIterables([failing, bad.start], 2);
    bad.fail(new Error('first'));
    await expect(merged.next()).rejects.toThrow('first');
  });
});

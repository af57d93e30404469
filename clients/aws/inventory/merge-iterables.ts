// Several walks at once as one stream, in the order in which their pages come.

type Step<Item> = { readonly at: number; readonly result: IteratorResult<Item, unknown> };

/**
 * Yields what the started iterables yield, `atOnce` of them at a time and each one step ahead at most, so that no more
 * than `atOnce` items wait in memory. The first error ends all of them and is thrown.
 */
export const mergeIterables = async function* <Item>(
  starts: readonly (() => AsyncIterable<Item>)[],
  atOnce: number,
): AsyncGenerator<Item> {
  const open = new Map<number, AsyncIterator<Item>>();
  const steps = new Map<number, Promise<Step<Item>>>();
  let next = 0;
  const advance = (at: number, iterator: AsyncIterator<Item>) => {
    const step = iterator.next().then(result => ({ at, result }));
    // While another one's item is being used nobody waits for this one; its error comes with the next race.
    step.catch(() => undefined);
    steps.set(at, step);
  };
  const openMore = () => {
    for (; open.size < atOnce && next < starts.length; next += 1) {
      const iterator = starts[next]?.()[Symbol.asyncIterator]();
      if (iterator === undefined) continue;
      open.set(next, iterator);
      advance(next, iterator);
    }
  };
  try {
    openMore();
    while (steps.size > 0) {
      const { at, result } = await Promise.race(steps.values());
      const iterator = open.get(at);
      if (result.done || iterator === undefined) {
        open.delete(at);
        steps.delete(at);
        openMore();
      } else {
        yield result.value;
        advance(at, iterator);
      }
    }
  } finally {
    await Promise.allSettled([...open.values()].map(iterator => iterator.return?.()));
  }
};

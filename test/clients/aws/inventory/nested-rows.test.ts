// Types that are listed below each item of another list: what one parent's answer means for the others.
import { describe, expect, it } from 'vitest';
import type { ListedPage } from '../../../../clients/aws/inventory/listing.ts';
import { nested } from '../../../../clients/aws/inventory/nested-rows.ts';

const refused = (name: string) => Object.assign(new Error('no'), { name });

interface Script {
  /** Pages of parents. */
  readonly parents: readonly (readonly string[] | undefined)[];
  readonly children: (parent: string) => readonly string[] | Error;
  readonly abort?: AbortController;
}

const walk = async ({ parents, children, abort = new AbortController() }: Script) => {
  const asked: string[] = [];
  const row = nested({
    type: 'route53.record',
    parents: async function* list(_client: object) {
      yield* parents;
    },
    children: async function* list(_client, parent: string) {
      asked.push(parent);
      const answer = children(parent);
      if (answer instanceof Error) throw answer;
      yield answer.map(Name => ({ Name, parent }));
    },
    gone: ['NoSuchHostedZone'],
  });
  const pages: ListedPage[] = [];
  let error: unknown;
  try {
    const options = { abortSignal: abort.signal, limit: Number.POSITIVE_INFINITY };
    for await (const page of row.pages({}, options)) pages.push(page);
  } catch (thrown) {
    error = thrown;
  }
  const names = pages.flatMap(({ items }) => items.map(({ fields }) => (fields as { Name: string }).Name));
  return {
    asked,
    pages,
    names: names.toSorted(),
    undescribed: pages.filter(page => page.undescribed !== undefined),
    error,
  };
};

const many = (count: number, name = 'z'): string[] => Array.from({ length: count }, (_none, at) => `${name}${at}`);

describe('children', () => {
  it('of all parents of all pages are listed', async () => {
    const { names, asked, error } = await walk({
      parents: [['a', 'b'], undefined, ['c']],
      children: parent => [`${parent}1`, `${parent}2`],
    });
    expect(names).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
    expect([asked.length, error]).toEqual([3, undefined]);
  });

  it('of no parent at all are an answer', async () => {
    const { pages } = await walk({ parents: [[]], children: () => [] });
    expect(pages).toEqual([{ type: 'route53.record', items: [] }]);
  });

  it('of a parent that was deleted meanwhile are none', async () => {
    const { names, undescribed, error } = await walk({
      parents: [['a', 'b']],
      children: parent => (parent === 'a' ? refused('NoSuchHostedZone') : ['b1']),
    });
    expect([names, undescribed, error]).toEqual([['b1'], [], undefined]);
  });

  it('of a parent that refuses are missed, and those of the others are not', async () => {
    const { names, undescribed, error } = await walk({
      parents: [many(20)],
      children: parent => (parent === 'z3' ? refused('AccessDenied') : [parent]),
    });
    expect(names).toHaveLength(19);
    expect(undescribed).toMatchObject([{ items: [], undescribed: { name: 'AccessDenied' } }]);
    expect(error).toBeUndefined();
  });

  it('of many parents that refuse now and then are asked for to the end', async () => {
    const { asked, undescribed } = await walk({
      parents: [many(60)],
      children: parent => (Number(parent.slice(1)) % 3 === 0 ? [parent] : refused('AccessDenied')),
    });
    expect([asked.length, undescribed.length]).toEqual([60, 40]);
  });

  it('are not asked for any more after ten refusals in a row', async () => {
    const { asked, error } = await walk({
      parents: [many(60), many(60, 'y')],
      children: () => refused('AccessDenied'),
    });
    expect(error).toMatchObject({ name: 'AccessDenied' });
    expect(asked.length).toBeGreaterThanOrEqual(10);
    expect(asked.length).toBeLessThan(16);
  });

  it.each(['ThrottlingException', 'ExpiredTokenException'])('are not asked for any more after %s', async name => {
    const { asked, error } = await walk({ parents: [many(60)], children: () => refused(name) });
    expect(error).toMatchObject({ name });
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  it('are not asked for any more once the scan is stopped', async () => {
    const abort = new AbortController();
    const { error } = await walk({
      parents: [many(20)],
      abort,
      children: () => {
        abort.abort();
        return refused('AbortError');
      },
    });
    expect(error).toMatchObject({ name: 'AbortError' });
  });
});

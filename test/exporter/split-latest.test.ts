import { describe, expect, it } from 'vitest';
import { splitLatest } from '../../exporter/split-latest.ts';

const rejoined = async (text: string) => {
  const { head, rows } = await splitLatest(Buffer.from(text));
  return { head: JSON.parse(head) as unknown, rows: rows.map(row => JSON.parse(row.toString()) as unknown) };
};

const hostile = ['}],"accounts":[{', '\\', '\\"', '"', '\u2028', '😀', '[', ']', '{', '}', 'a\nb', 'ends with \\\\'];

describe('latest.json is split into', () => {
  it.each([
    ['compact', 0],
    ['laid out by a person', 2],
  ])('its head and its rows, %s', async (_name, indent) => {
    const accounts = hostile.map(name => ({
      name,
      path: [name],
      counts: { cells: { [name]: [{ name }] } },
      reports: [],
    }));
    const rest = { schemaVersion: 1, runs: [{ run: 'accounts', totals: { accounts: 3 } }], note: '"accounts":[' };
    const text = JSON.stringify({ ...rest, accounts, after: { accounts: [{ no: 1 }] } }, null, indent);
    expect(await rejoined(text)).toEqual({
      head: { ...rest, accounts: [], after: { accounts: [{ no: 1 }] } },
      rows: accounts,
    });
  });

  it.each(['{"accounts":[]}', '{"runs":[{"accounts":[{}]}]}', '[]', '{"a":"\\\\"}'])(
    'nothing but a head: %s',
    async text => {
      expect(await rejoined(text)).toEqual({ head: JSON.parse(text) as unknown, rows: [] });
    },
  );

  it('what is no JSON either, when it was cut anywhere', async () => {
    const text = JSON.stringify({ runs: [], accounts: [{ name: 'a "b"' }, { name: 'c' }], updatedAt: 'x' });
    for (let length = 0; length < text.length; length += 1) {
      await expect(rejoined(text.slice(0, length))).rejects.toThrow(SyntaxError);
    }
  });
});

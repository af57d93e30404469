// The answer of a query at a terminal: columns that fit on it, and nothing that draws on it.
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { type QueryOutput, writeResult } from '../../cli/query-output.ts';
import type { SqlValue } from '../../clients/duckdb/open-database.ts';

const write = async (output: QueryOutput, columns: readonly string[], rows: readonly (readonly SqlValue[])[]) => {
  const stream = Object.assign(new PassThrough(), { isTTY: true });
  const written = text(stream);
  const batches = (async function* () {
    yield rows;
  })();
  const remark = await writeResult({ columns, batches }, output, stream as unknown as NodeJS.WriteStream);
  stream.end();
  return { remark, lines: (await written).trimEnd().split('\n') };
};

it('is a table whose cells are cut, with escapes for what would draw on the screen', async () => {
  const { remark, lines } = await write(
    'table',
    ['id', 'n', 'resource'],
    [
      ['a\u001b[2Jb', 5, { pad: 'x'.repeat(200) }],
      [null, 12, null],
    ],
  );
  expect(remark).toBeNull();
  expect(lines[1]).toMatch(/^a\\u001b\[2Jb {3}5 {2}\{"pad":"x+…$/);
  expect(lines[2]?.trim()).toBe('12');
});

it('ends after a thousand rows, and says so', async () => {
  const rows = Array.from({ length: 1500 }, (_none, index) => [index]);
  const { remark, lines } = await write('table', ['n'], rows);
  expect(lines).toHaveLength(1001);
  expect(remark).toBe('Only the first 1000 rows are shown; --output csv gives all.');
});

it('is whole as CSV, which at a terminal has no control characters either', async () => {
  const rows = Array.from({ length: 1500 }, () => ['\u001b[2J']);
  const { remark, lines } = await write('csv', ['n'], rows);
  expect(remark).toBeNull();
  expect(lines).toHaveLength(1501);
  expect(lines[1]?.trim()).toBe('\\u001b[2J');
});

// The rows of a query on stdout: a table for eyes, tab-separated lines, JSON, or CSV.
import { once } from 'node:events';
import { styleText } from 'node:util';
import Table from 'cli-table3';
import type { SqlResult, SqlValue } from '../clients/duckdb/open-database.ts';
import { csvLine } from '../clients/formats/csv.ts';
import { plainColumns } from './plain-columns.ts';
import { printable } from './terminal-text.ts';

export const queryOutputs = ['table', 'json', 'csv', 'ndjson'] as const;
export type QueryOutput = (typeof queryOutputs)[number];

type Row = readonly SqlValue[];

const scalar = (value: SqlValue): string | number | boolean | null =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;

const text = (value: SqlValue): string => printable(String(scalar(value) ?? ''));

/** At a terminal: a table of more is not read, and is laid out in memory. */
const shownRows = 1000;
const shownCharacters = 80;

const cut = (cell: string): string => (cell.length > shownCharacters ? `${cell.slice(0, shownCharacters - 1)}…` : cell);

const objectOf = (columns: readonly string[], row: Row): string =>
  JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null])));

async function* jsonLines({ columns, batches }: SqlResult): AsyncGenerator<string> {
  let first = true;
  for await (const rows of batches) {
    const lines = rows.map(row => objectOf(columns, row));
    if (lines.length === 0) continue;
    yield `${first ? '[\n' : ',\n'}${lines.join(',\n')}`;
    first = false;
  }
  yield first ? '[]\n' : '\n]\n';
}

async function* ndjsonLines({ columns, batches }: SqlResult): AsyncGenerator<string> {
  for await (const rows of batches) yield rows.map(row => `${objectOf(columns, row)}\n`).join('');
}

async function* csvLines({ columns, batches }: SqlResult, isTerminal: boolean): AsyncGenerator<string> {
  const cell = (value: SqlValue) => {
    const plain = scalar(value);
    return isTerminal && typeof plain === 'string' ? printable(plain) : plain;
  };
  yield csvLine(columns.map(cell));
  for await (const rows of batches) yield rows.map(row => csvLine(row.map(cell))).join('');
}

async function* tabLines({ columns, batches }: SqlResult): AsyncGenerator<string> {
  yield `${columns.map(printable).join('\t')}\n`;
  for await (const rows of batches) yield rows.map(row => `${row.map(text).join('\t')}\n`).join('');
}

const render = (result: SqlResult, output: QueryOutput, isTerminal: boolean): AsyncGenerator<string> => {
  if (output === 'json') return jsonLines(result);
  if (output === 'ndjson') return ndjsonLines(result);
  return output === 'csv' ? csvLines(result, isTerminal) : tabLines(result);
};

const firstRows = async ({ batches }: SqlResult): Promise<Row[]> => {
  const rows: Row[] = [];
  for await (const batch of batches) {
    rows.push(...batch);
    if (rows.length > shownRows) break;
  }
  return rows;
};

const writeTable = async (result: SqlResult, stdout: NodeJS.WriteStream): Promise<string | null> => {
  const rows = await firstRows(result);
  const shown = rows.slice(0, shownRows);
  const table = new Table({
    ...plainColumns,
    head: result.columns.map(name => styleText('bold', printable(name), { stream: stdout })),
    colAligns: result.columns.map((_name, index) => (typeof shown[0]?.[index] === 'number' ? 'right' : 'left')),
  });
  for (const row of shown) table.push(row.map(value => cut(text(value))));
  stdout.write(`${table.toString()}\n`);
  return rows.length > shownRows ? `Only the first ${shownRows} rows are shown; --output csv gives all.` : null;
};

/** Writes all rows as they come. Ends early, without an error, when nobody reads them any more. */
const writeAll = async (texts: AsyncIterable<string>, stdout: NodeJS.WriteStream): Promise<void> => {
  let isClosed = false;
  const noteClosing = () => {
    isClosed = true;
  };
  // A standard stream stays `writable` after its reader has gone.
  stdout.once('error', noteClosing);
  try {
    for await (const piece of texts) {
      if (isClosed) return;
      if (!stdout.write(piece)) await once(stdout, 'drain').catch(noteClosing);
    }
  } finally {
    stdout.off('error', noteClosing);
  }
};

/** Resolves to a remark for stderr, or null. */
export const writeResult = async (
  result: SqlResult,
  output: QueryOutput,
  stdout: NodeJS.WriteStream,
): Promise<string | null> => {
  if (output === 'table' && stdout.isTTY) return await writeTable(result, stdout);
  await writeAll(render(result, output, stdout.isTTY), stdout);
  return null;
};

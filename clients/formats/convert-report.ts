// output.json in other formats, for `aws-inventory inventory --format …`: texts line by line, Parquet by DuckDB.
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { InventoryRecord } from '../../contract/catalogue/inventory-record.ts';
import { InventoryError } from '../../contract/errors.ts';
import { writeParquet } from '../duckdb/write-parquet.ts';
import { csvLine } from './csv.ts';

export const textFormats = ['json', 'ndjson', 'csv'] as const;
export type TextFormat = (typeof textFormats)[number];
export type ReportFormat = TextFormat | 'parquet';

/** Fields that not every version of the report has. */
type ReadRecord = InventoryRecord & { readonly name?: string | null; readonly createdAt?: string | null };

const unreadable = (path: string, line: number, why: string, cause?: unknown): InventoryError =>
  new InventoryError('report-unreadable', `${path}, line ${line}: ${why}`, { cause });

const parseLine = (path: string, number: number, text: string): ReadRecord => {
  try {
    return JSON.parse(text) as ReadRecord;
  } catch (cause) {
    throw unreadable(path, number, 'it is not a record of JSON', cause);
  }
};

/** The records of a report of ours, which has one in a line: memory holds a line, not the array. */
export async function* readRecords(
  path: string,
): AsyncGenerator<{ readonly text: string; readonly record: ReadRecord }> {
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  let number = 0;
  let end = '';
  for await (const line of lines) {
    number += 1;
    end = line.trim();
    if (number === 1 && !end.startsWith('[')) throw unreadable(path, 1, 'it does not begin with [');
    const text = end.replace(/,$/, '');
    if (text !== '' && text !== '[' && text !== ']' && text !== '[]') {
      yield { text, record: parseLine(path, number, text) };
    }
  }
  if (!end.endsWith(']')) throw unreadable(path, number, 'the report ends in the middle');
}

const csvColumns = ['account', 'service', 'region', 'type', 'id', 'arn', 'name', 'created_at', 'tags', 'sources'];

const csvRecord = (record: ReadRecord): string =>
  csvLine([
    record.account,
    record.service,
    record.region,
    record.resourceType ?? null,
    record.resourceId ?? null,
    record.resource?.arn ?? null,
    record.name ?? null,
    record.createdAt ?? null,
    JSON.stringify(record.tags ?? {}),
    (record.sources ?? []).join(' '),
  ]);

/**
 * A report as text, record by record. `json` is the array with a record per line, `ndjson` the records alone, `csv` has
 * account, service, region, type, id, arn, name, created_at, tags (JSON) and sources, and no cell that a spreadsheet would
 * run. Throws report-unreadable.
 */
export async function* reportText(from: string, format: TextFormat): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(csvColumns);
  let records = 0;
  for await (const { text, record } of readRecords(from)) {
    if (format === 'csv') yield csvRecord(record);
    else if (format === 'ndjson') yield `${text}\n`;
    else yield `${records === 0 ? '[' : ','}\n${text}`;
    records += 1;
  }
  if (format === 'json') yield records === 0 ? '[]\n' : '\n]\n';
}

export interface Conversion {
  /** A report of ours: one JSON array, a record per line. */
  readonly from: string;
  /** Path of the file to write. */
  readonly to: string;
  readonly format: ReportFormat;
}

/**
 * Converts output.json to json, ndjson, csv or parquet in bounded memory. The file at `to` is replaced when the new one is
 * whole. For stdout take `reportText`, which knows all formats but Parquet. Throws report-unreadable for a torn report,
 * duckdb-unavailable for Parquet without DuckDB, and the system's errors.
 */
export const convertReport = async ({ from, to, format }: Conversion): Promise<void> => {
  if (format === 'parquet') return await writeParquet(from, to);
  const partial = `${to}.partial`;
  try {
    await pipeline(Readable.from(reportText(from, format)), createWriteStream(partial, { mode: 0o600 }));
    await rename(partial, to);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw thrown;
  }
};

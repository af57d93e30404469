// output.json → Parquet, for `inventory --format parquet`.
import { chmod, rename, rm } from 'node:fs/promises';
import { InventoryError } from '../../contract/errors.ts';
import { endsAsArray } from './closed-array.ts';
import { loadDuckdb } from './load-duckdb.ts';
import { recordsOf, resourceColumns, selectColumns } from './resource-columns.ts';
import { explainSqlError } from './sql-errors.ts';
import { quoted } from './sql-text.ts';

/** Rows that are held before they are written: with whole resources in them, DuckDB's own 122,880 are hundreds of megabytes. */
const rowGroup = 20_480;

/** Kept in the order of the report, all row groups of all threads would wait for the first. */
const limits = (temporaryDirectory: string): Record<string, string> => ({
  memory_limit: '512MiB',
  temp_directory: temporaryDirectory,
  preserve_insertion_order: 'false',
});

/**
 * Writes the records of the report `from` as a Parquet file at `to`, with the columns of the view `resources` less those
 * that are the Organization's (account_name, ou). Row groups are written as they fill, so memory is bounded (a million
 * records: 210 MB), and the order is not the report's. The file gets its name when it is whole. Throws duckdb-unavailable, report-unreadable, or usage for a place that cannot be written.
 */
export const writeParquet = async (from: string, to: string): Promise<void> => {
  if (!endsAsArray(from)) throw new InventoryError('report-unreadable', `${from} does not end as a JSON array`);
  const duckdb = await loadDuckdb();
  const instance = await duckdb.DuckDBInstance.create(':memory:', limits(`${to}.tmp`));
  const connection = await instance.connect();
  const partial = `${to}.partial`;
  try {
    await connection.run(
      `COPY (SELECT ${selectColumns(resourceColumns)} FROM ${recordsOf([from])} r) TO ${quoted(partial)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE ${rowGroup})`,
    );
    await chmod(partial, 0o600);
    await rename(partial, to);
  } catch (thrown) {
    await rm(partial, { force: true });
    throw explainSqlError(thrown, [{ account: 'of this report', path: from }]);
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(`${to}.tmp`, { recursive: true, force: true });
  }
};

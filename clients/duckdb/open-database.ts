// Reports become tables of a database in memory, which then is locked: nothing else of this machine can be read, nothing written.
import { mkdir, rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import type { DuckDBConnection, DuckDBResult } from '@duckdb/node-api';
import { createAccounts, insertAccounts, type QueriedAccount } from './accounts-table.ts';
import { requireReading } from './check-statement.ts';
import { coverageView } from './coverage-view.ts';
import { loadDuckdb } from './load-duckdb.ts';
import { noRecords, recordsOf, resourceColumns, selectColumns } from './resource-columns.ts';
import { type SqlValue, type SqlValueConverter, sqlValueConverter } from './result-values.ts';
import { explainSqlError } from './sql-errors.ts';
import { quotedList } from './sql-text.ts';

export type { SqlValue };

export interface QueriedReport {
  readonly account: string;
  readonly path: string;
}

export interface DatabaseOptions {
  readonly accounts: readonly QueriedAccount[];
  /** null when the SQL does not name the view: its columns are there, and reading it is an error. */
  readonly resources: readonly QueriedReport[] | null;
  /** Scan reports. */
  readonly coverage: readonly QueriedReport[] | null;
  /** What does not fit into memory goes here; made at need, and removed by close. */
  readonly temporaryDirectory: string;
  readonly signal?: AbortSignal | undefined;
}

export interface SqlResult {
  readonly columns: readonly string[];
  /** In batches of some thousand rows; throws usage or report-unreadable. */
  readonly batches: AsyncIterable<readonly (readonly SqlValue[])[]>;
}

export interface Database {
  /** Runs one statement that only reads. Throws usage (a wrong one) or report-unreadable. */
  readonly query: (sql: string) => Promise<SqlResult>;
  readonly close: () => Promise<void>;
}

const notNamed = (view: string): string => `the view ${view} has to be named in the SQL by its own name`;

const resourcesView = (reports: readonly QueriedReport[] | null): string => {
  const account = { account: resourceColumns.account, account_name: 'a.name', ou: 'a.ou' };
  const records =
    reports === null || reports.length === 0
      ? noRecords(reports === null ? notNamed('resources') : 'there is no report of any account')
      : recordsOf(reports.map(({ path }) => path));
  return `CREATE VIEW resources AS SELECT ${selectColumns({ ...account, ...resourceColumns })} FROM ${records} r LEFT JOIN accounts a ON a.id = r.account`;
};

/** Half of what there is, so that a query cannot take the machine down; beyond it DuckDB writes to its directory. */
const memoryLimit = (): string => {
  const constrained = process.constrainedMemory();
  const available = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return `${Math.floor(available / 2 / 1024 / 1024)}MiB`;
};

/** Nothing is fetched: an extension that is not built in is absent. */
const configuration = (temporaryDirectory: string): Record<string, string> => ({
  memory_limit: memoryLimit(),
  temp_directory: temporaryDirectory,
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
});

/** Files are read when a query runs, so they stay readable, and they alone. No later statement can undo this. */
const lock = async (connection: DuckDBConnection, files: readonly QueriedReport[]): Promise<void> => {
  await connection.run(`SET allowed_paths = ${quotedList(files.map(({ path }) => path))}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
};

/** By the types of the result: those of its chunks no longer tell JSON from other text. */
async function* convertRows(result: DuckDBResult, converter: SqlValueConverter, reports: readonly QueriedReport[]) {
  const types = result.columnTypes();
  try {
    for await (const rows of result.yieldRows()) {
      yield rows.map(row => row.map((value, column) => converter(value, types[column])));
    }
  } catch (thrown) {
    throw explainSqlError(thrown, reports);
  }
}

export const openDatabase = async (options: DatabaseOptions): Promise<Database> => {
  const { accounts, resources, coverage, temporaryDirectory, signal } = options;
  const duckdb = await loadDuckdb();
  // DuckDB makes the last part of the path alone, and only once it is needed.
  await mkdir(temporaryDirectory, { recursive: true, mode: 0o700 });
  const instance = await duckdb.DuckDBInstance.create(':memory:', configuration(temporaryDirectory));
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt);
  const files = [...(resources ?? []), ...(coverage ?? [])];
  const close = async () => {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
    await rm(temporaryDirectory, { recursive: true, force: true });
  };
  const query = async (sql: string): Promise<SqlResult> => {
    try {
      await requireReading(connection, sql);
      const result = await connection.stream(sql);
      const batches = convertRows(result, sqlValueConverter(duckdb), files);
      return { columns: result.deduplicatedColumnNames(), batches };
    } catch (thrown) {
      throw explainSqlError(thrown, files);
    }
  };
  try {
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(createAccounts);
    await connection.run(insertAccounts, [JSON.stringify(accounts)]);
    await connection.run(resourcesView(resources));
    await connection.run(coverageView(coverage?.map(({ path }) => path) ?? null, notNamed('coverage')));
    await lock(connection, files);
    return { query, close };
  } catch (thrown) {
    await close();
    throw explainSqlError(thrown, files);
  }
};

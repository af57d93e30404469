// The database of a query is locked: one statement that reads the tables, and nothing else of this machine.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Database, openDatabase } from '../../../clients/duckdb/open-database.ts';

let directory: string;
let report: string;
let database: Database;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-test-'));
  report = join(directory, 'report.json');
  writeFileSync(report, '[\n{"account":"111111111111","resourceId":"i-1"}\n]\n');
  const resources = [{ account: '111111111111', path: report }];
  const temporaryDirectory = join(directory, 'temporary');
  database = await openDatabase({ accounts: [], resources, coverage: null, temporaryDirectory });
});
afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const rowsOf = async (sql: string) => (await Array.fromAsync((await database.query(sql)).batches)).flat();

it.each([
  ["select content from read_text('/etc/passwd')", 'Cannot access file "/etc/passwd"'],
  ["from read_csv('/etc/passwd')", 'Cannot access file "/etc/passwd"'],
  ["from read_blob('/proc/self/environ')", 'Permission Error'],
  ["from glob('/etc/*')", 'Permission Error'],
  ["from read_json('https://example.com/x.json')", 'Error'],
  ["from 's3://bucket/x.parquet'", 'Error'],
  ["select getenv('HOME')", 'Catalog Error'],
  ["copy (select 1) to 'out.csv'", 'COPY is refused'],
  ["/* so */ -- as\n copy resources to 'out.csv'", 'COPY is refused'],
  ["explain analyze copy (select 1) to 'out.csv'", 'EXPLAIN is refused'],
  ["attach 'x.db'", 'ATTACH is refused'],
  ["export database 'x'", 'EXPORT is refused'],
  ['install httpfs', 'INSTALL is refused'],
  ['load httpfs', 'LOAD is refused'],
  ["set memory_limit = '1TB'", 'SET is refused'],
  ['pragma enable_profiling', 'refused'],
  ['call pragma_version()', 'CALL is refused'],
  ['drop view resources', 'DROP is refused'],
  ['select 1; select 2', 'There are 2 statements'],
  ['pivot resources on region using count(*)', 'A PIVOT must name its values'],
  ['select ?', 'has parameters'],
  ['', 'no SQL statement'],
  [';;', 'no SQL statement'],
  ['-- nothing', 'no SQL statement'],
  ['select 1 from', 'Parser Error'],
])('%j is refused', async (sql, said) => {
  const refused = await rowsOf(sql).catch((thrown: unknown) => thrown);
  expect(refused).toMatchObject({ code: 'usage' });
  expect(`${String(refused)} ${(refused as { remedy: string }).remedy}`).toContain(said);
});

it.each(['select 1;', 'select 1; -- one', 'from range(1)', 'with x as (select 1) from x', '(select 1)', 'values (1)'])(
  '%j is a question',
  async sql => expect(await rowsOf(sql)).toHaveLength(1),
);

it.each(['describe resources', 'show tables', 'summarize resources'])('%j is one as well', async sql =>
  expect((await rowsOf(sql)).length).toBeGreaterThan(1),
);

it('a report that may be read is not written over by any form of COPY', async () => {
  const before = readFileSync(report, 'utf8');
  for (const verb of ['copy', 'explain analyze copy', '(copy', 'with x as (select 1) copy', 'from query($$copy']) {
    const sql = `${verb} (select 1) to '${report}' (use_tmp_file false)`;
    await expect(rowsOf(sql), sql).rejects.toMatchObject({ code: 'usage' });
  }
  expect(readFileSync(report, 'utf8')).toBe(before);
  expect(readdirSync(directory).sort()).toEqual(['report.json', 'temporary']);
});

it('values keep what they are: times in UTC, large integers, decimals, JSON within lists', async () => {
  const sql = `select timestamp '2026-01-05 10:00:00.5' t, 9007199254740993 big, 12 small, 1.25::decimal(5, 2) d,
    ['{"a":[1]}'::json] l, map {'k': null} m, {'j': '2'::json} s, null n, true b, date '2026-01-05' as d2`;
  expect(await rowsOf(sql)).toEqual([
    [
      '2026-01-05T10:00:00.5Z',
      '9007199254740993',
      12,
      1.25,
      [{ a: [1] }],
      { k: null },
      { j: 2 },
      null,
      true,
      '2026-01-05',
    ],
  ]);
});

it('what does not fit into memory is laid aside, and the directory for it is gone after the query', async () => {
  const temporaryDirectory = join(directory, 'deep', 'aside');
  const small = await openDatabase({ accounts: [], resources: [], coverage: [], temporaryDirectory });
  const { batches } = await small.query('select count(*) from (select * from range(1000) order by random())');
  expect((await Array.fromAsync(batches)).flat()).toEqual([[1000]]);
  await small.close();
  expect(readdirSync(join(directory, 'deep'))).toEqual([]);
});

it('a signal ends a query that runs', async () => {
  const stop = new AbortController();
  const temporaryDirectory = join(directory, 'stopped');
  const stopped = await openDatabase({
    accounts: [],
    resources: [],
    coverage: [],
    temporaryDirectory,
    signal: stop.signal,
  });
  const running = stopped
    .query('select sum(a.range * b.range) from range(1000000) a, range(1000000) b')
    .then(({ batches }) => Array.fromAsync(batches));
  setTimeout(() => stop.abort(), 100);
  await expect(running).rejects.toThrow(/[Ii]nterrupt/);
  await stopped.close();
});

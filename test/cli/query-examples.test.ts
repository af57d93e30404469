// docs/query.md: every statement of the page runs, and finds something in results that have a case of each.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseResults } from '../../cli/query-results.ts';
import { type Database, openDatabase } from '../../clients/duckdb/open-database.ts';
import { openDirectoryResults } from '../../clients/results/directory-results.ts';
import { runObjects, writeObjects } from './query-fixture.ts';

const page = readFileSync('docs/query.md', 'utf8');
const examples = [...page.matchAll(/([^\n]+)\n\n```sql\n([\s\S]*?)```/g)].map(([, title = '', sql = '']) => ({
  title,
  sql,
}));

let directory: string;
let database: Database;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-test-'));
  writeObjects(directory, runObjects());
  const results = openDirectoryResults(directory);
  const chosen = await chooseResults(results, { prefix: 'AWSRecon' }, { resources: true, coverage: true });
  database = await openDatabase({ ...chosen, temporaryDirectory: join(directory, 'temporary') });
});

afterAll(async () => {
  await database.close();
  rmSync(directory, { recursive: true, force: true });
});

const rowsOf = async (sql: string) => {
  const { columns, batches } = await database.query(sql);
  const rows = (await Array.fromAsync(batches)).flat();
  return rows.map(row => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
};

describe('the page about queries', () => {
  it('has at least ten examples', () => expect(examples.length).toBeGreaterThanOrEqual(10));

  it.each(examples)('$title', async ({ sql }) => {
    expect((await rowsOf(sql)).length).toBeGreaterThan(0);
  });

  it('finds the one account without a trail, not the one whose trails were denied', async () => {
    const example = examples.find(({ sql }) => sql.includes('id not in'));
    expect(await rowsOf(example?.sql ?? '')).toEqual([{ id: '222222222222', name: 'shop test', ou: 'Workloads/Test' }]);
  });

  it.each(['resources', 'accounts', 'coverage'])('names the columns of %s and no others', async table => {
    const section = page.split(`\n\`${table}\`: `)[1]?.split('\n\n')[1] ?? '';
    const named = section
      .split('\n')
      .slice(2)
      .flatMap(line => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/g)].map(match => match[1]));
    const columns = (await rowsOf(`describe ${table}`)).map(row => row['column_name']);
    expect(named.toSorted()).toEqual(columns.toSorted());
  });
});

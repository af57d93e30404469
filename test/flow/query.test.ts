// The bundled command without its packages, as the container image has it: what needs DuckDB says so, all else works.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runObjects, writeObjects } from '../cli/query-fixture.ts';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-test-'));
  cpSync('dist', join(directory, 'app'), { recursive: true });
  writeObjects(join(directory, 'copy'), runObjects());
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const query = (program: string, sql: string) =>
  execa(process.execPath, [program, 'query', '--directory', join(directory, 'copy'), sql], {
    env: { HOME: directory },
    extendEnv: false,
    reject: false,
  });

it('where DuckDB is not installed, a query names the package to install, before anything is fetched', async () => {
  const { exitCode, stdout, stderr } = await query(join(directory, 'app', 'aws-inventory.mjs'), 'select 1');
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain('duckdb-unavailable');
  expect(stderr).toContain('npm install @duckdb/node-api');
});

it('where it is, the bundle answers', async () => {
  const { stdout } = await query('dist/aws-inventory.mjs', 'select count(*) as n from resources');
  expect(stdout).toBe('n\n10');
});

it('every other command starts without it', async () => {
  const { exitCode, stdout } = await execa(process.execPath, [join(directory, 'app', 'aws-inventory.mjs'), '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('query');
});

// `aws-inventory query` over files, as a person runs it: what it answers, what it says beside that, and what it refuses.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ids, record, recordsOf, reportText, runObjects, writeObjects } from './query-fixture.ts';
import { runQuery } from './run-query.ts';

let home: string;
let copy: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'inventory-test-'));
  copy = join(home, 'copy');
  writeObjects(copy, runObjects());
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const ask = (sql: string, ...args: string[]) => runQuery(home, ['--directory', copy, sql, ...args]);
const fresh = (name: string, files: Readonly<Record<string, string>>): string => {
  const directory = join(home, name);
  writeObjects(directory, new Map(Object.entries(files)));
  return directory;
};

describe('an answer', () => {
  it('is tab-separated where there is no terminal, with the control characters of others as escapes', async () => {
    const { exitCode, stdout } = await ask('select id, name, ou from accounts order by id limit 3');
    expect(exitCode).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'id\tname\tou',
      `${ids.prod}\tshop prod\tWorkloads/Prod`,
      `${ids.test}\tshop test\tWorkloads/Test`,
      `${ids.partial}\tit's "odd"\\u001b[2J\tWorkloads/Test`,
    ]);
  });

  it('is JSON with numbers, times, maps and the resource as what they are', async () => {
    const sql = `select count(*) over () as all_rows, created_at is null as no_time, tags, sources, resource, seen_at
                 from resources where account = '${ids.prod}' order by id desc limit 1`;
    const { stdout } = await ask(sql, '--output', 'json');
    expect(JSON.parse(stdout)).toEqual([
      {
        all_rows: 5,
        no_time: true,
        tags: {},
        sources: ['native'],
        resource: recordsOf[ids.prod]?.[3]?.['resource'],
        seen_at: '2026-11-22T04:05:06Z',
      },
    ]);
  });

  it('is one JSON object in a line with ndjson, and an empty array with json when there are no rows', async () => {
    const { stdout } = await ask('select id from accounts order by id', '--output', 'ndjson');
    expect(stdout.split('\n').map(line => JSON.parse(line))).toHaveLength(5);
    expect((await ask('select id from accounts where false', '--output', 'json')).stdout).toBe('[]');
  });

  it('is CSV in which no text is a formula, and a negative number is a number', async () => {
    const { stdout } = await ask(
      "select name, -1 as n, 'a\"b,c' as q from resources where id = 'i-3'",
      '--output',
      'csv',
    );
    expect(stdout.split('\r\n')).toEqual(['name,n,q', '\'=cmd|x\u001b[31m,-1,"a""b,c"']);
  });

  it('has the rows of a view per region where regions share a cell of the scan report', async () => {
    const { stdout } = await ask("select region, action from coverage where outcome = 'denied' order by region");
    expect(stdout.split('\n').slice(1)).toEqual([
      'eu-west-1\tcloudtrail:DescribeTrails',
      'us-west-2\tcloudtrail:DescribeTrails',
    ]);
  });

  it('names on stderr the accounts whose report is not whole', async () => {
    const { exitCode, stdout, stderr } = await ask('select count(*) as n from resources');
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'n\n10' });
    expect(stderr).toContain('3 accounts have no whole report (2 none, 1 a partial one)');
    expect(stderr).toContain('444444444444 refused (failed, role-refused)');
    expect(stderr).toContain('555555555555 closed (skipped, not-active)');
    expect(stderr).toContain(`${ids.partial} it's "odd"\\u001b[2J (partial, services-denied)`);
  });

  it('is about the accounts that were asked for', async () => {
    const { stdout } = await ask('select distinct account from resources', '--account', `${ids.prod},444444444444`);
    expect(stdout).toBe(`account\n${ids.prod}`);
    const without = await ask('select count(distinct account) from resources', '--exclude', ids.partial);
    expect(without.stdout).toMatch(/\n2$/);
    expect(without.stderr).not.toContain(ids.partial);
  });

  it('comes from a statement in a file or on stdin as well', async () => {
    const file = join(home, 'question.sql');
    writeFileSync(file, '-- how many\nselect 1 as one;\n');
    expect((await runQuery(home, ['--directory', copy, '--file', file])).stdout).toBe('one\n1');
    const piped = await runQuery(home, ['--directory', copy, '--file', '-'], { input: 'select 2 as two' });
    expect(piped.stdout).toBe('two\n2');
  });
});

describe('a directory', () => {
  it('may begin below the prefix, or hold reports and no manifest', async () => {
    const question = 'select count(*) as n, count(distinct account) as a from resources';
    const below = await runQuery(home, ['--directory', join(copy, 'AWSRecon'), question]);
    expect(below).toMatchObject({ exitCode: 0, stdout: 'n\ta\n10\t3' });
    const day = await runQuery(home, ['--directory', join(copy, 'AWSRecon/2026/11/22'), question]);
    expect(day).toMatchObject({ exitCode: 0, stdout: 'n\ta\n10\t3' });
    expect(day.stderr).toContain('There is no manifest');
  });

  it('may hold the output.json of one scan', async () => {
    const directory = fresh('scan', { 'output.json': reportText(recordsOf[ids.test] ?? []) });
    const { stdout } = await runQuery(home, [
      '--directory',
      directory,
      'select distinct account, account_name, has_report from resources join accounts on account = accounts.id',
    ]);
    expect(stdout).toBe(`account\taccount_name\thas_report\n${ids.test}\t\ttrue`);
  });

  it('without a manifest gives the newest report of each account, or that of a day', async () => {
    const report = (id: string) => reportText([record(ids.prod, { service: 'EC2', type: 'T', reconType: 't', id })]);
    const directory = fresh('loose', {
      [`AWSRecon/2026/11/15/recon_${ids.prod}.json`]: report('old'),
      [`AWSRecon/2026/11/22/recon_${ids.prod}.json`]: report('new'),
    });
    const args = ['--directory', directory, 'select id from resources'];
    expect((await runQuery(home, args)).stdout).toBe('id\nnew');
    expect((await runQuery(home, [...args, '--date', '2026-11-15'])).stdout).toBe('id\nold');
  });

  it('with runs of several days is asked about one of them', async () => {
    const directory = join(home, 'days');
    writeObjects(directory, runObjects('2026-11-15', 'older'));
    writeObjects(directory, runObjects('2026-11-22', 'newer'));
    const args = ['--directory', directory, 'select distinct run from accounts'];
    expect((await runQuery(home, args)).stdout).toBe('run\nnewer');
    expect((await runQuery(home, [...args, '--date', '2026-11-15'])).stdout).toBe('run\nolder');
    const none = await runQuery(home, [...args, '--date', '2026-11-16']);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain('days has no run of 2026-11-16 under AWSRecon');
  });

  it('may be called whatever its owner likes', async () => {
    const directory = join(home, "it's [a-z]* {b} 100%");
    writeObjects(directory, runObjects());
    const { stdout } = await runQuery(home, ['--directory', directory, 'select count(*) as n from resources']);
    expect(stdout).toBe('n\n10');
  });
});

describe('a report', () => {
  it.each([
    ['cut within a record', '[\n{"account":"111111111111","serv', 'does not end as a JSON array'],
    ['cut between records', '[\n{"account":"111111111111"},\n', 'does not end as a JSON array'],
    ['no array', 'hello]', 'Expected top-level JSON array'],
    ['damaged', '[{"account":]', 'Malformed JSON'],
    ['of no bytes', '', 'does not end as a JSON array'],
  ])('that is %s ends the query and names its account', async (name, text, said) => {
    const directory = fresh(`damaged ${name}`, { [`recon_${ids.prod}.json`]: text });
    const { exitCode, stdout, stderr } = await runQuery(home, ['--directory', directory, 'select id from resources']);
    expect(exitCode).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toContain('report-unreadable');
    expect(stderr).toContain(ids.prod);
    expect(stderr).toContain(said);
  });

  it('that is absent or of another size than the manifest says ends the query, unless its account is left out', async () => {
    const directory = join(home, 'torn');
    writeObjects(directory, runObjects());
    rmSync(join(directory, `AWSRecon/2026/11/22/recon_${ids.prod}.json`));
    writeFileSync(join(directory, `AWSRecon/2026/11/22/recon_${ids.test}.json`), '[]\n');
    const args = ['--directory', directory, 'select count(*) as n from resources'];
    const { exitCode, stderr } = await runQuery(home, args);
    expect(exitCode).toBe(3);
    expect(stderr).toContain(`${ids.prod}: AWSRecon/2026/11/22/recon_${ids.prod}.json is not there`);
    expect(stderr).toContain(`has 3 bytes`);
    expect(stderr).toContain(`--exclude ${ids.prod},${ids.test}`);
    expect((await runQuery(home, [...args, '--exclude', `${ids.prod},${ids.test}`])).stdout).toBe('n\n1');
  });

  it('may have members of types that its readers do not expect', async () => {
    const foreign = [
      { account: ids.prod, resource: 'text', tags: [{ Key: 'a' }], sources: 'me', timestamp: 7 },
      { account: ids.prod, resource: { type: 1 }, tags: { n: 1, nothing: null, deep: { x: 1 } }, resourceType: 5 },
    ];
    const directory = fresh('foreign', { [`recon_${ids.prod}.json`]: JSON.stringify(foreign) });
    const sql = 'select tags, sources, type, recon_type, seen_at from resources';
    const { stdout } = await runQuery(home, ['--directory', directory, sql, '--output', 'json']);
    expect(JSON.parse(stdout)).toEqual([
      { tags: {}, sources: null, type: null, recon_type: null, seen_at: null },
      { tags: { n: '1', nothing: null, deep: '{"x":1}' }, sources: null, type: '5', recon_type: '1', seen_at: null },
    ]);
  });

  it('is not looked for outside the directory, whatever the manifest says', async () => {
    const directory = join(home, 'outside', 'copy');
    const objects = runObjects();
    const key = `AWSRecon/2026/11/22/recon_${ids.prod}.json`;
    const text = objects.get(key) ?? '';
    objects.delete(key);
    const latest = objects.get('AWSRecon/latest.json') ?? '';
    objects.set('AWSRecon/latest.json', latest.replace(key, '../../secret.json'));
    writeObjects(directory, objects);
    mkdirSync(join(home, 'outside'), { recursive: true });
    writeFileSync(join(home, 'outside', 'secret.json'), text);
    writeFileSync(join(home, 'secret.json'), text);
    const { exitCode, stderr } = await runQuery(home, ['--directory', directory, 'select * from resources']);
    expect(exitCode).toBe(3);
    expect(stderr).toContain('../../secret.json is not there');
  });
});

describe('SQL', () => {
  it('with a mistake is a usage error with the columns that DuckDB proposes', async () => {
    const { exitCode, stdout, stderr } = await ask('select accout from resources');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('Referenced column "accout" not found');
    expect(stderr).toContain('"account"');
    expect(stderr).toContain('The tables are resources, accounts and coverage');
  });

  it('whose arrow is read otherwise than it was meant is told about parentheses', async () => {
    const { stderr } = await ask(
      "select 1 from resources where type = 'AWS::EC2::Volume' and resource->>'encrypted' = 'false'",
    );
    expect(stderr).toContain('Put the arrow into parentheses');
  });

  it.each([
    ["select content from read_text('/etc/passwd')", 'Cannot access file "/etc/passwd"'],
    ["copy resources to 'out.csv'", 'COPY is refused'],
  ])('%s is refused', async (sql, said) => {
    const { exitCode, stdout, stderr } = await ask(sql);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^usage: /m);
    expect(stderr).toContain(said);
  });

  it('that reaches a view under another name is told to name it, and gets no empty answer', async () => {
    const { exitCode, stderr } = await ask("select count(*) from query_table('resou' || 'rces')");
    expect(exitCode).toBe(2);
    expect(stderr).toContain('the view resources has to be named');
  });
});

describe('arguments', () => {
  it('are explained when there is no SQL', async () => {
    const { exitCode, stderr } = await runQuery(home, []);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Example:\n  aws-inventory query --bucket');
  });

  it.each([
    [['select 1'], 'no bucket and no directory'],
    [['select 1', '--directory', 'nowhere'], 'nowhere is not a directory'],
    [['select 1', '--directory', 'docs'], 'docs has no AWSRecon/latest.json'],
    [['select 1', '--directory', 'docs', '--bucket', 'some-bucket'], 'two places'],
    [['select 1', '--file', 'x.sql'], 'SQL is given twice'],
    [['--file', 'x.sql'], 'x.sql cannot be read'],
    [['select 1', '--date', '22.11.2026'], 'a day like 2026-11-22'],
    [['select 1', '--account', ','], 'names no account'],
    [['select 1', '--output', 'xml'], 'Allowed choices'],
  ])('%j are a usage error', async (args, said) => {
    const { exitCode, stdout, stderr } = await runQuery(home, args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(said);
  });

  it('that name an unknown account end the query', async () => {
    const { exitCode, stderr } = await ask('select 1', '--account', '999999999999');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('unknown-account: The results have no account 999999999999');
  });
});

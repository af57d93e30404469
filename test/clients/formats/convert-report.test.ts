// output.json in other formats: every record once, nothing that a spreadsheet runs, and no file that is half there.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadDuckdb } from '../../../clients/duckdb/load-duckdb.ts';
import { convertReport, type ReportFormat, reportText } from '../../../clients/formats/convert-report.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'inventory-test-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const records = [
  {
    account: '111111111111',
    service: 'EC2',
    region: 'eu-west-1',
    resource: { size: 5, type: 'volume', arn: 'arn:aws:ec2:eu-west-1:111111111111:volume/vol-1' },
    timestamp: '2026-11-22 04:05:06 UTC',
    resourceType: 'AWS::EC2::Volume',
    resourceId: 'vol-1',
    name: '=HYPERLINK("http://x","a,b")',
    createdAt: '2026-01-05T10:00:00.000Z',
    tags: { Name: 'x', note: 'ü "q"' },
    sources: ['native', 'tagging'],
  },
  {
    account: '111111111111',
    service: 'SQS',
    region: 'eu-west-1',
    resource: { type: 'queue', arn: '' },
    timestamp: '2026-11-22 04:05:06 UTC',
    resourceType: 'AWS::SQS::Queue',
    resourceId: '@queue\nof two lines',
    name: null,
    createdAt: null,
    tags: {},
    sources: ['cloud-control'],
  },
];

const report = (name: string, text = `[\n${records.map(each => JSON.stringify(each)).join(',\n')}\n]\n`): string => {
  const path = join(directory, `${name}.json`);
  writeFileSync(path, text);
  return path;
};

const convert = async (format: ReportFormat): Promise<string> => {
  const to = join(directory, `converted.${format}`);
  await convertReport({ from: report('output'), to, format });
  return to;
};

it('JSON and NDJSON have the records unchanged', async () => {
  expect(JSON.parse(readFileSync(await convert('json'), 'utf8'))).toEqual(records);
  const lines = readFileSync(await convert('ndjson'), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines.map(line => JSON.parse(line))).toEqual(records);
});

it('CSV has a line per record, and no cell that a spreadsheet takes for a formula', async () => {
  expect(readFileSync(await convert('csv'), 'utf8').split('\r\n')).toEqual([
    'account,service,region,type,id,arn,name,created_at,tags,sources',
    '111111111111,EC2,eu-west-1,AWS::EC2::Volume,vol-1,arn:aws:ec2:eu-west-1:111111111111:volume/vol-1,' +
      `"'=HYPERLINK(""http://x"",""a,b"")",2026-01-05T10:00:00.000Z,"{""Name"":""x"",""note"":""ü \\""q\\""""}",native tagging`,
    '111111111111,SQS,eu-west-1,AWS::SQS::Queue,"\'@queue\nof two lines",,,,{},cloud-control',
    '',
  ]);
});

it('Parquet has the columns of the view resources', async () => {
  const path = await convert('parquet');
  const { DuckDBInstance } = await loadDuckdb();
  const connection = await (await DuckDBInstance.create()).connect();
  const read = await connection.runAndReadAll(`from '${path}'`);
  expect(read.deduplicatedColumnNames()).toEqual([
    'account',
    'service',
    'region',
    'type',
    'recon_type',
    'id',
    'arn',
    'name',
    'created_at',
    'tags',
    'sources',
    'seen_at',
    'resource',
  ]);
  const [volume, queue] = read.getRowObjectsJson();
  expect(volume).toMatchObject({
    id: 'vol-1',
    created_at: '2026-01-05 10:00:00',
    sources: ['native', 'tagging'],
    resource: JSON.stringify(records[0]?.resource),
  });
  expect(queue).toMatchObject({ id: '@queue\nof two lines', arn: null, created_at: null, tags: [] });
  connection.closeSync();
});

it('a report without records has none in any format', async () => {
  const from = report('empty', '[\n]\n');
  const texts = await Promise.all(
    (['json', 'ndjson', 'csv'] as const).map(async format =>
      (await Array.fromAsync(reportText(from, format))).join(''),
    ),
  );
  expect(texts).toEqual(['[]\n', '', 'account,service,region,type,id,arn,name,created_at,tags,sources\r\n']);
});

it.each(['json', 'ndjson', 'csv', 'parquet'] as const)('a torn report becomes no file of %s', async format => {
  const to = join(directory, `whole.${format}`);
  for (const text of ['[\n{"account":"1"},\n{"acc', '[\n{"account":"1"},\n', 'hello\n', '{"account":"1"}\n']) {
    const converted = convertReport({ from: report('torn', text), to, format });
    await expect(converted, text).rejects.toMatchObject({ code: 'report-unreadable' });
  }
  expect(existsSync(to)).toBe(false);
  expect(readdirSync(directory).filter(name => /partial|tmp/.test(name))).toEqual([]);
});

// Tools that misbehave, as real processes: none of them takes the others' reports with it.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanReportSchema } from '../../../contract/scan-report.ts';
import { runScan, type Scan, type ScanTool } from '../../../runner/scan/scan.ts';
import { makeDirectory } from '../../setup/run-container.ts';

let place: Awaited<ReturnType<typeof makeDirectory>>;
beforeEach(async () => {
  place = await makeDirectory();
});
afterEach(() => place.remove());

const secret = 'a-secret-of-the-credentials-file';

/** A tool in a few words of JavaScript: `order` is what the scan asked, `report` writes output.json or its torn form. */
const tool = (source: string, name = 'inventory'): ScanTool => ({
  name,
  command: process.execPath,
  arguments: [
    '-e',
    `const fs = require('node:fs'); const order = JSON.parse(process.env.INVENTORY_TOOL_ORDER);
     const at = name => order.reportsDirectory + '/' + name;
     const verdict = { outcome: 'succeeded' };
     const result = { tool: '${name}', verdict, resources: 1, seconds: 0, cells: [] };
     const done = () => fs.writeFileSync(order.resultFile, JSON.stringify(result));
     ${source}`,
  ],
});

const scanOf = (tools: readonly ScanTool[]): Scan => ({
  run: 'run-1',
  identity: 'arn:aws:sts::111122223333:assumed-role/inventory/x',
  tools,
  order: {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    regions: ['eu-west-1'],
    selection: { services: 'all', types: [], exclude: [] },
    accepted: [],
    maxPerType: null,
    credentialsFile: '/absent',
    reportsDirectory: place.directory,
  },
  environment: {},
  seconds: 30,
  secrets: [secret],
  signal: new AbortController().signal,
});

const scanWith = (tools: readonly ScanTool[], more: Partial<Scan> = {}) => runScan({ ...scanOf(tools), ...more });

const readScan = async () =>
  scanReportSchema.parse(JSON.parse(await readFile(join(place.directory, 'scan.json'), 'utf8')));
const readRecords = async () => JSON.parse(await readFile(join(place.directory, 'output.json'), 'utf8')) as unknown;

const whole = `fs.writeFileSync(at('output.json'), '[\\n{"a":1}\\n]\\n');`;
const torn = `fs.writeFileSync(at('.output.partial'), '[\\n{"a":1},\\n{"b":2},\\n{"c":');`;

describe('a tool', () => {
  it('that does its work makes a report', async () => {
    expect(await scanWith([tool(`${whole} done();`)])).toEqual({
      outcome: 'succeeded',
      counts: { resources: 1, types: { attempted: 0 }, cells: {} },
    });
    expect((await readdir(place.directory)).sort()).toEqual(['output.json', 'scan.json']);
  });

  it('that is killed with -9 leaves what it had listed', async () => {
    const message = await scanWith([tool(`${torn} process.kill(process.pid, 'SIGKILL');`)]);
    expect(message).toMatchObject({ outcome: 'partial', code: 'container-killed', counts: { resources: 2 } });
    expect(await readRecords()).toEqual([{ a: 1 }, { b: 2 }]);
    expect((await readScan()).tools[0]).toMatchObject({ resources: 2, verdict: { outcome: 'failed' } });
  });

  it('that hangs is ended with its children on the deadline, although it ignores the signal', async () => {
    const child = `require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 999)'], { stdio: 'ignore' })`;
    const source = `process.on('SIGTERM', () => {}); ${torn} fs.writeFileSync(at('.child'), String(${child}.pid)); setInterval(() => {}, 999);`;
    const message = await scanWith([tool(source)], { seconds: 1.5 });
    expect(message).toMatchObject({ outcome: 'partial', code: 'scan-deadline' });
    expect(await readRecords()).toEqual([{ a: 1 }, { b: 2 }]);
    const pid = await readFile(join(place.directory, '.child'), 'utf8');
    await expect.poll(() => existsSync(`/proc/${pid}/exe`)).toBe(false);
  });

  it.each([
    ['crashes', 'process.exit(7);', 'exit code 7'],
    ['writes half a result', `fs.writeFileSync(order.resultFile, '{"tool":"inv');`, 'without a whole result'],
    ['writes a result of something else', `result.tool = 'drift'; done();`, 'without a whole result'],
    ['writes nothing', '', 'exit code 0'],
  ])('that %s has failed, and says how', async (_case, source, said) => {
    const message = await scanWith([tool(source)]);
    expect(message).toMatchObject({ outcome: 'failed', code: 'report-missing' });
    expect(message.message).toContain(said);
    expect(await readScan()).toMatchObject({
      verdict: { outcome: 'failed' },
      tools: [{ verdict: { code: 'container-failed' } }],
    });
  });

  it('that cannot be started has failed', async () => {
    const message = await scanWith([{ name: 'inventory', command: '/absent/tool', arguments: [] }]);
    expect(message).toMatchObject({ outcome: 'failed', code: 'report-missing' });
    expect(message.message).toContain('could not be started');
  });

  it('that fails does not take the report of another', async () => {
    const message = await scanWith([tool(`${whole} done();`), tool('process.exit(1);', 'drift')]);
    expect(message).toMatchObject({ outcome: 'partial', code: 'container-failed', counts: { resources: 1 } });
    expect(await readRecords()).toEqual([{ a: 1 }]);
  });

  it('finds no report of a scan before', async () => {
    await writeFile(join(place.directory, 'output.json'), '[{"old":true}]');
    expect(await scanWith([tool('process.exit(1);')])).toMatchObject({ outcome: 'failed', code: 'report-missing' });
    expect(await readdir(place.directory)).toEqual(['scan.json']);
  });

  it('finds its place although a directory has the name of a report', async () => {
    for (const name of ['scan.json', '.scan.partial', 'output.json', '.inventory.result']) {
      await mkdir(join(place.directory, name, 'of-another'), { recursive: true });
    }
    expect(await scanWith([tool(`${whole} done();`)])).toMatchObject({ outcome: 'succeeded' });
    expect((await readdir(place.directory)).sort()).toEqual(['output.json', 'scan.json']);
  });

  it('that leaves a directory in the place of scan.json is written over', async () => {
    const foreign = tool(`fs.mkdirSync(at('scan.json/x'), { recursive: true }); ${whole} done();`);
    expect(await scanWith([foreign])).toMatchObject({ outcome: 'succeeded' });
    expect(await readScan()).toMatchObject({ verdict: { outcome: 'succeeded' } });
  });

  it('keeps its report when scan.json cannot be written, and the verdict says so', async () => {
    // As on a disk that is full at that moment: no file may have more than 8 KiB, which fits the result, not scan.json.
    const fill = `result.verdict.message = 'x'.repeat(8100 - JSON.stringify(result).length);`;
    const scan = scanOf([tool(`${fill} ${whole} done();`)]);
    const program = `const { runScan } = await import(process.env.SCAN_MODULE);
      const { signal } = new AbortController();
      console.log(JSON.stringify(await runScan({ ...JSON.parse(process.env.SCAN), signal })));`;
    const limited = ['-c', 'ulimit -f 16; exec "$@"', 'sh', process.execPath, '--input-type=module', '-e', program];
    const module = new URL('../../../runner/scan/scan.ts', import.meta.url).href;
    const { stdout } = await execa('sh', limited, { env: { SCAN: JSON.stringify(scan), SCAN_MODULE: module } });
    const message = JSON.parse(stdout) as unknown;
    expect(message).toMatchObject({ outcome: 'partial', code: 'report-missing', counts: { resources: 1 } });
    expect(message).toMatchObject({ message: expect.stringContaining('scan.json could not be written: EFBIG') });
    expect(await readRecords()).toEqual([{ a: 1 }]);
  });

  it('sees nothing of our environment, and its secrets stay out of every text', async () => {
    const source = `result.verdict = { outcome: 'partial', code: 'services-failed', message: process.env.HOME + '${secret}' };
      ${whole} done();`;
    const message = await scanWith([tool(source)]);
    expect(message.message).toBe('undefined[redacted]');
    expect(await readFile(join(place.directory, 'scan.json'), 'utf8')).not.toContain(secret);
  });

  it('is ended when the scan is stopped', async () => {
    const stop = new AbortController();
    const source = `process.on('SIGTERM', () => { done(); process.exit(); }); ${whole} fs.writeFileSync(at('.up'), ''); setInterval(() => {}, 999);`;
    const scan = scanWith([tool(source)], { signal: stop.signal });
    await expect.poll(() => existsSync(join(place.directory, '.up'))).toBe(true);
    stop.abort();
    expect(await scan).toMatchObject({ outcome: 'succeeded' });
  });
});

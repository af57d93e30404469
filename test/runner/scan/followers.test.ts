// Tools that run after the inventory and read what it left, as real processes.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanReportSchema } from '../../../contract/scan-report.ts';
import { runFollowers } from '../../../runner/scan/followers.ts';
import { runScan, type Scan, type ScanTool } from '../../../runner/scan/scan.ts';
import { makeDirectory } from '../../setup/run-container.ts';

let place: Awaited<ReturnType<typeof makeDirectory>>;
beforeEach(async () => {
  place = await makeDirectory();
});
afterEach(() => place.remove());

const tool = (name: string, source: string, asked?: ScanTool['asked']): ScanTool => ({
  name,
  command: process.execPath,
  arguments: [
    '-e',
    `const fs = require('node:fs'); const order = JSON.parse(process.env.INVENTORY_TOOL_ORDER);
     const at = name => order.reportsDirectory + '/' + name;
     const result = { tool: '${name}', verdict: { outcome: 'succeeded' }, resources: 0, seconds: 0, cells: [] };
     const done = () => fs.writeFileSync(order.resultFile, JSON.stringify(result));
     ${source}`,
  ],
  ...(asked === undefined ? {} : { asked }),
});

const cell = { type: 'AWS::KMS::Key', service: 'KMS', tier: 'native', outcome: 'denied', resources: 0 };
const whole = `fs.writeFileSync(at('output.json'), '[\\n{"a":1}\\n]\\n'); result.resources = 1;
  result.cells = [${JSON.stringify({ ...cell, regions: ['eu-west-1', 'us-east-1'] })}];`;
const inventory = tool('inventory', `${whole} done();`);
const slow = tool('inventory', `${whole} fs.writeFileSync(at('.up'), ''); setInterval(() => {}, 999);`);
const counts = { coverage: 50, managed: 2, unmanaged: 1, missing: 1, changed: 1, stack: 0, service: 3, unknown: 0 };
const drift = tool(
  'drift',
  `fs.writeFileSync(at('drift.json'), fs.readFileSync(at('output.json'), 'utf8').length > 5 ? fs.readFileSync(order.cellsFile) : '');
   result.drift = ${JSON.stringify(counts)}; result.asked = order.drift; fs.writeFileSync(at('asked.json'), JSON.stringify(order)); done();`,
  { drift: { from: ['tfstate+s3://states/x'] } },
);

const scanOf = (more: Partial<Scan> = {}): Scan => ({
  run: 'run-1',
  identity: 'arn:aws:sts::111122223333:assumed-role/inventory/x',
  tools: [inventory],
  followers: [drift],
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
  secrets: [],
  signal: new AbortController().signal,
  ...more,
});

const scan = (more: Partial<Scan> = {}) => runScan(scanOf(more));

const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(place.directory, name), 'utf8'));
const readScan = async () => scanReportSchema.parse(await read('scan.json'));

describe('a follower', () => {
  it('reads the inventory’s report and cells, and its counts are the scan’s', async () => {
    const message = await scan();
    expect(message.outcome).toBe('succeeded');
    expect(message.counts).toMatchObject({ resources: 1, drift: counts });
    expect(await read('drift.json')).toEqual([{ ...cell, regions: ['eu-west-1', 'us-east-1'] }]);
    expect(await read('asked.json')).toMatchObject({
      account: '111122223333',
      drift: { from: ['tfstate+s3://states/x'] },
    });
    expect((await readScan()).tools.map(({ tool: name }) => name)).toEqual(['inventory', 'drift']);
    expect((await readdir(place.directory)).sort()).toEqual(['asked.json', 'drift.json', 'output.json', 'scan.json']);
  });

  it.each([
    ['crashes', 'process.exit(7);', 'container-failed'],
    ['is killed', `process.kill(process.pid, 'SIGKILL');`, 'container-killed'],
    [
      'fails',
      `result.verdict = { outcome: 'failed', code: 'state-role-refused', message: 'refused' }; done();`,
      'state-role-refused',
    ],
    [
      'has expired credentials',
      `result.verdict = { outcome: 'failed', code: 'credentials-expired' }; done();`,
      'credentials-expired',
    ],
  ])('that %s makes the account partial and takes nothing of the inventory', async (_case, source, code) => {
    const message = await scan({ followers: [tool('drift', source)] });
    expect(message).toMatchObject({ outcome: 'partial', code, counts: { resources: 1 } });
    expect(message.counts).not.toHaveProperty('drift');
    expect(await read('output.json')).toEqual([{ a: 1 }]);
  });

  it('does not run without an inventory, and says so behind the inventory’s own words', async () => {
    const message = await scan({ tools: [tool('inventory', 'process.exit(3);')] });
    expect(message).toMatchObject({ outcome: 'failed', code: 'report-missing' });
    expect(message.message).toContain('exit code 3');
    expect(message.message).toContain('drift: nothing was compared: there is no inventory to look at');
    expect(existsSync(join(place.directory, 'asked.json'))).toBe(false);
  });

  it('does not run where the inventory was ended before it could say what it saw', async () => {
    const killed = tool('inventory', `${whole} process.kill(process.pid, 'SIGKILL');`);
    const message = await scan({ tools: [killed] });
    expect(message).toMatchObject({ outcome: 'partial', code: 'container-killed', counts: { resources: 1 } });
    expect((await readScan()).tools[1]?.verdict.message).toContain('ended without a word on what it could see');
    expect(existsSync(join(place.directory, 'asked.json'))).toBe(false);
  });

  it('that the system has no place for has failed, and takes nothing of the inventory', async () => {
    await scan();
    const { tools } = await readScan();
    const nowhere = scanOf({ order: { ...scanOf().order, reportsDirectory: '/proc' } });
    const [result] = await runFollowers(nowhere, { followers: [drift], tools: tools.slice(0, 1), inventory: true });
    expect(result).toMatchObject({
      tool: 'drift',
      verdict: { outcome: 'failed', code: 'drift-failed', message: expect.stringContaining('nothing was compared: E') },
    });
  });

  it('does not run in the little time that an inventory left', async () => {
    const message = await scan({ tools: [slow], seconds: 5.5 });
    expect(message.outcome).toBe('partial');
    expect((await readScan()).tools[1]?.verdict).toMatchObject({ code: 'scan-deadline' });
  });

  it('does not run once the scan was stopped', async () => {
    const stop = new AbortController();
    const running = scan({ tools: [slow], signal: stop.signal });
    await expect.poll(() => existsSync(join(place.directory, '.up'))).toBe(true);
    stop.abort();
    await running;
    expect((await readScan()).tools[1]?.verdict).toMatchObject({ outcome: 'failed', code: 'interrupted' });
  });
});

// npm run bench:inventory -- --million: one huge service in one region, whose server costs next to nothing.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { InventoryRecord } from '../../contract/catalogue/inventory-record.ts';
import { type OwnRun, runOurs, type Workshop } from './contestants.ts';

const account = '123456789012';
const region = 'us-east-1';
const taggedShare = 0.2;
const tagsEach = 8;

export interface MillionResult {
  readonly run: OwnRun;
  readonly records: number;
  /** Resources of which the report has each exactly once. */
  readonly distinct: number;
  /** With all of their tags. */
  readonly tagged: number;
}

/** Reads the report line by line: it may be larger than any text. */
const checkReport = async (file: string, resources: number): Promise<Omit<MillionResult, 'run'>> => {
  const seen = new Uint8Array(resources);
  let records = 0;
  let distinct = 0;
  let tagged = 0;
  for await (const line of createInterface(createReadStream(file))) {
    if (!line.startsWith('{')) continue;
    const record = JSON.parse(line.replace(/,$/, '')) as InventoryRecord;
    const number = Number(/(\d{7})(:\*)?$/.exec(record.resourceId)?.[1]);
    records += 1;
    if (seen[number] === 0) distinct += 1;
    seen[number] = 1;
    if (Object.keys(record.tags).length === tagsEach) tagged += 1;
  }
  return { records, distinct, tagged };
};

/** Throws when the report is not whole. */
export const runMillion = async (workshop: Workshop, resources: number): Promise<MillionResult> => {
  const settings = ['--resources', String(resources), '--tagged', String(taggedShare), '--region', region];
  const server = execa(process.execPath, ['test/servers/million-main.ts', ...settings, '--account', account], {
    buffer: false,
    reject: false,
  });
  try {
    const { value: url = '' } = await server.iterable()[Symbol.asyncIterator]().next();
    const credentials = { accessKeyId: 'AKIABENCHBENCHBENCH0', secretAccessKey: 'bench' };
    const target = { url, account, regions: [region], services: ['logs'], credentials };
    const run = await runOurs(workshop, target, 'million');
    const checked = await checkReport(run.reportFile, resources);
    const isWhole =
      checked.records === resources &&
      checked.distinct === resources &&
      checked.tagged === Math.floor(resources * taggedShare);
    if (!isWhole) throw new Error(`the report is not whole: ${JSON.stringify({ ...checked, message: run.message })}`);
    return { run, ...checked };
  } finally {
    server.kill('SIGTERM');
    await server;
  }
};

// The report: one JSON array whatever happens to its writer.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReport, partialFile, recoverReport } from '../../../../runner/scan/inventory/report-file.ts';
import { makeDirectory } from '../../../setup/run-container.ts';

let place: Awaited<ReturnType<typeof makeDirectory>>;
beforeAll(async () => {
  place = await makeDirectory();
});
afterAll(() => place.remove());

const report = () => join(place.directory, 'output.json');
const records = [{ name: '"\n<script>${x}' }, { name: 'ü😀', list: [{}, []] }, { name: 'last' }];

describe('a report', () => {
  it('is an array with a record per line, and has its name when it is whole', async () => {
    const file = await openReport(place.directory);
    for (const record of records) await file.write(record);
    expect(await readdir(place.directory)).toEqual([partialFile]);
    await file.publish();
    const text = await readFile(report(), 'utf8');
    expect(JSON.parse(text)).toEqual(records);
    expect(text.split('\n')).toHaveLength(records.length + 3);
    expect(await readdir(place.directory)).toEqual(['output.json']);
    expect(file.records()).toBe(3);
  });

  it('without records is an empty array', async () => {
    const file = await openReport(place.directory);
    await file.publish();
    expect(await readFile(report(), 'utf8')).toBe('[\n]\n');
  });

  it('that is discarded leaves nothing', async () => {
    const other = await makeDirectory();
    const file = await openReport(other.directory);
    await file.write({});
    await file.discard();
    expect(await readdir(other.directory)).toEqual([]);
    await other.remove();
  });

  it('lets its writers wait while the disk is slower than they are', async () => {
    const file = await openReport(place.directory);
    const large = { text: 'x'.repeat(100_000) };
    await Promise.all(Array.from({ length: 100 }, () => file.write(large)));
    await file.publish();
    expect(JSON.parse(await readFile(report(), 'utf8'))).toHaveLength(100);
  });

  it('fails its writers when the disk does', async () => {
    await expect(openReport(join(place.directory, 'absent'))).rejects.toThrow('ENOENT');
  });
});

describe('a torn report', () => {
  const whole = Buffer.from(`[\n${records.map(record => JSON.stringify(record)).join(',\n')}\n]\n`);

  it('keeps every whole record, wherever it was torn', async () => {
    const lineEnds = records.map((_record, index) =>
      Buffer.byteLength(
        `[\n${records
          .slice(0, index + 1)
          .map(record => JSON.stringify(record))
          .join(',\n')}`,
      ),
    );
    for (let length = 0; length <= whole.length; length += 1) {
      const expected = lineEnds.filter(end => end <= length).length;
      await writeFile(join(place.directory, partialFile), whole.subarray(0, length));
      await writeFile(report(), 'old');
      const kept = await recoverReport(place.directory);
      if (expected === 0) continue;
      expect(kept, `torn at ${length}`).toBe(expected);
      expect(JSON.parse(await readFile(report(), 'utf8'))).toEqual(records.slice(0, expected));
      expect(await readdir(place.directory)).toEqual(['output.json']);
    }
  });

  it('without a whole record is no report', async () => {
    const other = await makeDirectory();
    for (const text of ['', '[', '[\n', '[\n{"a":', '[\n]\n', 'garbage']) {
      await writeFile(join(other.directory, partialFile), text);
      expect(await recoverReport(other.directory)).toBeUndefined();
      expect(await readdir(other.directory)).toEqual([]);
    }
    await other.remove();
  });

  it('is cut before a last line of many blocks', async () => {
    const other = await makeDirectory();
    await writeFile(join(other.directory, partialFile), `[\n{"a":1},\n{"b":"${'x'.repeat(300_000)}`);
    expect(await recoverReport(other.directory)).toBe(1);
    expect(JSON.parse(await readFile(join(other.directory, 'output.json'), 'utf8'))).toEqual([{ a: 1 }]);
    await other.remove();
  });
});

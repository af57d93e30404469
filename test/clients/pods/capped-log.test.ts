import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCappedLog } from '../../../clients/pods/capped-log.ts';

const logOf = (chunks: readonly string[]) => {
  const directory = mkdtempSync(join(tmpdir(), 'capped-log-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const path = join(directory, 'log');
  const log = openCappedLog(path, 10);
  for (const chunk of chunks) log.append(Buffer.from(chunk));
  log.close();
  expect(existsSync(path)).toBe(true);
  return { file: readFileSync(path, 'utf8'), end: log.end().toString() };
};

const note = '\n[this log is cut after 10 bytes]\n';

test.each([
  ['what fits is kept whole', ['01234', '56789'], '0123456789'],
  ['what goes over is cut once', ['01234', '56789ab', 'cdef'], `0123456789${note}`],
  ['what goes over after a full log is cut too', ['0123456789', 'a', 'b'], `0123456789${note}`],
  ['nothing is an empty log', [], ''],
])('%s', (_name, chunks, expected) => {
  expect(logOf(chunks)).toEqual({ file: expected, end: chunks.join('') });
});

test('the end is the last 2,048 bytes, over all chunks', () => {
  expect(logOf(['a'.repeat(3000), 'b'.repeat(2000)]).end).toBe(`${'a'.repeat(48)}${'b'.repeat(2000)}`);
});

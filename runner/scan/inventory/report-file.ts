// output.json: one JSON array, a record per line, written as a stream; and made whole again when its writer was killed.
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { reconFile } from '../../../contract/names.ts';
import { clearPlace, placeFile } from '../place-file.ts';

/** Hidden, and without `.json`: until it is whole nobody takes it for a report. */
export const partialFile = '.output.partial';

const opening = '[';
const closing = '\n]\n';

export interface ReportFile {
  /** Resolves when the file can take more: whoever waits for it keeps few records in memory. */
  readonly write: (record: unknown) => Promise<void>;
  readonly records: () => number;
  /** Closes the array and gives the file its name. Nothing can be written any more. */
  readonly publish: () => Promise<void>;
  /** Leaves no file at all: an empty report of a blind scan would say that the account is empty. */
  readonly discard: () => Promise<void>;
}

/** Opens the report in the directory; a torn one of a scan before is replaced. Throws the system's errors. */
export const openReport = async (directory: string): Promise<ReportFile> => {
  const path = join(directory, partialFile);
  await clearPlace(path);
  const stream = createWriteStream(path, { flags: 'wx' });
  await once(stream, 'open');
  const ended = finished(stream);
  // Whoever writes next gets the error; unhandled, a full disk would end the process without a word.
  ended.catch(() => undefined);
  let records = 0;
  // One for all writers that wait at once.
  let draining: Promise<unknown> | undefined;
  const waitForRoom = () => {
    draining ??= Promise.race([once(stream, 'drain'), ended]).finally(() => {
      draining = undefined;
    });
    return draining;
  };
  stream.write(opening);
  return {
    write: async record => {
      const room = stream.write(`${records === 0 ? '' : ','}\n${JSON.stringify(record)}`);
      records += 1;
      if (!room) await waitForRoom();
    },
    records: () => records,
    publish: async () => {
      stream.end(closing);
      await ended;
      await placeFile(path, join(directory, reconFile));
    },
    discard: async () => {
      stream.destroy();
      await clearPlace(path);
    },
  };
};

const isRecord = (line: string): boolean => {
  try {
    return line.startsWith('{') && JSON.parse(line) !== null;
  } catch {
    return false;
  }
};

const newline = '\n'.charCodeAt(0);
const chunkBytes = 64 * 1024;

const readText = async (file: FileHandle, start: number, end: number): Promise<Buffer> => {
  const chunk = Buffer.alloc(Math.max(0, end - start));
  await file.read(chunk, 0, chunk.length, Math.max(0, start));
  return chunk;
};

/** Where the last line begins: read from the end, because the file may be larger than the memory. */
const lastLineStart = async (file: FileHandle, size: number): Promise<number> => {
  for (let end = size; end > 0; end -= chunkBytes) {
    const start = Math.max(0, end - chunkBytes);
    const found = (await readText(file, start, end)).lastIndexOf(newline);
    if (found !== -1) return start + found + 1;
  }
  return 0;
};

/** A line of more is no resource's: what is torn is then not worth its memory. */
const longestLine = 16 * 1024 * 1024;

/** Where the last whole record ends; at most the length of the opening bracket when there is none. */
const lastRecordEnd = async (file: FileHandle): Promise<number> => {
  let { size } = await file.stat();
  // A writer that was killed between closing the array and naming the file.
  for (const end of [closing, closing.trimEnd()]) {
    const tail = (await readText(file, size - end.length, size)).toString('latin1');
    if (tail === end) size -= end.length;
  }
  const start = await lastLineStart(file, size);
  const line = size - start > longestLine ? '' : (await readText(file, start, size)).toString('utf8');
  const record = line.replace(/,$/, '');
  if (isRecord(record)) return start + Buffer.byteLength(record);
  // Without the torn record, the comma and the line's end before it go too.
  const before = (await readText(file, start - 2, start)).toString('latin1');
  return before === ',\n' ? start - 2 : start - 1;
};

/** Cuts a torn report behind its last whole record, closes it, and gives it its name; without a record it is removed. */
const repairReport = async (directory: string): Promise<void> => {
  const path = join(directory, partialFile);
  const file = await open(path, 'r+').catch(() => undefined);
  if (file === undefined) return;
  try {
    const end = await lastRecordEnd(file);
    if (end > opening.length) {
      await file.truncate(end);
      await file.write(closing, end);
      await file.sync();
      await placeFile(path, join(directory, reconFile));
    }
  } finally {
    await file.close();
  }
  await clearPlace(path);
};

/** Records of a report of ours: its lines, less the two of its brackets. */
const countRecords = async (path: string): Promise<number> => {
  let lines = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, at + 1)) lines += 1;
  }
  return Math.max(0, lines - 2);
};

/**
 * The report of a writer that was killed, made whole where it was torn. Resolves to the number of its records; to
 * undefined when there is no report in the directory.
 */
export const recoverReport = async (directory: string): Promise<number | undefined> => {
  await repairReport(directory);
  return countRecords(join(directory, reconFile)).catch(() => undefined);
};

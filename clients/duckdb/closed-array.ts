// DuckDB takes an array that was torn between two records, or a file of no bytes, for a whole one: we do not.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const tailBytes = 64;

/** Whether the file ends with the bracket that closes its array. Throws the system's errors. */
export const endsAsArray = (path: string): boolean => {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const tail = Buffer.alloc(Math.min(size, tailBytes));
    readSync(file, tail, 0, tail.length, size - tail.length);
    return tail.toString('latin1').trimEnd().endsWith(']');
  } finally {
    closeSync(file);
  }
};

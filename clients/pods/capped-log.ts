// Part of the local backend: a container's output, of which the head is kept in a file and the end in memory.
import { closeSync, openSync, writeFileSync } from 'node:fs';

const mebibyte = 1024 * 1024;
const logBytes = 10 * mebibyte;
const endBytes = 2048;

export interface CappedLog {
  readonly append: (chunk: Buffer) => void;
  /** The last 2,048 bytes of all output, also of what the file has no room for. */
  readonly end: () => Buffer;
  readonly close: () => void;
}

/** Opens the file for appending. A disk that is full ends the log and not the container. */
export const openCappedLog = (path: string, bytes: number = logBytes): CappedLog => {
  const file = openSync(path, 'a', 0o600);
  let room = bytes;
  let open = true;
  let end: Buffer = Buffer.alloc(0);
  const write = (chunk: Buffer | string) => {
    try {
      writeFileSync(file, chunk);
    } catch {
      open = false;
    }
  };
  return {
    append: chunk => {
      end = Buffer.concat([end, chunk.subarray(-endBytes)]).subarray(-endBytes);
      if (!open) return;
      write(chunk.subarray(0, room));
      if (chunk.length > room) {
        write(`\n[this log is cut after ${bytes} bytes]\n`);
        open = false;
      }
      room -= Math.min(room, chunk.length);
    },
    end: () => end,
    close: () => closeSync(file),
  };
};

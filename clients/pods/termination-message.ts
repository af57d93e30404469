// Part of the local backend: a container's last words, cut as the kubelet cuts them.
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The kubelet's own limits, in bytes and lines. */
const limits = { file: 4096, pod: 12 * 1024, log: 2048, logLines: 80 } as const;

/** A pod's containers share 12 KiB, however much of it each one uses. */
export const messageBytes = (containersOfPod: number): number =>
  Math.min(limits.file, Math.floor(limits.pod / Math.max(1, containersOfPod)));

/** The last 4,096 bytes of what was written, and of these the first ones that fit. A character in the middle is lost. */
export const cutMessage = (written: Buffer, bytes: number): string =>
  written.subarray(-limits.file).subarray(0, bytes).toString('utf8');

/** The end of a log: its last 2,048 bytes or 80 lines, whichever is less. */
export const cutLog = (log: Buffer, bytes: number): string => {
  const lines = log.subarray(-limits.log).toString('utf8').split('\n');
  const last = lines.slice(lines.at(-1) === '' ? -limits.logLines - 1 : -limits.logLines).join('\n');
  return Buffer.from(last).subarray(0, bytes).toString('utf8');
};

/** The end of the file; empty for anything that is not a file, because a container may have put a link or a pipe there. */
const readEnd = (path: string): Buffer => {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch {
    return Buffer.alloc(0);
  }
  try {
    const facts = fstatSync(file);
    if (!facts.isFile()) return Buffer.alloc(0);
    const end = Buffer.alloc(Math.min(limits.file, facts.size));
    return end.subarray(0, readSync(file, end, 0, end.length, facts.size - end.length));
  } finally {
    closeSync(file);
  }
};

/** What the container wrote to its message file, null when it wrote nothing. */
export const readMessage = (path: string, bytes: number): string | null => cutMessage(readEnd(path), bytes) || null;
